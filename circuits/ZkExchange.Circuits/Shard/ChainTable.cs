// The hidden sums and the node of the shard (specs/41-circuits.md section 8). Rows, each one permutation:
//
//   open     in = [HSUM, g, accounts, A, blind0 .. blind3 | badDebt in eight words]
//   asset i  in = [previous out | i, E0, E1, E2, D0, D1, D2, 0]          i = 0 .. A - 1
//   seal     in = [root of the plain tree | S = previous out],           out = the public shard node

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of the shard's hidden sums.</summary>
static class ChainTable
{
    /// <summary>Sixteen inputs.</summary>
    public const int Inputs = 0;

    /// <summary>The cells of the permutation.</summary>
    public const int Cells = Inputs + Poseidon2.Width;

    /// <summary>1 in the first row.</summary>
    public const int IsOpen = Cells + Poseidon2Part.Cells;

    /// <summary>1 in the rows of assets.</summary>
    public const int IsAsset = IsOpen + 1;

    /// <summary>1 in the row that makes the shard node.</summary>
    public const int IsSeal = IsAsset + 1;

    /// <summary>Columns.</summary>
    public const int Width = IsSeal + 1;

    /// <summary>The word of the number of accounts in the opening row.</summary>
    public const int AccountsWord = 2;

    const int Index = Inputs + NodeDigest.Length;              // of the asset, in rows of assets

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("chain", Width, Heights.Min, Heights.Max);
        var digest = Poseidon2Part.Compress(table, table.Columns(Inputs, Poseidon2.Width), Cells);
        ConstrainOrder(table);
        ConstrainContents(table, digest);

        var (isOpen, isAsset) = (table[IsOpen], table[IsAsset]);
        table.Receive(
            buses.Total, isOpen, [0, .. table.Columns(Index, NodeDigest.Length)], "chain: the bad debt is the total");
        table.Receive(
            buses.Total, isAsset, [table[Index] + 1, .. table.Columns(Index + 1, 2 * Amount.Words), 0, 0],
            "chain: equity and debt of an asset are the totals");
        table.ReceiveSum(
            buses.Sum, [isOpen * table[Inputs + AccountsWord]], [-1, 0], "chain: accounts are the leaves");
        table.Receive(
            buses.Node, table[IsSeal], [table.Public(ShardPublic.Height), .. table.Columns(Inputs, NodeDigest.Length)],
            "chain: the root has level g");
        return table;
    }

    // open, assets, seal, padding: in this order, once each. All three flags are 0 or 1 by these laws: an asset is
    // followed by a row with isAsset + isSeal = 1, and both ask for isAsset = 1 (or isOpen = 1) in the row before.
    // Indices rise by one up to A - 1; that they begin with 0 follows from the totals, whose ids rise by one from 0.
    static void ConstrainOrder(Table table)
    {
        var (isOpen, isAsset) = (table[IsOpen], table[IsAsset]);
        var (nextAsset, nextSeal) = (table.Next(IsAsset), table.Next(IsSeal));
        var (index, nextIndex) = (table[Index], table.Next(Index));
        table.OnFirst(isOpen - 1, "chain: the first row opens");
        table.OnTransition(table.Next(IsOpen), "chain: no other row opens");
        table.OnFirst(table[IsSeal], "chain: the first row is no seal");
        table.OnTransition(isOpen * (1 - nextAsset), "chain: an asset follows the opening");
        table.OnTransition(isAsset * (1 - nextAsset - nextSeal), "chain: an asset is followed by an asset or the seal");
        table.OnTransition(isAsset * nextAsset * (nextIndex - index - 1), "chain: indices of assets rise by one");
        table.OnTransition(nextAsset * (1 - isOpen - isAsset), "chain: an asset follows the opening or an asset");
        table.OnTransition(nextSeal * (1 - isAsset), "chain: the seal follows an asset");
        table.OnTransition(
            nextSeal * (index + 1 - table.Public(ShardPublic.Assets)), "chain: the seal follows the last asset");
        table.OnLast(isAsset, "chain: the last row is no asset");
    }

    static void ConstrainContents(Table table, Node[] digest)
    {
        var (isOpen, isAsset, isSeal) = (table[IsOpen], table[IsAsset], table[IsSeal]);

        table.OnEvery(isOpen * (table[Inputs] - (int)HashDomain.HiddenSum), "chain: HSUM opens the sums");
        table.OnEvery(isOpen * (table[Inputs + 1] - table.Public(ShardPublic.Height)), "chain: the level is g");
        table.OnEvery(isOpen * (table[Inputs + 3] - table.Public(ShardPublic.Assets)), "chain: A opens the sums");
        table.OnEvery(isAsset * table[Inputs + 15], "chain: zero ends the block of an asset");

        for (var i = 0; i < digest.Length; i++)
        {
            table.OnTransition(
                table.Next(IsAsset) * (table.Next(Inputs + i) - digest[i]), $"chain: word {i} passes on to an asset");
            table.OnTransition(
                table.Next(IsSeal) * (table.Next(Inputs + NodeDigest.Length + i) - digest[i]),
                $"chain: word {i} passes on to the seal");
            table.OnEvery(
                isSeal * (digest[i] - table.Public(ShardPublic.Node + i)), $"chain: word {i} is the shard node's");
        }
    }
}
