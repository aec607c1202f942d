using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Top;

/// <summary>What only the exchange knows about the top of the tree.</summary>
/// <param name="ShardHeight">g.</param>
/// <param name="Shards">Plain root and totals of each shard, in order.</param>
/// <param name="Blinds">For levels g .. H the blinds of the nodes that are not EMPTY, by index.</param>
public sealed record TopWitness(
    int ShardHeight, IReadOnlyList<ShardSummary> Shards, IReadOnlyList<IReadOnlyList<Salt>> Blinds)
{
    /// <summary>The witness of a tree.</summary>
    public static TopWitness Of(SumTree tree)
    {
        var shape = tree.Shape;
        var shards = new List<ShardSummary>();
        foreach (var node in tree.Level(shape.ShardHeight)) shards.Add(new(node.Content, node.Totals));
        var blinds = new List<IReadOnlyList<Salt>>();
        for (var level = shape.ShardHeight; level <= shape.Height; level++)
        {
            var nodes = tree.Level(level);
            var salts = new Salt[nodes.Count];
            for (var i = 0; i < salts.Length; i++) salts[i] = nodes[i].Blind;
            blinds.Add(salts);
        }

        return new(shape.ShardHeight, shards, blinds);
    }

    /// <summary>g, k and H.</summary>
    public TreeShape Shape => new(ShardHeight, Shards.Count);

    /// <summary>A.</summary>
    public int Assets => Shards[0].Totals.Assets.Count;
}
