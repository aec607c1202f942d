// Before a row is written it is known which rows there will be: which sum takes an entry, which amounts are valued and
// in which tier, how tall the tables are. The same pass refuses what an honest prover must not prove.

using System.Collections;
using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of a shard's proof, counted and checked but not yet written.</summary>
public sealed class ShardPlan
{
    /// <summary>No sum takes more units: it stays below 2^30 with what is carried.</summary>
    internal const int BlockMax = (1 << RangeTable.LimbBits) - 1;

    const long RowsMax = 1L << Heights.Max;

    readonly HostChecks _checks;

    ShardPlan(ShardWitness witness, ShardTables tables, HostChecks checks)
    {
        (Witness, Tables, _checks) = (witness, tables, checks);
        Sums = new SumBlocks(1 + tables.Assets);
        FirstRows = new int[witness.Accounts.Count + 1];
        long rows = EntryTable.TotalRows(tables.Assets);
        for (var a = 0; a < witness.Accounts.Count; a++)
        {
            FirstRows[a] = (int)rows;
            rows += AccountItems.Blocks(AccountItems.Of(witness.Accounts[a].Entries));
            if (rows >= RowsMax)
                throw Refuse(HostReason.HostCount, $"{RowsMax} rows of totals and entries or more");
        }

        FirstRows[^1] = (int)rows;
        Blocks = new int[AccountLeaf.ItemsPerBlock * rows];
        Valued = new BitArray(Blocks.Length);
        if (checks == HostChecks.On) CheckPositions();
        for (var a = 0; a < witness.Accounts.Count; a++) PlanAccount(a);
        if (checks == HostChecks.On) CheckTotals();
    }

    /// <summary>The witness.</summary>
    internal ShardWitness Witness { get; }

    /// <summary>The statement's tables.</summary>
    internal ShardTables Tables { get; }

    /// <summary>The first row of each account in the entry table, and the first row behind the last.</summary>
    internal int[] FirstRows { get; }

    /// <summary>The number of an account in the circuit: how many begin behind it.</summary>
    internal uint AccountNumber(int index) => (uint)(Witness.Accounts.Count - 1 - index);

    /// <summary>For each item the block of its sum. Items stand two a row: the first of an account on the left of its
    /// first row.</summary>
    internal int[] Blocks { get; }

    /// <summary>For each item whether it is handed over to be valued.</summary>
    internal BitArray Valued { get; }

    /// <summary>What stands in the value table behind its first row.</summary>
    internal List<ValueRow> Values { get; } = [];

    /// <summary>Rows of <see cref="Values"/>.</summary>
    long ValueRows => Values.Sum(value => (long)value.Rows);

    /// <summary>The rows of the sum table.</summary>
    internal SumBlocks Sums { get; }

    /// <summary>What lies in the shard, for its hidden sums.</summary>
    public NodeTotals Totals => Sums.Totals((uint)Witness.Accounts.Count);

    /// <summary>Rows of the entry table that are no account's: the hidden sums of A assets, and the last row, which is
    /// padding.</summary>
    public static int OtherRows(int assets) => EntryTable.TotalRows(assets) + 1;

    /// <summary>Counts and checks.</summary>
    /// <exception cref="WitnessException">With checks on, the witness breaks a rule.</exception>
    public static ShardPlan Of(ShardWitness witness, ShardTables tables, HostChecks checks = HostChecks.On) =>
        new(witness, tables, checks);

    /// <summary>lg of the least height of each table, in key order, 255 = absent.</summary>
    /// <param name="heightLog2Min">What the profile asks for at least. A table of half the height of the ranges shares
    /// theirs: a class of its own would make the proof longer than the rows save time.</param>
    public byte[] HeightsLog2(int heightLog2Min) =>
        HeightsLog2(
            new(FirstRows[^1] - FirstRows[0], Witness.Height, Sums.Count, ValueRows), Tables, heightLog2Min);

    /// <summary>The same for a shard of which only the rows are known.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="tables">The statement's tables.</param>
    /// <param name="heightLog2Min">What the profile asks for at least.</param>
    public static byte[] HeightsLog2(ShardRows rows, ShardTables tables, int heightLog2Min)
    {
        var heights = new byte[ShardCircuit.TableCount];
        Set(ShardCircuit.EntryTableIndex, OtherRows(tables.Assets) + rows.Blocks);
        Set(ShardCircuit.NodeTableIndex, 1L << rows.Height);
        Set(ShardCircuit.SumTableIndex, SumTable.BlockRows * rows.Sums);
        Set(ShardCircuit.ValueTableIndex, rows.Values + 1);
        Set(ShardCircuit.KeyTableIndex, tables.Keys);
        Set(ShardCircuit.TierTableIndex, tables.Tiers.Count);
        Set(ShardCircuit.RangeTableIndex, 1 << RangeTable.HeightLog2Min);
        if (rows.Values == 0) heights[ShardCircuit.ValueTableIndex] = Stark.Shape.Absent;
        return heights;

        void Set(int table, long count)
        {
            var height = Math.Max(heightLog2Min, BitOperations.Log2((ulong)Math.Max(count, 1) * 2 - 1));
            heights[table] = (byte)(height == RangeTable.HeightLog2Min - 1 ? RangeTable.HeightLog2Min : height);
        }
    }

    /// <summary>The shape that holds two shards: the taller height of each table.</summary>
    public static byte[] Taller(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Check.That(left.Length == right.Length);
        var heights = new byte[left.Length];
        for (var i = 0; i < heights.Length; i++)
        {
            heights[i] = left[i] == Stark.Shape.Absent ? right[i]
                : right[i] == Stark.Shape.Absent ? left[i]
                : Math.Max(left[i], right[i]);
        }

        return heights;
    }

    void PlanAccount(int index)
    {
        var account = Witness.Accounts[index];
        if (_checks == HostChecks.On) CheckEntries(account);

        var (debts, at) = (false, FirstItem(index));
        for (var items = new AccountItems(); items.NextItem(account.Entries, out var item); at++)
        {
            if (item.IsDebt) debts = Valued[at] = true;
            else Blocks[at] = Sums.AddEquity(EntryKey.Asset(item.Key), item.Value);
        }

        if (debts) PlanValues(index, account);
    }

    // Bad debt first, then pledges, then debts: the balance is never negative on the way. Pledges are taken until they
    // suffice: more would cost rows and prove nothing.
    void PlanValues(int index, ShardAccount account)
    {
        var (owed, balance, joins) = (BigInteger.Zero, account.BadDebt, false);
        for (var i = 0; i < account.Entries.Length; i++)
        {
            if (account.Entries[i].Debt != 0) owed += Valuation.Debt(account.Entries[i], Tables);
        }

        if (!account.BadDebt.IsZero) Add(new(ValueKind.Open, index, -1, -1, Sums.AddBadDebt(account.BadDebt)));
        var at = FirstItem(index);
        for (var items = new AccountItems();
            balance < owed && items.NextItem(account.Entries, out var item);
            at++)
        {
            var (i, isDebt) = (item.Entry, item.IsDebt);
            if (isDebt || !Valuation.TryPledge(account.Entries[i], Tables, out var tier, out var counts)) continue;
            balance += counts;
            Valued[at] = true;
            Add(new(ValueKind.Pledge, index, i, tier, 0));
        }

        if (_checks == HostChecks.On && balance < owed)
        {
            throw Refuse(
                balance > account.BadDebt ? HostReason.HostCollateral : HostReason.HostDebt,
                $"the account at position {account.Position} owes {owed - balance} (in 1/10000 of a value) more than "
                + "its pledges and its declared bad debt count for");
        }

        for (var i = 0; i < account.Entries.Length; i++)
        {
            var entry = account.Entries[i];
            if (entry.Debt == 0) continue;
            var asset = EntryKey.Asset(entry.Key);
            Add(new(ValueKind.Debt, index, i, ShardTables.DebtTier(asset), Sums.AddDebt(asset, entry.Debt)));
        }

        void Add(ValueRow row)
        {
            Values.Add(row with { Joins = joins });
            joins = true;
        }
    }

    int FirstItem(int account) => AccountLeaf.ItemsPerBlock * FirstRows[account];

    void CheckPositions()
    {
        if (Witness.Height is < 0 or > TreeShape.ShardHeightMax)
            throw Refuse(HostReason.HostRange, $"a shard of height {Witness.Height}");

        var taken = new BitArray(1 << Witness.Height);
        foreach (var account in Witness.Accounts)
        {
            if (account.Position < 0 || account.Position >> Witness.Height != 0)
                throw Refuse(HostReason.HostIdentity, $"position {account.Position} is outside the shard");
            if (taken[account.Position])
                throw Refuse(HostReason.HostIdentity, $"position {account.Position} is taken twice");
            taken[account.Position] = true;
        }
    }

    void CheckEntries(ShardAccount account)
    {
        var entries = account.Entries;
        if (entries.Length == 0) throw RefuseAccount(HostReason.HostCount, "has no entry");
        if (account.BadDebt.Sign < 0 || account.BadDebt.GetBitLength() > NodeTotals.BadDebtBits)
            throw RefuseAccount(HostReason.HostRange, "declares bad debt outside 0 .. 2^240 - 1");

        var before = -1;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = entries[i];
            var rank = Tables.RankOf(entry.Key);
            if (rank < 0)
                throw RefuseAccount(HostReason.HostIdentity, $"has key {entry.Key}, which the statement lacks");
            if (rank <= before) throw RefuseAccount(HostReason.HostIdentity, "has keys that do not ascend");
            if (i > 0 && rank - before > 1 << RangeTable.LimbBits)
            {
                throw RefuseAccount(
                    HostReason.HostIdentity,
                    $"skips more than 2^15 keys before {entry.Key}: put an entry of zero between");
            }

            if (!Amount.IsValid(entry.Equity) || !Amount.IsValid(entry.Debt))
                throw RefuseAccount(HostReason.HostRange, $"has an amount of 2^90 or more under key {entry.Key}");
            if (entry.Debt != 0 && EntryKey.Pool(entry.Key) != 0)
            {
                throw RefuseAccount(
                    HostReason.HostIdentity, $"has a debt under key {entry.Key}: debts stand under keys of pool 0");
            }

            before = rank;
        }

        WitnessException RefuseAccount(HostReason reason, string what) =>
            Refuse(reason, $"the account at position {account.Position} {what}");
    }

    void CheckTotals()
    {
        if (!Totals.IsValid)
            throw Refuse(HostReason.HostSum, "a total is 2^90 or more, or the bad debt 2^240 or more");
    }

    static WitnessException Refuse(HostReason reason, string what) => new(reason, what);
}
