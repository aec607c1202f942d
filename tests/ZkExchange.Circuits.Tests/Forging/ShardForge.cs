using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Tests.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Forging;

/// <summary>A shard that can be altered.</summary>
sealed class ShardForge : Forge
{
    public const int Entry = ShardCircuit.EntryTableIndex;
    public const int Node = ShardCircuit.NodeTableIndex;
    public const int Sum = ShardCircuit.SumTableIndex;
    public const int Value = ShardCircuit.ValueTableIndex;
    public const int KeyRows = ShardCircuit.KeyTableIndex;
    public const int TierRows = ShardCircuit.TierTableIndex;
    public const int RangeRows = ShardCircuit.RangeTableIndex;

    static readonly KoalaBear s_inverse10 = Element(1 << 10).Inverse();
    static readonly KoalaBear s_inverse15 = Element(1 << 15).Inverse();

    readonly int _height;

    public ShardForge(
        ShardWitness witness, ShardTables? tables = null, Action<ShardPlan>? plan = null,
        Action<byte[]>? heights = null)
        : base(ShardCircuit.Definition)
    {
        tables ??= Book.Tables;
        _height = witness.Height;
        var rows = ShardPlan.Of(witness, tables, HostChecks.Off);
        plan?.Invoke(rows);
        var heightsLog2 = rows.HeightsLog2(5);
        heights?.Invoke(heightsLog2);
        var traces = ShardTrace.Write(rows, heightsLog2, 1);
        Tables = traces.Tables;
        PublicInputs = ShardClaim.PublicInputs(0, witness.Height, tables.Assets);
        PublicMessages = ShardClaim.PublicMessages(witness.Height, tables, traces.ShardNode);
        Positions = [.. witness.Accounts.Select(account => account.Position)];
        Rows = rows;
    }

    public ShardPlan Rows { get; }

    /// <summary>Of the accounts, in the order of their rows.</summary>
    public List<int> Positions { get; }

    /// <summary>The rows of the sums are left as they are.</summary>
    public bool KeepsSums { get; set; }

    /// <summary>The keys of the range table were altered.</summary>
    public bool KeepsRange { get; set; }

    public override void Complete()
    {
        CompleteValues();
        var sums = SumsOf(Circuit.Buses.Single(bus => bus.Kind == BusKind.Sum), Sum);
        if (!KeepsSums) CompleteSums(sums);
        var hidden = CompleteTotals();
        CompleteNodes(CompleteEntries(), hidden);
        Recount();
    }

    protected override bool IsPlainRange(int table) => !KeepsRange && base.IsPlainRange(table);

    // Words are those of the final row of the id; every row of totals goes on with the digest of the row before.
    KoalaBear[] CompleteTotals()
    {
        var unit = Element(1 << 15);
        var hidden = new KoalaBear[8];
        for (var r = 0; r < Tables[Entry]!.Rows; r++)
        {
            if (Get(Entry, r, EntryTable.IsTotal) == KoalaBear.Zero) continue;
            if (r == 0) Put(Entry, 0, EntryTable.AccountsWord, Get(Entry, 0, EntryTable.Account));
            var id = -2 - Signed(Entry, r, EntryTable.Of(0, EntryTable.Asset));
            for (var k = 0; k < 8 && FinalRow(id) is { } final; k++)
            {
                var (row, column) = (k < 4 ? final : final - 1, SumTable.Totals + 2 * (k % 4));
                var word = row < 0 ? default : Get(Sum, row, column) + unit * Get(Sum, row, column + 1);
                if (k == 0) word += Get(Sum, final, SumTable.Id) - Element(1) + Get(Sum, final, SumTable.IsBadDebt);
                Put(Entry, r, EntryTable.CodeWord + k, word);
            }

            for (var i = 0; i < 8 && r > 0; i++) Put(Entry, r, i, Out(Entry, r - 1, i));
            Rehash(Entry, r);
            hidden = Digest(Entry, r);
        }

        return hidden;
    }

    List<KoalaBear[]> CompleteEntries()
    {
        var (leaves, taken) = (new List<KoalaBear[]>(), new List<KoalaBear[]>());
        for (var r = 0; r < Tables[Entry]!.Rows; r++)
        {
            for (var i = 0; i < 8 && r > 0 && GoesOn(r) != 0; i++) Put(Entry, r, i, Out(Entry, r - 1, i));
            Rehash(Entry, r);
            var times = Signed(Entry, r, EntryTable.IsEntry) * (1 - GoesOn((r + 1) % Tables[Entry]!.Rows));
            for (; times > 0; times--) leaves.Add(Digest(Entry, r));
            for (; times < 0; times++) taken.Add(Digest(Entry, r));
        }

        foreach (var leaf in taken) leaves.RemoveAt(leaves.FindIndex(leaf.SequenceEqual));
        return leaves;
    }

    long GoesOn(long row) => Signed(Entry, row, EntryTable.IsEntry) - Signed(Entry, row, EntryTable.IsFirst);

    KoalaBear[] Digest(int table, long row) => [.. Enumerable.Range(0, 8).Select(i => Out(table, row, i))];

    // Rows in the writer's order: level 1 from left to right, then level 2, .., then the shard node.
    void CompleteNodes(List<KoalaBear[]> leaves, KoalaBear[] hidden)
    {
        var below = new KoalaBear[]?[1 << _height];
        if (!Omits("entry: leaves and hidden sums are in the tree"))
        {
            for (var k = 0; k < leaves.Count && k < Positions.Count; k++)
                if (Positions[k] >= 0) below[Positions[k]] = leaves[k];
        }

        var at = 0;
        for (var level = 1; below.Length > 1; level++)
        {
            var nodes = new KoalaBear[below.Length / 2][];
            for (var n = 0; n < nodes.Length; n++, at++)
            {
                for (var side = 0; side < 2; side++) PutChild(at, side, below[2 * n + side], isLeaf: level == 1);
                Rehash(Node, at);
                nodes[n] = Digest(Node, at);
            }

            below = nodes;
        }

        CompleteSeals(at, below[0], hidden);
    }

    // One row, or more where a forged one goes on from the shard node of the row before.
    void CompleteSeals(int at, KoalaBear[]? root, KoalaBear[] right)
    {
        for (; at < Tables[Node]!.Rows; at++)
        {
            var isShardNode = Get(Node, at, NodeTable.IsReal) != KoalaBear.Zero
                && Signed(Node, at, NodeTable.Level) == _height + 1;
            if (isShardNode)
            {
                var isSeal = Get(Node, at, NodeTable.IsSeal) != KoalaBear.Zero;
                PutChild(at, 0, root, isLeaf: _height == 0);
                PutChild(at, 1, isSeal ? right : root!, isLeaf: false);
            }

            Rehash(Node, at);
            if (!isShardNode) continue;
            right = Digest(Node, at);
            for (var i = 0; i < 8; i++) PublicMessages[^1][1 + i] = right[i].ToUInt32();
        }
    }

    void PutChild(int row, int side, KoalaBear[]? child, bool isLeaf)
    {
        if (isLeaf) Put(Node, row, NodeTable.IsLeftEmpty + side, Element(child is null ? 1 : 0));
        for (var i = 0; i < 8; i++) Put(Node, row, 8 * side + i, child is null ? NodeDigest.Empty[i] : child[i]);
    }

    // Carries are what the equations ask for, as elements of the field; balances are sums of integers.
    void CompleteValues()
    {
        if (Tables[Value] is not { } trace) return;
        for (var r = 0; r + 1 < trace.Rows; r++)
        {
            if (trace[r, ValueTable.IsPledge] + trace[r, ValueTable.IsDebt] == KoalaBear.Zero) continue;
            for (var i = 0; i < ValueTable.TenLimbs; i++)
                Put(Value, r, ValueTable.Scaled + i, Element(32) * Get(Value, r, ValueTable.AmountLimbs + i));
            var carry = KoalaBear.Zero;
            for (var j = 0; j < ValueTable.ProductCarryCount; j++)
            {
                Put(Value, r, ValueTable.ProductCarries + j, (ProductColumn(r, j) + carry) * s_inverse10);
                carry = Get(Value, r, ValueTable.ProductCarries + j);
            }

            CompleteBalance(r);
        }
    }

    void CompleteBalance(int r)
    {
        for (var j = 0; j < ValueTable.BalanceLimbs && r > 0; j++)
        {
            var before = Get(Value, r, ValueTable.Joins) * Get(Value, r - 1, ValueTable.Balance + j);
            Put(Value, r, ValueTable.Before + j, before);
        }

        var balance = Integer(r, ValueTable.Before, 16) + Integer(r, ValueTable.Base, 13)
            + Signed(Value, r, ValueTable.Ratio) * Integer(r, ValueTable.Inside, 12);
        Span<uint> limbs = new uint[16];
        Limbs.Wrap(balance, 15, limbs);
        var carry = KoalaBear.Zero;
        for (var j = 0; j < 16; j++)
        {
            Put(Value, r + 1, ValueTable.Balance + j, Element(limbs[j]));
            if (j >= ValueTable.BalanceCarryCount) continue;
            carry = (Get(Value, r, ValueTable.Before + j)
                + (j < 13 ? Get(Value, r, ValueTable.Base + j) : default)
                + (j < 12 ? Get(Value, r, ValueTable.Ratio) * Get(Value, r, ValueTable.Inside + j) : default)
                + carry - Get(Value, r + 1, ValueTable.Balance + j)) * s_inverse15;
            if (Added.TryGetValue((Value, r + 1, ValueTable.Balance + j), out var broken))
                carry += broken * s_inverse15;
            Put(Value, r + 1, ValueTable.BalanceCarries + j, carry);
        }
    }

    KoalaBear ProductColumn(int r, int j)
    {
        var column = KoalaBear.Zero;
        for (var i = Math.Max(0, j - 8); i <= Math.Min(j, 8); i++)
            column += Get(Value, r, ValueTable.AmountLimbs + i) * Get(Value, r + 1, ValueTable.Weight + j - i);
        for (var m = 0; m < 12; m++)
        {
            if (3 * m / 2 != j) continue;
            column -= Element(m % 2 == 1 ? 32 : 1)
                * (Get(Value, r + 1, ValueTable.Low + m) + Get(Value, r, ValueTable.Inside + m));
        }

        return column;
    }

    /// <summary>The first row of what a plan values, by its place.</summary>
    public int ValueAt(int place) => 1 + Rows.Values.Take(place).Sum(value => value.Rows);

    /// <summary>The first row of padding behind the values.</summary>
    public int ValueEnd => ValueAt(Rows.Values.Count);

    public BigInteger Integer(long row, int column, int limbs)
    {
        var value = BigInteger.Zero;
        for (var j = limbs - 1; j >= 0; j--) value = (value << 15) + Signed(Value, row, column + j);
        return value;
    }

    void CompleteSums(Dictionary<string, KoalaBear[]> sums)
    {
        for (var r = 0; r < Tables[Sum]!.Rows; r++)
        {
            if (Get(Sum, r, SumTable.IsLower) == KoalaBear.Zero) continue;
            var carry = CompleteLimbs(r, 0, KoalaBear.Zero, sums);
            if (r > 0 && Get(Sum, r - 1, SumTable.IsUpper) != KoalaBear.Zero)
                CompleteLimbs(r - 1, SumTable.RowLimbs, carry, sums);
            if (Get(Sum, r, SumTable.IsLast) == KoalaBear.One) continue;
            if (Omits("sum: the next block takes the total of another")) continue;
            var next = SumAt(sums, Signed(Sum, r, SumTable.Id), Signed(Sum, r, SumTable.Block) + 1);
            next[0] += KoalaBear.One;
            for (var j = 0; j < SumTable.RowLimbs; j++)
            {
                next[1 + j] += Get(Sum, r, SumTable.Totals + j);
                next[1 + SumTable.RowLimbs + j] += Get(Sum, r - 1, SumTable.Totals + j);
            }
        }
    }

    static KoalaBear[] SumAt(Dictionary<string, KoalaBear[]> sums, long id, long block)
    {
        if (!sums.TryGetValue(Key(id, block), out var sum)) sums.Add(Key(id, block), sum = new KoalaBear[17]);
        return sum;
    }

    KoalaBear CompleteLimbs(int r, int first, KoalaBear carry, Dictionary<string, KoalaBear[]> sums)
    {
        var sum = SumAt(sums, Signed(Sum, r, SumTable.Id), Signed(Sum, r, SumTable.Block));
        if (first == 0) Put(Sum, r, SumTable.Count, sum[0]);
        Put(Sum, r, SumTable.CarryIn, carry);
        carry = Get(Sum, r, SumTable.CarryIn);
        for (var j = 0; j < SumTable.RowLimbs; j++)
        {
            Put(Sum, r, SumTable.Sums + j, sum[1 + first + j]);
            var total = Get(Sum, r, SumTable.Sums + j) + carry;
            Put(Sum, r, SumTable.Totals + j, Element(total.ToUInt32() & 0x7FFF));
            carry = (total - Get(Sum, r, SumTable.Totals + j)) * s_inverse15;
        }

        return carry;
    }

    long? FinalRow(long id)
    {
        for (var r = 0; r < Tables[Sum]!.Rows; r++)
        {
            if (Get(Sum, r, SumTable.IsLast) != KoalaBear.Zero && Signed(Sum, r, SumTable.Id) == id) return r;
        }

        return null;
    }

    /// <summary>Replaces the blocks of the sums.</summary>
    public void SetSums(params (int Id, int Block, bool IsLast)[] blocks)
    {
        for (var r = 0; r < Tables[Sum]!.Rows; r++) ClearRow(Sum, r);
        for (var i = 0; i < blocks.Length; i++)
        {
            Set(Sum, 2 * i, SumTable.IsUpper, 1);
            Set(Sum, 2 * i + 1, SumTable.IsLower, 1);
            Set(Sum, 2 * i + 1, SumTable.IsLast, blocks[i].IsLast ? 1 : 0);
            for (var r = 2 * i; r < 2 * i + 2; r++)
            {
                Set(Sum, r, SumTable.Id, blocks[i].Id);
                Set(Sum, r, SumTable.Block, blocks[i].Block);
                Set(Sum, r, SumTable.IsBadDebt, blocks[i].Id == 0 ? 1 : 0);
            }
        }
    }
}
