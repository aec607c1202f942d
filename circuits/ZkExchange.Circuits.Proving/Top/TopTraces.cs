using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Top;

/// <summary>The tables of the top proof.</summary>
/// <param name="Tables">In key order. Whoever takes them disposes them.</param>
/// <param name="ShardNodes">The nodes of level g, in order.</param>
/// <param name="Root">The node of level H.</param>
/// <param name="Totals">What lies below it.</param>
public sealed record TopTraces(
    Matrix?[] Tables, IReadOnlyList<NodeDigest> ShardNodes, NodeDigest Root, NodeTotals Totals) : IDisposable
{
    public void Dispose()
    {
        foreach (var table in Tables) table?.Dispose();
    }
}
