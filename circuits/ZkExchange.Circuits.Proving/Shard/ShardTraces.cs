using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The tables of a shard, ready to be proven.</summary>
/// <param name="Tables">In key order; null = absent. Whoever takes them disposes them.</param>
/// <param name="ShardNode">What the rows amount to.</param>
public sealed record ShardTraces(Matrix?[] Tables, NodeDigest ShardNode) : IDisposable
{
    public void Dispose()
    {
        foreach (var table in Tables) table?.Dispose();
    }
}
