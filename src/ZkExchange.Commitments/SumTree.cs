// The tree above the shards (specs/40-statements.md section 3): totals(parent) = totals(left) + totals(right), and
//
//   shard node = Compress(root of the plain tree, S)       upper node = Compress(Compress(left, right), S)
//
// A node all of whose shards have an index of k or more is EMPTY with totals of zero.

using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>What a shard brings to the upper tree.</summary>
/// <param name="PlainRoot">The root of its plain tree.</param>
/// <param name="Totals">What lies in it.</param>
public sealed record ShardSummary(NodeDigest PlainRoot, NodeTotals Totals);

/// <summary>The Merkle-sum tree with hidden sums over the shards.</summary>
public sealed class SumTree
{
    readonly SumNode[][] _levels;                              // [level - g][index], without the EMPTY nodes

    SumTree(TreeShape shape, SumNode[][] levels) => (Shape, _levels) = (shape, levels);

    /// <summary>g, k and H.</summary>
    public TreeShape Shape { get; }

    /// <summary>The root of the epoch.</summary>
    public SumNode Root => _levels[^1][0];

    /// <summary>The nodes of a level g .. H that are not EMPTY, by index.</summary>
    public IReadOnlyList<SumNode> Level(int level) => _levels[level - Shape.ShardHeight];

    /// <summary>Builds the tree; totals that do not fit break a check.</summary>
    /// <param name="shardHeight">g.</param>
    /// <param name="shards">In order.</param>
    /// <param name="blind">The blind of (level, index); never the same for two nodes.</param>
    public static SumTree Build(int shardHeight, IReadOnlyList<ShardSummary> shards, Func<int, int, Salt> blind)
    {
        var shape = new TreeShape(shardHeight, shards.Count);
        Check.That(shape.IsValid);
        var levels = new SumNode[shape.Height - shardHeight + 1][];
        levels[0] = [.. shards.Select((shard, index) =>
            SumNode.Of(shardHeight, index, shard.Totals, blind(shardHeight, index), shard.PlainRoot))];
        for (var level = shardHeight + 1; level <= shape.Height; level++)
        {
            var below = levels[level - shardHeight - 1];
            var nodes = levels[level - shardHeight] = new SumNode[shape.NodesAt(level)];
            for (var i = 0; i < nodes.Length; i++)
            {
                var (left, right) = (below[2 * i], (2 * i) + 1 < below.Length ? below[(2 * i) + 1] : null);
                var totals = right is null ? left.Totals : left.Totals + right.Totals;
                var content = Poseidon2.Compress(left.Digest, right?.Digest ?? NodeDigest.Empty);
                nodes[i] = SumNode.Of(level, i, totals, blind(level, i), content);
            }
        }

        return new(shape, levels);
    }

    /// <summary>The H - g siblings above a shard, the lowest first.</summary>
    public NodeDigest[] Path(int shard)
    {
        Check.That(shard >= 0 && shard < Shape.ShardCount);
        var path = new NodeDigest[_levels.Length - 1];
        for (var up = 0; up < path.Length; up++)
        {
            var sibling = (shard >> up) ^ 1;
            path[up] = sibling < _levels[up].Length ? _levels[up][sibling].Digest : NodeDigest.Empty;
        }

        return path;
    }

    /// <summary>S of the nodes of levels g .. H above a shard.</summary>
    public NodeDigest[] Sums(int shard)
    {
        Check.That(shard >= 0 && shard < Shape.ShardCount);
        return [.. _levels.Select((level, up) => level[shard >> up].Sums)];
    }
}
