// How a book is cut into shards. A proof costs what its tables' heights say, and heights are powers of two: the entry
// table has a row for each entry and one for each account, the node table one for each inner node of a tree of 2^g
// positions. The best cut fills both just below a power of two. All shards have one shape, so the fullest one counts.

using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>A cut of a book.</summary>
/// <param name="Tree">g and k.</param>
/// <param name="EntryRowsLog2">The entry table of the fullest shard has at most 2^this rows.</param>
public readonly record struct ShardLayout(TreeShape Tree, int EntryRowsLog2)
{
    // Cells of a row, main and auxiliary; the tables of fixed size are counted as if they were one.
    const int EntryCells = 320;
    const int NodeCells = 240;
    const int FixedCells = 700;
    const int CellBytes = 4;
    const long ProcessBytes = 200L << 20;

    /// <summary>The cut with the least work whose proof fits the memory.</summary>
    /// <param name="accounts">At least 1.</param>
    /// <param name="rows">Entries and accounts together.</param>
    /// <param name="fullestAccount">Entries of the largest account.</param>
    /// <param name="profile">Limits the heights.</param>
    /// <param name="memoryBytesMax">The memory of one proof.</param>
    /// <param name="shardsMin">No fewer shards than this.</param>
    /// <returns>Null when there is none.</returns>
    public static ShardLayout? Choose(
        int accounts, long rows, int fullestAccount, Profile profile, long memoryBytesMax, int shardsMin = 1)
    {
        Check.That(accounts >= 1 && rows > accounts && shardsMin >= 1);
        ShardLayout? best = null;
        var bestWork = double.PositiveInfinity;
        for (var height = 0; height <= Math.Min(TreeShape.ShardHeightMax, profile.HeightLog2Max); height++)
        {
            for (var rowsLog2 = profile.HeightLog2Min; rowsLog2 <= profile.HeightLog2Max; rowsLog2++)
            {
                if (MemoryBytes(height, rowsLog2, profile) > memoryBytesMax) continue;
                var shards = ShardsOf(accounts, rows, fullestAccount, height, rowsLog2, shardsMin);
                if (shards is null || !new TreeShape(height, (int)shards).IsValid) continue;

                // Equal work: the fewer shards.
                var work = (long)shards * Cells(height, rowsLog2, profile);
                if (work > bestWork || (work == bestWork && shards >= best!.Value.Tree.ShardCount)) continue;
                (best, bestWork) = (new(new(height, (int)shards), rowsLog2), work);
            }
        }

        return best;
    }

    /// <summary>About what proving such a shard takes: the extended columns, one more time their rows, and what the
    /// process has besides. Measured on AVX-512: 2.2 GB for 2^19 rows at S100-fast, where this says 2.7.</summary>
    public static long MemoryBytes(int height, int entryRowsLog2, Profile profile) =>
        ProcessBytes + (Cells(height, entryRowsLog2, profile) * CellBytes * ((1L << profile.BlowupLog2) + 1));

    static long Cells(int height, int entryRowsLog2, Profile profile) =>
        ((long)EntryCells << entryRowsLog2)
        + ((long)NodeCells << Math.Max(height, profile.HeightLog2Min))
        + ((long)FixedCells << profile.HeightLog2Min);

    // Positions are random, so shards are not equally full: room for four standard deviations.
    static long? ShardsOf(
        int accounts, long rows, int fullestAccount, int height, int rowsLog2, int shardsMin)
    {
        var capacity = 1L << rowsLog2;
        var least = Math.Max(shardsMin, (accounts + (1L << height) - 1) >> height);
        least = Math.Max(least, (rows + capacity - 1) / capacity);
        if (least == 1) return 1;

        // Sizes of accounts vary about as much as they are large; the largest is on top.
        var perAccount = (double)rows / accounts;
        for (var shards = least; shards <= TreeShape.ShardsMax; shards++)
        {
            var mean = (double)rows / shards;
            if (mean + (4 * Math.Sqrt(mean * 2 * perAccount)) + fullestAccount <= capacity) return shards;
        }

        return null;
    }
}
