// The accounts (specs/41-circuits.md section 6). One row for each entry, one that closes the account; each is one
// permutation of the chain that ends in the leaf. The cells that are hashed are the cells that are summed and valued.
//
//   entry    in = [h_i | key, e0, e1, e2, d0, d1, d2, 0]            h_{i+1} = out is the next row's in[0..7]
//   closing  in = [h_n | LEAF, n, salt0, salt1, salt2, salt3, 0, 0]  leaf = out
//
// This table and the nodes are the prover's cost. So in[15], always 0, is no column, ascending keys are compared by
// their rank, and debts are range-checked and summed where they are valued, in a table of their own.

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of entries and leaves.</summary>
static class EntryTable
{
    /// <summary>in[0] .. in[14].</summary>
    public const int Inputs = 0;

    /// <summary>Inputs that are columns.</summary>
    public const int InputColumns = Poseidon2.Width - 1;

    /// <summary>The cells of the permutation.</summary>
    public const int Cells = Inputs + InputColumns;

    /// <summary>1 in rows that hold an entry.</summary>
    public const int IsEntry = Cells + Poseidon2Part.Cells;

    /// <summary>1 in rows that close an account; a row that is neither is padding.</summary>
    public const int IsClose = IsEntry + 1;

    /// <summary>Accounts closed in earlier rows: a number of this account that no other has.</summary>
    public const int Account = IsClose + 1;

    /// <summary>Entries of the account up to and including this row.</summary>
    public const int Number = Account + 1;

    /// <summary>The asset of the key; -2 in closing rows, which makes the id of their sum -1.</summary>
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

    /// <summary>The word of the key in a block.</summary>
    public const int KeyWord = 8;

    /// <summary>The first of three words of equity; the debt follows.</summary>
    public const int EquityWord = 9;

    const int DebtWord = EquityWord + Amount.Words;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("entry", Width, Heights.Min, Heights.Max);
        Node[] inputs = [.. table.Columns(Inputs, InputColumns), 0];
        var digest = Poseidon2Part.Compress(table, inputs, Cells);
        ConstrainKinds(table);
        ConstrainContents(table, digest);
        Range(table, buses);
        Speak(table, buses, digest);
        return table;
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
        table.OnFirst(isEntry * (table[Number] - 1), "entry: n begins with 1 in the first row");
        table.OnTransition(
            (1 - isEntry) * nextEntry * (table.Next(Number) - 1), "entry: n begins with 1 in each account");
        table.OnTransition(isEntry * (table.Next(Number) - table[Number] - nextEntry), "entry: n counts the entries");

        // account' = account + isClose; at most 2^23, so no two accounts share a number.
        table.OnTransition(table.Next(Account) - table[Account] - isClose, "entry: account counts what was closed");
    }

    static void ConstrainContents(Table table, Node[] digest)
    {
        var (isEntry, isClose) = (table[IsEntry], table[IsClose]);

        // h_{i+1} = out_i
        for (var i = 0; i < digest.Length; i++)
        {
            table.OnTransition(
                isEntry * (table.Next(Inputs + i) - digest[i]), $"entry: word {i} of the chain passes on");
        }

        // in[8..15] = [LEAF, n, salt0 .. salt3, 0, 0]; in[15] = 0 in every row.
        table.OnEvery(isClose * (table[KeyWord] - (int)HashDomain.Leaf), "entry: LEAF closes an account");
        table.OnEvery(isClose * (table[KeyWord + 1] - table[Number]), "entry: n closes an account");
        table.OnEvery(isClose * table[KeyWord + 6], "entry: zero closes an account");

        // A closing row adds (1, 0, 0, ..) to the sum (-1, 0); nobody takes another block of -1.
        table.OnEvery(isClose * (table[Asset] + 2), "entry: a closing row counts under id -1");

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
        var (isEntry, isClose, key, asset) = (table[IsEntry], table[IsClose], table[KeyWord], table[Asset]);
        table.Send(buses.Key, isEntry, [key, asset, table[Rank]], "entry: the key is one of the statement's");

        Span<Node> weights = new Node[1 + 2 * Amount.Words];
        weights[0] = isEntry + isClose;
        for (var limb = 0; limb < 2 * Amount.Words; limb++) weights[1 + limb] = isEntry * EquityLimb(table, limb);
        table.SendSum(buses.Sum, weights, [asset + 1, table[Block]], "entry: the equity is summed");

        table.Send(buses.Node, isClose, [0, .. digest], "entry: the leaf is in the tree");
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
