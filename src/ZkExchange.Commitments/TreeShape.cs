using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The fixed shape of an epoch's tree: k shards of 2^g positions, height H = g + ceil(lg k).</summary>
/// <param name="ShardHeight">g, 0 .. 24.</param>
/// <param name="ShardCount">k, 1 .. 65536.</param>
public readonly record struct TreeShape(int ShardHeight, int ShardCount)
{
    /// <summary>The largest g.</summary>
    public const int ShardHeightMax = 24;

    /// <summary>The largest k.</summary>
    public const int ShardsMax = 65536;

    /// <summary>The largest H.</summary>
    public const int HeightMax = 29;

    /// <summary>H: the length of every path.</summary>
    public int Height => ShardHeight + (ShardCount <= 1 ? 0 : BitOperations.Log2((uint)ShardCount - 1) + 1);

    /// <summary>k 2^g: positions that exist.</summary>
    public long Positions => (long)ShardCount << ShardHeight;

    /// <summary>True within the limits of a statement.</summary>
    public bool IsValid =>
        ShardHeight is >= 0 and <= ShardHeightMax && ShardCount is >= 1 and <= ShardsMax && Height <= HeightMax;

    /// <summary>How many nodes of a level g .. H are not EMPTY: those above at least one shard.</summary>
    public int NodesAt(int level)
    {
        Check.That(level >= ShardHeight && level <= Height);
        return ((ShardCount - 1) >> (level - ShardHeight)) + 1;
    }
}
