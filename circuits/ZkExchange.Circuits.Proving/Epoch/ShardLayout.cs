// How a book is cut into shards. A proof costs what its tables' heights say, and heights are powers of two, so the best
// cut is one that fills them. All shards have one shape, so the fullest one counts. Rows are counted by the plan of a
// shard and columns by the key: no figure of a circuit is written down here.

using System.Numerics;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>A cut of a book.</summary>
/// <param name="Tree">g and k.</param>
/// <param name="Shape">The tables of every shard, as far as can be told before there are positions.</param>
public sealed record ShardLayout(TreeShape Tree, Shape Shape)
{
    // What a proof takes apart from its tables (queries, its own verification, a file), as if it were cells.
    const long CellsPerProof = 4 << 20;

    /// <summary>The cut with the least work whose proofs fit the memory; of equal ones, that with fewer shards.
    /// </summary>
    /// <param name="size">Of the book.</param>
    /// <param name="profile">Limits the heights.</param>
    /// <param name="memoryBytesMax">What the process may take while it proves.</param>
    /// <param name="shardsMin">No fewer shards than this.</param>
    /// <returns>Null when there is none.</returns>
    public static ShardLayout? Choose(BookSize size, Profile profile, long memoryBytesMax, int shardsMin = 1)
    {
        Check.That(size.Accounts >= 1 && size.Entries >= size.Accounts && shardsMin >= 1);
        var (best, bestWork) = (default(ShardLayout), long.MaxValue);
        var least = WorkOf(ShapeOf(ShardPlan.HeightsLog2(default, size.Tables, profile.HeightLog2Min), profile));
        var (heights, shape) = (Array.Empty<byte>(), default(Shape));

        // However many shards there are, none is less work than an empty one.
        for (long shards = shardsMin; shards <= TreeShape.ShardsMax && shards * least < bestWork; shards++)
        {
            var tree = new TreeShape(HeightOf(size.Accounts, (int)shards), (int)shards);
            var rows = size.Fullest(tree.ShardCount, tree.ShardHeight);
            var next = ShardPlan.HeightsLog2(rows, size.Tables, profile.HeightLog2Min);
            if (!next.AsSpan().SequenceEqual(heights)) shape = ShapeOf(heights = next, profile);
            if (shape is null || !tree.IsValid || shards * WorkOf(shape) >= bestWork) continue;
            if (size.MemoryBytes(tree) + MemoryBytes(shape) > memoryBytesMax) continue;
            (best, bestWork) = (new(tree, shape), shards * WorkOf(shape));
        }

        return best;
    }

    /// <summary>About the least memory in which a book can be proven, in however many shards.</summary>
    public static long MemoryBytesMin(BookSize size, Profile profile)
    {
        var least = long.MaxValue;
        for (var shards = 1L; shards <= TreeShape.ShardsMax; shards *= 2)
        {
            var tree = new TreeShape(HeightOf(size.Accounts, (int)shards), (int)shards);
            var rows = size.Fullest(tree.ShardCount, tree.ShardHeight);
            var shape = ShapeOf(ShardPlan.HeightsLog2(rows, size.Tables, profile.HeightLog2Min), profile);
            if (shape is not null && tree.IsValid)
                least = Math.Min(least, size.MemoryBytes(tree) + MemoryBytes(shape));
        }

        return least;
    }

    /// <summary>Cells of all shards' tables, with an allowance for each proof: what a cut is chosen by.</summary>
    public long Work => Tree.ShardCount * WorkOf(Shape);

    /// <summary>True if tables of the shape hold the rows of a shard.</summary>
    public bool Holds(ShardRows rows, ShardTables tables)
    {
        var heights = ShardPlan.HeightsLog2(rows, tables, Shape.Profile.HeightLog2Min);
        return heights[ShardCircuit.EntryTableIndex] <= Shape.Heights[ShardCircuit.EntryTableIndex];
    }

    /// <summary>About what proving a shape takes: extended columns, and digests and salts of a leaf and a node at each
    /// point of three trees.</summary>
    public static long MemoryBytes(Shape shape)
    {
        const int digestBytes = 32, perPoint = 3 * 3 * digestBytes, bytesPerWord = sizeof(uint);
        return shape.Classes.Sum(rows => ((long)(WidthOf(rows) * bytesPerWord) + perPoint) << rows.DomainLog2);
    }

    static long WorkOf(Shape? shape) =>
        CellsPerProof + (shape?.Classes.Sum(rows => (long)WidthOf(rows) << rows.HeightLog2) ?? 0);

    static int WidthOf(HeightClass rows) => rows.MainWidth + rows.AuxiliaryWidth + rows.QuotientWidth;

    static Shape? ShapeOf(byte[] heights, Profile profile)
    {
        Shape.TryCreate(ShardCircuit.Key, profile, heights, out var shape);
        return shape;
    }

    // The least tree that has a place for every account.
    static int HeightOf(int accounts, int shards) =>
        BitOperations.Log2((uint)((accounts + shards - 1) / shards * 2 - 1));
}
