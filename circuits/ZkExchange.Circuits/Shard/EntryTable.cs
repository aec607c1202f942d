// The hidden sums and the accounts (specs/41-circuits.md sections 6 and 8). One permutation a row: first the chain of
// the hidden sums, then the accounts, two items a row, then padding. The cells that are hashed are the cells that are
// summed and valued.
//
//   bad debt  in = [HSUM, g, accounts, A, blind0 .. blind3 | eight words]     first row
//   asset i   in = [previous out | i, E0, E1, E2, D0, D1, D2, 0]              i = 0 .. A - 1
//   entry     in = [h_i | code, x0, x1, x2 | code, x0, x1, x2]                h_{i+1} = out is the next row's in[0..7]
//                  code = key + 2^20 isDebt + 2^21 isFirst, or NONE on the right; an account's last out is its leaf
//
// This table and the nodes are the prover's cost. So ascending keys are compared by their rank, debts are summed where
// they are valued, in a table of their own, and totals come back on the interaction that sums.

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

    /// <summary>1 in rows that hold items of an account; a row that is neither is padding.</summary>
    public const int IsEntry = IsTotal + 1;

    /// <summary>1 in the first row of an account.</summary>
    public const int IsFirst = IsEntry + 1;

    /// <summary>1 in rows of two items; a row of one is the last of its account.</summary>
    public const int HasRight = IsFirst + 1;

    /// <summary>Accounts that begin in later rows: a number of this account that no other has.</summary>
    public const int Account = HasRight + 1;

    /// <summary>Of an item: the asset of the key. On the left of totals -2, -3, ..: its sum then has an id below 0.
    /// </summary>
    public const int Asset = 0;

    /// <summary>Of an item: the place of the key among the public keys.</summary>
    public const int Rank = Asset + 1;

    /// <summary>Of an item: which of an asset's sums takes it. None may take more than 2^15 - 1.</summary>
    public const int Block = Rank + 1;

    /// <summary>Of an item: x_k div 2^15, three columns.</summary>
    public const int High = Block + 1;

    /// <summary>Of an item: 1 if it is a debt.</summary>
    public const int IsDebt = High + Amount.Words;

    /// <summary>Of an item: 1 where it is handed over to be valued, as a debt or as a pledge.</summary>
    public const int IsValued = IsDebt + 1;

    /// <summary>Of an item: 1 if it may be the debt under the key whose equity is the item before.</summary>
    public const int FollowsEquity = IsValued + 1;

    /// <summary>Columns.</summary>
    public const int Width = Account + 1 + (Sides * ItemWidth);

    /// <summary>Items of a row: 0 is on the left, 1 on the right.</summary>
    public const int Sides = AccountLeaf.ItemsPerBlock;

    /// <summary>The word of the left item's code in a block, and the first of eight words of a total.</summary>
    public const int CodeWord = 8;

    /// <summary>The word of the number of accounts in the first row.</summary>
    public const int AccountsWord = 2;

    /// <summary>The asset of the first row; the rows of totals count down from here.</summary>
    public const int FirstTotal = -2;

    const int ItemWidth = FollowsEquity + 1;
    const int LastWord = Poseidon2.Width - 1;

    /// <summary>A column of the item on a side.</summary>
    public static int Of(int side, int column) => Account + 1 + (side * ItemWidth) + column;

    /// <summary>The word of an item's code; its amount follows.</summary>
    public static int Code(int side) => CodeWord + (side * AccountLeaf.ItemWords);

    /// <summary>Rows of totals of A assets.</summary>
    public static int TotalRows(int assets) => 1 + assets;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("entry", Width, Heights.Min, Heights.Max);
        var digest = Poseidon2Part.Compress(table, table.Columns(Inputs, Poseidon2.Width), Cells);
        ConstrainTotals(table);
        ConstrainKinds(table);
        ConstrainItems(table);
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
        var (isTotal, asset) = (table[IsTotal], table[Of(0, Asset)]);
        var (nextTotal, nextAsset) = (table.Next(IsTotal), table.Next(Of(0, Asset)));
        var inputs = table.Columns(Inputs, Poseidon2.Width);
        table.OnFirst(isTotal - 1, "chain: the first row is a total's");
        table.OnEvery(isTotal * (isTotal + table[IsEntry] - 1), "chain: a row of totals is no entry");
        table.OnTransition(nextTotal * (1 - isTotal), "chain: totals come first");
        table.OnLast(isTotal, "chain: the last row is no total's");

        table.OnFirst(asset - FirstTotal, "chain: the first total is bad debt's");
        table.OnTransition(nextTotal * (nextAsset - asset + 1), "chain: totals are taken in order");
        table.OnTransition(
            isTotal * (1 - nextTotal) * (asset - FirstTotal + table.Public(ShardPublic.Assets)),
            "chain: the last total is the last asset's");

        table.OnFirst(inputs[0] - (int)HashDomain.HiddenSum, "chain: HSUM opens the sums");
        table.OnFirst(inputs[1] - table.Public(ShardPublic.Height), "chain: the level is g");
        table.OnFirst(inputs[AccountsWord] - table[Account], "chain: accounts are those that begin");
        table.OnFirst(inputs[3] - table.Public(ShardPublic.Assets), "chain: A opens the sums");
        table.OnTransition(nextTotal * table.Next(Inputs + LastWord), "chain: zero ends a block");
    }

    // An account: a row that is its first, then rows that go on, each behind one of two items. So runs of entries are
    // divided into accounts by their first rows, and each ends once.
    static void ConstrainKinds(Table table)
    {
        var (isEntry, isFirst, hasRight) = (table[IsEntry], table[IsFirst], table[HasRight]);
        table.Boolean(IsEntry, "isEntry");
        table.Boolean(IsFirst, "isFirst");
        table.Boolean(HasRight, "hasRight");
        table.OnEvery(isFirst * (1 - isEntry), "entry: only an entry is an account's first");
        table.OnEvery(hasRight * (1 - isEntry), "entry: only an entry has a second item");
        table.OnTransition((1 - hasRight) * GoesOn(table), "entry: an account goes on behind two items");
        table.OnLast(isEntry, "entry: the last row is no entry");

        // account' = account - isFirst', and nothing is left: it falls from the number of accounts, which is at most
        // 2^23, so no two accounts share a number.
        table.OnTransition(
            table.Next(Account) - table[Account] + table.Next(IsFirst), "entry: account counts what is to begin");
        table.OnLast(table[Account], "entry: all accounts have begun");
    }

    static void ConstrainItems(Table table)
    {
        for (var side = 0; side < Sides; side++)
        {
            var (isDebt, isValued) = (table[Of(side, IsDebt)], table[Of(side, IsValued)]);
            var follows = table[Of(side, FollowsEquity)];
            var name = Name(side);
            foreach (var (column, flag) in new[]
            {
                (IsDebt, "isDebt"), (IsValued, "isValued"), (FollowsEquity, "followsEquity"),
            })
            {
                table.Boolean(Of(side, column), $"{flag} of the {name} item");
            }

            table.OnEvery(isValued * (1 - IsThere(table, side)), $"entry: only an item is valued on the {name}");
            table.OnEvery(isDebt * (1 - isValued), $"entry: a debt on the {name} is valued");
            table.OnEvery(follows * (1 - isDebt), $"entry: what follows the equity of its key is a debt on the {name}");
        }

        table.OnEvery(
            table[Of(1, FollowsEquity)] * table[Of(0, IsDebt)], "entry: the right item follows the equity on the left");
        table.OnTransition(
            table.Next(Of(0, FollowsEquity)) * table[Of(1, IsDebt)],
            "entry: the left item follows the equity on the right before it");

        // in[12] = NONE where no item is.
        table.OnEvery(
            (table[IsEntry] - table[HasRight]) * (table[Code(1)] - (int)HashDomain.None),
            "entry: NONE stands where no item is");
    }

    // h_{i+1} = out_i, in an account and in the chain of the hidden sums: the first row of an account follows nothing.
    static void ConstrainContents(Table table, Node[] digest)
    {
        for (var i = 0; i < digest.Length; i++)
        {
            table.OnTransition(
                (GoesOn(table) + table.Next(IsTotal)) * (table.Next(Inputs + i) - digest[i]),
                $"entry: word {i} of the chain passes on");
        }
    }

    static void Range(Table table, ShardBuses buses)
    {
        for (var side = 0; side < Sides; side++)
        {
            for (var limb = 0; limb < 2 * Amount.Words; limb++)
            {
                table.Send(
                    buses.Fifteen, IsThere(table, side), [Limb(table, side, limb)],
                    $"entry: limb {limb} of the {Name(side)} amount has fifteen bits");
            }
        }

        // A rank above that of the item before, or the same if a debt follows the equity of its key. A statement has at
        // most 2^15 keys, and their ranks ascend with them.
        var (left, right) = (table[Of(0, Rank)], table[Of(1, Rank)]);
        table.Send(
            buses.Fifteen, table[HasRight], [right - left - 1 + table[Of(1, FollowsEquity)]],
            "entry: keys ascend in a row");
        table.Send(
            buses.Fifteen, table[HasRight] * GoesOn(table),
            [table.Next(Of(0, Rank)) - right - 1 + table.Next(Of(0, FollowsEquity))],
            "entry: keys ascend from row to row");
    }

    static void Speak(Table table, ShardBuses buses, Node[] digest)
    {
        var (isTotal, isEntry) = (table[IsTotal], table[IsEntry]);
        for (var side = 0; side < Sides; side++)
        {
            var (asset, isDebt) = (table[Of(side, Asset)], table[Of(side, IsDebt)]);
            table.Send(
                buses.Key, IsThere(table, side), [Key(table, side), asset, table[Of(side, Rank)]],
                $"entry: the {Name(side)} key is one of the statement's");

            // Equity gives (1, limbs) to the sum of its asset; a row of totals takes (1, words) from an id below 0.
            var isEquity = IsThere(table, side) - isDebt;
            Span<Node> weights = new Node[1 + ShardBuses.TotalWords];
            weights[0] = side == 0 ? isEquity - isTotal : isEquity;
            for (var k = 0; k < ShardBuses.TotalWords; k++)
                weights[1 + k] = side == 0 ? -(isTotal * table[CodeWord + k]) : 0;
            for (var limb = 0; limb < 2 * Amount.Words; limb++)
                weights[1 + SumTable.EquityLimb + limb] += isEquity * Limb(table, side, limb);
            table.SendSum(
                buses.Sum, weights, [asset + 1, table[Of(side, Block)]],
                $"entry: equity on the {Name(side)} is summed" + (side == 0 ? ", totals are sums" : ""));

            table.Send(
                buses.Amount, table[Of(side, IsValued)],
                [table[Account], Key(table, side), isDebt, .. table.Columns(Code(side) + 1, Amount.Words)],
                $"entry: a debt or pledge on the {Name(side)} is valued");
        }

        // A leaf has level 0; the digest of the hidden sums, made in the last row of totals, has level -1.
        table.Send(
            buses.Node, isEntry * (1 - GoesOn(table)) + isTotal * (1 - table.Next(IsTotal)),
            [NodeTable.SumsLevel * isTotal, .. digest],
            "entry: leaves and hidden sums are in the tree");
    }

    static string Name(int side) => side == 0 ? "left" : "right";

    static Node IsThere(Table table, int side) => table[side == 0 ? IsEntry : HasRight];

    // 1 where the next row is of the same account.
    static Node GoesOn(Table table) => table.Next(IsEntry) - table.Next(IsFirst);

    static Node Key(Table table, int side)
    {
        var key = table[Code(side)] - (int)AccountItem.Debt * table[Of(side, IsDebt)];
        return side == 0 ? key - (int)AccountItem.First * table[IsFirst] : key;
    }

    // x_k = low + 2^15 high, high a column.
    static Node Limb(Table table, int side, int limb)
    {
        var high = table[Of(side, High) + (limb / 2)];
        return limb % 2 == 1 ? high : table[Code(side) + 1 + (limb / 2)] - (1 << RangeTable.LimbBits) * high;
    }
}
