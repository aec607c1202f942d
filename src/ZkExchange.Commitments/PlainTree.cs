using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The tree inside a shard: 2^g leaves, node = Compress(left, right), nothing else.</summary>
/// <remarks>Levels lie one after the other, leaves first. Parents of two unused positions are looked up, not computed,
/// so a thinly used shard costs what is in it.</remarks>
public sealed class PlainTree
{
    readonly NodeDigest[] _nodes;

    PlainTree(int height, NodeDigest[] nodes) => (Height, _nodes) = (height, nodes);

    /// <summary>g.</summary>
    public int Height { get; }

    /// <summary>The node at the top.</summary>
    public NodeDigest Root => _nodes[^1];

    /// <summary>The nodes of a level 0 .. g, by index; level 0 are the leaves.</summary>
    public ReadOnlySpan<NodeDigest> Level(int level)
    {
        Check.That(level >= 0 && level <= Height);
        return _nodes.AsSpan(Start(level), 1 << (Height - level));
    }

    /// <summary>Builds the tree over 2^g leaves; an unused position holds <see cref="NodeDigest.Empty"/>.</summary>
    public static PlainTree Build(ReadOnlySpan<NodeDigest> leaves, int threads = 1)
    {
        Check.That(leaves.Length > 0 && (leaves.Length & (leaves.Length - 1)) == 0);
        var height = System.Numerics.BitOperations.Log2((uint)leaves.Length);
        Check.That(height <= TreeShape.ShardHeightMax);
        var tree = new PlainTree(height, new NodeDigest[(2 * leaves.Length) - 1]);
        leaves.CopyTo(tree._nodes);
        var empty = NodeDigest.Empty;
        for (var level = 1; level <= height; level++)
        {
            var (from, to, emptyChild) = (tree.Start(level - 1), tree.Start(level), empty);
            var emptyParent = empty = Poseidon2.Compress(emptyChild, emptyChild);
            Work.Split(1 << (height - level), threads, (first, count) => Poseidon2.CompressPairs(
                tree._nodes.AsSpan(from + (2 * first), 2 * count), tree._nodes.AsSpan(to + first, count),
                emptyChild, emptyParent));
        }

        return tree;
    }

    /// <summary>The g siblings of a position, the leaf's first.</summary>
    public NodeDigest[] Path(int position)
    {
        Check.That(position >= 0 && position < 1 << Height);
        var path = new NodeDigest[Height];
        for (var level = 0; level < Height; level++)
            path[level] = _nodes[Start(level) + ((position >> level) ^ 1)];
        return path;
    }

    int Start(int level) => (2 << Height) - (2 << (Height - level));
}
