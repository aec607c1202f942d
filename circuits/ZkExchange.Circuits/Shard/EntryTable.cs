// The hidden sums and the accounts (specs/41-circuits.md sections 6 and 8). One permutation a row: first the chain of
// the hidden sums, then the accounts, one row for each entry and one that closes the account, then padding. The cells
// that are hashed are the cells that are summed and valued.
//
//   bad debt  in = [HSUM, g, accounts, A, blind0 .. blind3 | eight words]     first row
//   asset i   in = [previous out | i, E0, E1, E2, D0, D1, D2, 0]              i = 0 .. A - 1
//   entry     in = [h_i | key, e0, e1, e2, d0, d1, d2, 0]                     h_{i+1} = out is the next row's in[0..7]
//   closing   in = [h_n | LEAF, n, salt0, salt1, salt2, salt3, 0, 0]          leaf = out
//
// This table and the nodes are the prover's cost. So ascending keys are compared by their rank, debts are range-checked
// and summed where they are valued, in a table of their own, and totals come back on the interaction that sums.

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of totals, entries and leaves.</summary>
static class EntryTable
{
    /// <summary>Sixteen inputs.</summary>
    public const int Inputs = 0;

    /// <summary>The cells of the permutation.</summary>
    public const int Cells = Inputs + Poseidon2.Width;

    /// <summary>1 in the first 1 + A rows, which hold totals.</summary>
    public const int IsTotal = Cells + Poseidon2Part.Cells;

    /// <summary>1 in rows that hold an entry.</summary>
    public const int IsEntry = IsTotal + 1;

    /// <summary>1 in rows that close an account; a row that is nothing else is padding.</summary>
    public const int IsClose = IsEntry + 1;

    /// <summary>Accounts that are not closed in earlier rows: a number of this account that no other has.</summary>
    public const int Account = IsClose + 1;

    /// <summary>Entries of the account up to and including this row.</summary>
    public const int Number = Account + 1;

    /// <summary>The asset of the key. In rows of totals -2, -3, ..: its sum then has an id below 0.</summary>
    public const int Asset = Number + 1;

    /// <summary>The place of the key among the public keys.</summary>
    public const int Rank = Asset + 1;

    /// <summary>Which of an asset's sums takes this entry: none may take more than 2^15 - 1.</summary>
    public const int Block = Rank + 1;

    /// <summary>e_k div 2^15, three columns.</summary>
    public const int EquityHigh = Block + 1;

    /// <summary>1 where the debt is handed over to be valued.</summary>
    public const int HasDebt = EquityHigh + 3;

    /// <summary>1 where the equity is handed over to be valued as a pledge.</summary>
    public const int IsPledged = HasDebt + 1;

    /// <summary>Columns.</summary>
    public const int Width = IsPledged + 1;

    /// <summary>The word of the key in a block, and the first of eight words of a total.</summary>
    public const int KeyWord = 8;

    /// <summary>The first of three words of equity; the debt follows.</summary>
    public const int EquityWord = 9;

    /// <summary>The word of the number of accounts in the first row.</summary>
    public const int AccountsWord = 2;

    /// <summary>The asset of the first row; the rows of totals count down from here.</summary>
    public const int FirstTotal = -2;

    const int DebtWord = EquityWord + Amount.Words;
    const int LastWord = Poseidon2.Width - 1;

    /// <summary>Rows of totals of A assets.</summary>
    public static int TotalRows(int assets) => 1 + assets;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("entry", Width, Heights.Min, Heights.Max);
        var digest = Poseidon2Part.Compress(table, table.Columns(Inputs, Poseidon2.Width), Cells);
        ConstrainTotals(table);
        ConstrainKinds(table);
        ConstrainContents(table, digest);
        Range(table, buses);
        Speak(table, buses, digest);
        return table;
    }

    // A run of rows from the first on. isTotal is 0 or 1 and never beside isEntry: where it is not 0, isTotal + isEntry
    // is 1, and isEntry is 0 or 1. Assets count down from -2 to that of the last total, -2 - A. A run that began above
    // would take from ids 0 and up, from what contributions give: nothing else says that it has no more rows.
    static void ConstrainTotals(Table table)
    {
        var (isTotal, asset, inputs) = (table[IsTotal], table[Asset], table.Columns(Inputs, Poseidon2.Width));
        var nextTotal = table.Next(IsTotal);
        table.OnFirst(isTotal - 1, "chain: the first row is a total's");
        table.OnEvery(isTotal * (isTotal + table[IsEntry] - 1), "chain: a row of totals is no entry");
        table.OnTransition(nextTotal * (1 - isTotal), "chain: totals come first");
        table.OnLast(isTotal, "chain: the last row is no total's");

        table.OnFirst(asset - FirstTotal, "chain: the first total is bad debt's");
        table.OnTransition(nextTotal * (table.Next(Asset) - asset + 1), "chain: totals are taken in order");
        table.OnTransition(
            isTotal * (1 - nextTotal) * (asset - FirstTotal + table.Public(ShardPublic.Assets)),
            "chain: the last total is the last asset's");

        table.OnFirst(inputs[0] - (int)HashDomain.HiddenSum, "chain: HSUM opens the sums");
        table.OnFirst(inputs[1] - table.Public(ShardPublic.Height), "chain: the level is g");
        table.OnFirst(inputs[AccountsWord] - table[Account], "chain: accounts are those that are closed");
        table.OnFirst(inputs[3] - table.Public(ShardPublic.Assets), "chain: A opens the sums");
    }

    // Accounts: entries 1 .. n, then the closing row. An account number belongs to one account.
    static void ConstrainKinds(Table table)
    {
        var (isEntry, isClose) = (table[IsEntry], table[IsClose]);
        var (nextEntry, nextClose) = (table.Next(IsEntry), table.Next(IsClose));
        foreach (var (column, name) in new[]
        {
            (IsEntry, "isEntry"), (HasDebt, "hasDebt"), (IsPledged, "isPledged"),
        })
        {
            table.Boolean(column, name);
        }

        // What is handed over is an entry's.
        table.OnEvery(table[HasDebt] * (1 - isEntry), "entry: only entries have debts");
        table.OnEvery(table[IsPledged] * (1 - isEntry), "entry: only entries are pledged");

        // An entry is followed by another or by the closing row, and nothing else by a closing row. So isClose is 0 or
        // 1 and never beside isEntry: where it is not 0 the row before is an entry, and isEntry + isClose = 1.
        table.OnFirst(isClose, "entry: the first row closes nothing");
        table.OnTransition(isEntry * (1 - nextEntry - nextClose), "entry: an entry is followed by an entry or closed");
        table.OnTransition((1 - isEntry) * nextClose, "entry: what is closed has entries");
        table.OnLast(isEntry, "entry: the last row is no entry");

        // n = 1 in the first entry, n' = n + isEntry' after an entry: the closing row repeats the last n.
        table.OnTransition(
            (1 - isEntry) * nextEntry * (table.Next(Number) - 1), "entry: n begins with 1 in each account");
        table.OnTransition(isEntry * (table.Next(Number) - table[Number] - nextEntry), "entry: n counts the entries");

        // account' = account - isClose, and nothing is left: it falls from the number of accounts, which is at most
        // 2^23, so no two accounts share a number.
        table.OnTransition(
            table.Next(Account) - table[Account] + isClose, "entry: account counts what is to be closed");
        table.OnLast(table[Account] - isClose, "entry: all accounts are closed");
    }

    static void ConstrainContents(Table table, Node[] digest)
    {
        var (isEntry, isClose) = (table[IsEntry], table[IsClose]);

        // h_{i+1} = out_i, in an account and in the chain of the hidden sums: no total follows an entry.
        for (var i = 0; i < digest.Length; i++)
        {
            table.OnTransition(
                (isEntry + table.Next(IsTotal)) * (table.Next(Inputs + i) - digest[i]),
                $"entry: word {i} of the chain passes on");
        }

        // in[8..15] = [LEAF, n, salt0 .. salt3, 0, 0]; the first row alone has a word there that is not 0.
        table.OnEvery(isClose * (table[KeyWord] - (int)HashDomain.Leaf), "entry: LEAF closes an account");
        table.OnEvery(isClose * (table[KeyWord + 1] - table[Number]), "entry: n closes an account");
        table.OnEvery(isClose * table[KeyWord + 6], "entry: zero closes an account");
        table.OnTransition(table.Next(Inputs + LastWord), "entry: zero ends a block");

        // A debt that is not zero is handed over.
        for (var k = 0; k < Amount.Words; k++)
        {
            table.OnEvery(
                (isEntry - table[HasDebt]) * table[DebtWord + k], $"entry: without hasDebt word {k} of the debt is 0");
        }
    }

    static void Range(Table table, ShardBuses buses)
    {
        for (var limb = 0; limb < 2 * Amount.Words; limb++)
        {
            table.Send(
                buses.Fifteen, table[IsEntry], [EquityLimb(table, limb)],
                $"entry: limb {limb} of the equity has fifteen bits");
        }

        // rank' - rank - 1 >= 0. A statement has at most 2^15 keys, and their ranks ascend with them.
        table.Send(
            buses.Fifteen, table[IsEntry] * table.Next(IsEntry), [table.Next(Rank) - table[Rank] - 1],
            "entry: keys ascend");
    }

    static void Speak(Table table, ShardBuses buses, Node[] digest)
    {
        var (isTotal, isEntry, isClose) = (table[IsTotal], table[IsEntry], table[IsClose]);
        var (key, asset) = (table[KeyWord], table[Asset]);
        table.Send(buses.Key, isEntry, [key, asset, table[Rank]], "entry: the key is one of the statement's");

        // An entry gives (1, limbs) to the sum of its asset; a row of totals takes (1, words) from an id below 0.
        Span<Node> weights = new Node[1 + ShardBuses.TotalWords];
        weights[0] = isEntry - isTotal;
        for (var k = 0; k < ShardBuses.TotalWords; k++) weights[1 + k] = -(isTotal * table[KeyWord + k]);
        for (var limb = 0; limb < 2 * Amount.Words; limb++)
            weights[1 + SumTable.EquityLimb + limb] += isEntry * EquityLimb(table, limb);
        table.SendSum(buses.Sum, weights, [asset + 1, table[Block]], "entry: equity is summed, totals are sums");

        // A leaf has level 0; the digest of the hidden sums, made in the last row of totals, has level -1.
        table.Send(
            buses.Node, isClose + isTotal * (1 - table.Next(IsTotal)), [NodeTable.SumsLevel * isTotal, .. digest],
            "entry: leaves and hidden sums are in the tree");
        table.Send(
            buses.Amount, table[HasDebt], [table[Account], asset, 1, .. table.Columns(DebtWord, Amount.Words)],
            "entry: the debt is valued");
        table.Send(
            buses.Amount, table[IsPledged], [table[Account], key, 0, .. table.Columns(EquityWord, Amount.Words)],
            "entry: the pledge is valued");
    }

    // e_k = low + 2^15 high, high a column.
    static Node EquityLimb(Table table, int limb)
    {
        var high = table[EquityHigh + (limb / 2)];
        return limb % 2 == 1 ? high : table[EquityWord + (limb / 2)] - (1 << RangeTable.LimbBits) * high;
    }
}
