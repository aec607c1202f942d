// The plain tree of a shard and the shard node above it (specs/41-circuits.md section 7). One row for each inner node;
// the levels are all that a message needs to carry. Every message is taken once, the verifier takes the shard node at
// level g + 1, and EMPTY stands for a child at level 1 only: counting nodes level by level leaves one possibility, the
// full tree of height g, each account being one of its leaves, sealed with the hidden sums.
//
//   node        in = [left child of level l - 1 | right child of level l - 1]      level l = 1 .. g
//   shard node  in = [root of the plain tree, of level g | hidden sums, of level -1]      level g + 1

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of inner nodes.</summary>
static class NodeTable
{
    /// <summary>The left child, then the right child.</summary>
    public const int Inputs = 0;

    /// <summary>The cells of the permutation.</summary>
    public const int Cells = Inputs + Poseidon2.Width;

    /// <summary>1 in rows that hold a node.</summary>
    public const int IsReal = Cells + Poseidon2Part.Cells;

    /// <summary>1 .. g, and g + 1 of the shard node.</summary>
    public const int Level = IsReal + 1;

    /// <summary>1 where the left child is an unused position.</summary>
    public const int IsLeftEmpty = Level + 1;

    /// <summary>1 where the right child is an unused position.</summary>
    public const int IsRightEmpty = IsLeftEmpty + 1;

    /// <summary>1 in the row of the shard node.</summary>
    public const int IsSeal = IsRightEmpty + 1;

    /// <summary>Columns.</summary>
    public const int Width = IsSeal + 1;

    /// <summary>The level of the digest of the hidden sums, which is no node's.</summary>
    public const int SumsLevel = -1;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("node", Width, Heights.Min, Heights.Max);
        var digest = Poseidon2Part.Compress(table, table.Columns(Inputs, Poseidon2.Width), Cells);
        var (isReal, level) = (table[IsReal], table[Level]);
        table.Boolean(IsReal, "isReal");
        table.Boolean(IsSeal, "isSeal");
        ConstrainEmpty(table, IsLeftEmpty, Inputs, "left");
        ConstrainEmpty(table, IsRightEmpty, Inputs + NodeDigest.Length, "right");

        table.Receive(
            buses.Node, isReal - table[IsLeftEmpty], [level - 1, .. table.Columns(Inputs, NodeDigest.Length)],
            "node: the left child is a node");

        // level - 1, and -1 instead of g.
        var rightLevel = level - 1 - table[IsSeal] * (table.Public(ShardPublic.Height) - SumsLevel);
        table.Receive(
            buses.Node, isReal - table[IsRightEmpty],
            [rightLevel, .. table.Columns(Inputs + NodeDigest.Length, NodeDigest.Length)],
            "node: the right child is a node or the hidden sums");
        table.Send(buses.Node, isReal, [level, .. digest], "node: the node has a parent");
        return table;
    }

    // An unused child: at level 1 of a node that exists, and EMPTY = [EMTY, 0 ..].
    static void ConstrainEmpty(Table table, int isEmpty, int child, string side)
    {
        table.Boolean(isEmpty, $"{side}Empty");
        table.OnEvery(table[isEmpty] * (1 - table[IsReal]), $"node: only a node has an unused {side} child");
        table.OnEvery(table[isEmpty] * (table[Level] - 1), $"node: an unused {side} child is a leaf");
        for (var i = 0; i < NodeDigest.Length; i++)
        {
            Node word = i == 0 ? (int)HashDomain.Empty : 0;
            table.OnEvery(
                table[isEmpty] * (table[child + i] - word), $"node: word {i} of an unused {side} child is EMPTY's");
        }
    }
}
