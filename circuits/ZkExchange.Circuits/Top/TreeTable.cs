// The nodes above the shards (specs/41-circuits.md section 13). A node is a group of rows, each one permutation:
//
//   open     in = [HSUM, level, accounts, A, blind0 .. blind3 | badDebt in eight words]
//   asset i  in = [previous out | i, E0, E1, E2, D0, D1, D2, 0]        i = 0 .. A - 1
//   pair     in = [left child | right child]                           upper nodes only
//   seal     in = [root of the plain tree, or the pair's out | S],     S = out of the last asset
//
// Its totals go to its parent limb by limb on a sum bus, so a parent sees the sums of its children's limbs and only
// has to carry: P_j + 2^15 c_{j+1} = S_j + c_j. A right child that is missing adds nothing.

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Top;

/// <summary>The table of the upper tree.</summary>
static class TreeTable
{
    /// <summary>Limbs of the eight words in[8] .. in[15].</summary>
    public const int Limbs = 2 * NodeDigest.Length;

    /// <summary>The first limb of the equity of an asset, in[9].</summary>
    public const int EquityLimb = 2;

    /// <summary>The first limb of the debt of an asset, in[12].</summary>
    public const int DebtLimb = EquityLimb + 2 * Amount.Words;

    /// <summary>Sixteen inputs.</summary>
    public const int Inputs = 0;

    /// <summary>The cells of the permutation.</summary>
    public const int Cells = Inputs + Poseidon2.Width;

    /// <summary>1 in rows that open a shard's node.</summary>
    public const int IsShardOpen = Cells + Poseidon2Part.Cells;

    /// <summary>1 in rows that open a node above.</summary>
    public const int IsUpperOpen = IsShardOpen + 1;

    /// <summary>1 in rows of an asset of a shard's node.</summary>
    public const int IsShardAsset = IsUpperOpen + 1;

    /// <summary>1 in rows of an asset of a node above.</summary>
    public const int IsUpperAsset = IsShardAsset + 1;

    /// <summary>1 in rows that compress two children.</summary>
    public const int IsPair = IsUpperAsset + 1;

    /// <summary>1 in rows that seal a shard's node.</summary>
    public const int IsShardSeal = IsPair + 1;

    /// <summary>1 in rows that seal a node above.</summary>
    public const int IsUpperSeal = IsShardSeal + 1;

    /// <summary>g .. H, in every row of a node.</summary>
    public const int Level = IsUpperSeal + 1;

    /// <summary>The index of the parent, in every row of a node.</summary>
    public const int Parent = Level + 1;

    /// <summary>0 in a left child, 1 in a right one: index = 2 parent + bit.</summary>
    public const int Bit = Parent + 1;

    /// <summary>0 in opening rows, 1 + i in rows of assets.</summary>
    public const int Id = Bit + 1;

    /// <summary>1 in rows that compress a child with EMPTY.</summary>
    public const int IsRightEmpty = Id + 1;

    /// <summary>in[8 + k] div 2^15 for eight words; in pairs S, kept for the seal.</summary>
    public const int High = IsRightEmpty + 1;

    /// <summary>S_0 .. S_15: the sums of the children's limbs; the limbs themselves where there are no
    /// children.</summary>
    public const int Sums = High + NodeDigest.Length;

    /// <summary>Columns.</summary>
    public const int Width = Sums + Limbs;

    /// <summary>The word of the number of accounts in an opening row.</summary>
    public const int AccountsWord = 2;

    const int Index = Inputs + NodeDigest.Length;              // of the asset, in rows of assets

    /// <summary>The table.</summary>
    public static Table Build(TopBuses buses)
    {
        var table = new Table("tree", Width, Heights.Min, Heights.Max);
        var digest = Poseidon2Part.Compress(table, table.Columns(Inputs, Poseidon2.Width), Cells);
        ConstrainKinds(table);
        ConstrainOrder(table);
        ConstrainNumbers(table);
        ConstrainContents(table, digest);
        ConstrainCarries(table);
        for (var j = 0; j < Limbs; j++)
        {
            table.Send(
                buses.Fifteen, IsOpen(table) + IsAsset(table), [Limb(table, j)],
                $"tree: limb {j} of a total has fifteen bits");
        }

        SpeakTotals(table, buses);
        SpeakNodes(table, buses, digest);
        return table;
    }

    static Node IsOpen(Table table) => table[IsShardOpen] + table[IsUpperOpen];

    static Node IsAsset(Table table) => table[IsShardAsset] + table[IsUpperAsset];

    static Node IndexOf(Table table) => 2 * table[Parent] + table[Bit];

    static Node Limb(Table table, int limb)
    {
        var high = table[High + limb / 2];
        return limb % 2 == 1 ? high : table[Index + limb / 2] - (1 << RangeTable.LimbBits) * high;
    }

    static void ConstrainKinds(Table table)
    {
        foreach (var (column, name) in new[]
        {
            (IsShardOpen, "isShardOpen"), (IsUpperOpen, "isUpperOpen"), (Bit, "bit"), (IsRightEmpty, "isRightEmpty"),
        })
        {
            table.Boolean(column, name);
        }

        // At most one kind; a row of none is padding. The other five kinds are 0 or 1 by the laws of their order.
        var kinds = IsOpen(table) + IsAsset(table) + table[IsPair] + table[IsShardSeal] + table[IsUpperSeal];
        table.OnEvery(kinds * (kinds - 1), "tree: a row is of one kind");
        table.OnEvery(table[IsRightEmpty] * (1 - table[IsPair]), "tree: only a pair has a missing child");
    }

    // shard: open, assets, seal;  upper: open, assets, pair, seal.
    static void ConstrainOrder(Table table)
    {
        var (shardOpen, upperOpen) = (table[IsShardOpen], table[IsUpperOpen]);
        var (shardAsset, upperAsset) = (table[IsShardAsset], table[IsUpperAsset]);
        var (nextShardAsset, nextUpperAsset) = (table.Next(IsShardAsset), table.Next(IsUpperAsset));
        var (pair, nextPair) = (table[IsPair], table.Next(IsPair));
        var (nextShardSeal, nextUpperSeal) = (table.Next(IsShardSeal), table.Next(IsUpperSeal));

        table.OnFirst(shardAsset, "tree: the first row is no asset of a shard");
        table.OnFirst(upperAsset, "tree: the first row is no asset above");
        table.OnFirst(pair, "tree: the first row is no pair");
        table.OnFirst(table[IsShardSeal], "tree: the first row is no seal of a shard");
        table.OnFirst(table[IsUpperSeal], "tree: the first row is no seal above");
        table.OnTransition(shardOpen * (1 - nextShardAsset), "tree: an asset follows a shard's opening");
        table.OnTransition(upperOpen * (1 - nextUpperAsset), "tree: an asset follows an upper opening");
        table.OnTransition(
            shardAsset * (1 - nextShardAsset - nextShardSeal), "tree: a shard's asset is followed by one or the seal");
        table.OnTransition(
            upperAsset * (1 - nextUpperAsset - nextPair), "tree: an upper asset is followed by one or the pair");
        table.OnTransition(pair * (1 - nextUpperSeal), "tree: a pair is followed by the seal");
        table.OnTransition(nextShardAsset * (1 - shardOpen - shardAsset), "tree: a shard's asset follows its like");
        table.OnTransition(nextUpperAsset * (1 - upperOpen - upperAsset), "tree: an upper asset follows its like");
        table.OnTransition(nextPair * (1 - upperAsset), "tree: a pair follows an asset");
        table.OnTransition(nextShardSeal * (1 - shardAsset), "tree: a shard's seal follows an asset");
        table.OnTransition(nextUpperSeal * (1 - pair), "tree: an upper seal follows a pair");

        // One law for each kind: a sum of them could cancel, as the flags of the last row are not yet known to be 0 or
        // 1. A pair of -4 beside five assets would give nodes away.
        table.OnLast(shardOpen, "tree: the last row opens no shard");
        table.OnLast(upperOpen, "tree: the last row opens no upper node");
        table.OnLast(shardAsset, "tree: the last row is no asset of a shard");
        table.OnLast(upperAsset, "tree: the last row is no asset above");
        table.OnLast(pair, "tree: the last row is no pair");
    }

    static void ConstrainNumbers(Table table)
    {
        var isBody = IsOpen(table) + IsAsset(table) + table[IsPair];
        var nextAsset = table.Next(IsShardAsset) + table.Next(IsUpperAsset);
        var id = table[Id];
        table.OnEvery(
            table[IsShardOpen] * (table[Level] - table.Public(TopPublic.ShardHeight)), "tree: shards have level g");
        table.OnTransition(isBody * (table.Next(Level) - table[Level]), "tree: a node keeps its level");
        table.OnTransition(isBody * (table.Next(Parent) - table[Parent]), "tree: a node keeps its parent");
        table.OnTransition(isBody * (table.Next(Bit) - table[Bit]), "tree: a node keeps its side");
        table.OnEvery(IsOpen(table) * id, "tree: bad debt has id 0");
        table.OnTransition(nextAsset * (table.Next(Id) - id - 1), "tree: ids of assets rise by one");
        table.OnTransition(
            (table.Next(IsShardSeal) + table.Next(IsPair)) * (id - table.Public(TopPublic.Assets)),
            "tree: the last asset has id A");
    }

    static void ConstrainContents(Table table, Node[] digest)
    {
        var (isOpen, isAsset) = (IsOpen(table), IsAsset(table));
        table.OnEvery(isOpen * (table[Inputs] - (int)HashDomain.HiddenSum), "tree: HSUM opens the sums");
        table.OnEvery(isOpen * (table[Inputs + 1] - table[Level]), "tree: the level opens the sums");
        table.OnEvery(isOpen * (table[Inputs + 3] - table.Public(TopPublic.Assets)), "tree: A opens the sums");
        table.OnEvery(isAsset * (table[Index] + 1 - table[Id]), "tree: the block of an asset begins with its index");
        table.OnEvery(isAsset * table[Inputs + 15], "tree: zero ends the block of an asset");

        var nextAsset = table.Next(IsShardAsset) + table.Next(IsUpperAsset);
        for (var i = 0; i < digest.Length; i++)
        {
            var (nextLeft, nextRight) = (table.Next(Inputs + i), table.Next(Index + i));
            table.OnTransition(nextAsset * (nextLeft - digest[i]), $"tree: word {i} passes on to an asset");
            table.OnTransition(
                table.Next(IsShardSeal) * (nextRight - digest[i]), $"tree: word {i} passes on to a shard's seal");
            table.OnTransition(
                table.Next(IsPair) * (table.Next(High + i) - digest[i]), $"tree: word {i} of S is kept by the pair");
            table.OnTransition(
                table.Next(IsUpperSeal) * (nextLeft - digest[i]), $"tree: word {i} of the pair passes on to the seal");
            table.OnTransition(
                table.Next(IsUpperSeal) * (nextRight - table[High + i]), $"tree: word {i} of S passes on to the seal");

            Node empty = i == 0 ? (int)HashDomain.Empty : 0;
            table.OnEvery(
                table[IsRightEmpty] * (table[Index + i] - empty), $"tree: word {i} of a missing child is EMPTY's");
        }
    }

    // c_{j+1} = (S_j + c_j - P_j) / 2^15 is 0 or 1, c_0 = c_16 = 0; S_j is at most 2 (2^15 - 1). In every row: where
    // nothing is added the prover puts S = P. In rows of assets the carries into equity and into debt are 0, and out of
    // debt nothing can be carried, as in[15] is 0.
    static void ConstrainCarries(Table table)
    {
        var inverse = KoalaBear.From(1 << RangeTable.LimbBits).Inverse();
        Node carry = 0;
        for (var j = 0; j < Limbs; j++)
        {
            carry = (table[Sums + j] + carry - Limb(table, j)) * inverse;
            if (j < Limbs - 1)
                table.OnEvery(carry * (carry - 1), $"tree: carry {j + 1} is 0 or 1");
            else
                table.OnEvery(carry, "tree: nothing is carried out");

            if (j + 1 == EquityLimb) table.OnEvery(IsAsset(table) * carry, "tree: nothing is carried into equity");
            if (j + 1 == DebtLimb) table.OnEvery(IsAsset(table) * carry, "tree: total equity is below 2^90");
        }
    }

    static void SpeakTotals(Table table, TopBuses buses)
    {
        var (isOpen, isAsset) = (IsOpen(table), IsAsset(table));
        var (isUpperOpen, isUpperAsset) = (table[IsUpperOpen], table[IsUpperAsset]);
        var accounts = table[Inputs + AccountsWord];
        Span<Node> sent = new Node[TopBuses.TotalWeights];
        Span<Node> received = new Node[TopBuses.TotalWeights];
        for (var j = 0; j < Limbs; j++)
        {
            // Of an asset's block the first word is its index, no total.
            sent[j] = (j < EquityLimb ? isOpen : isOpen + isAsset) * Limb(table, j);
            received[j] = (j < EquityLimb ? isUpperOpen : isUpperOpen + isUpperAsset) * table[Sums + j];
        }

        sent[Limbs] = isOpen * accounts;
        received[Limbs] = isUpperOpen * accounts;
        table.SendSum(
            buses.Total, sent, [table[Level] + 1, table[Parent], table[Id]], "tree: totals go to the parent");
        table.ReceiveSum(
            buses.Total, received, [table[Level], IndexOf(table), table[Id]], "tree: totals are the children's sums");
    }

    static void SpeakNodes(Table table, TopBuses buses, Node[] digest)
    {
        var (isPair, index, below) = (table[IsPair], IndexOf(table), table[Level] - 1);
        table.Receive(
            buses.Node, isPair, [below, 2 * index, .. table.Columns(Inputs, NodeDigest.Length)],
            "tree: the left child is a node");
        table.Receive(
            buses.Node, isPair - table[IsRightEmpty],
            [below, 2 * index + 1, .. table.Columns(Index, NodeDigest.Length)], "tree: the right child is a node");
        table.Send(
            buses.Node, table[IsShardSeal] + table[IsUpperSeal], [table[Level], index, .. digest],
            "tree: a node has a parent");
        table.Receive(
            buses.PublicShards, table[IsShardSeal], [index, .. digest], "tree: a shard's node is the statement's");
    }
}
