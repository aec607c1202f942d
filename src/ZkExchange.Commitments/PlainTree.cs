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
        tree.Hash(threads);
        return tree;
    }

    /// <summary>Builds the tree of 2^g positions of which some are taken.</summary>
    /// <param name="height">g.</param>
    /// <param name="count">How many are taken.</param>
    /// <param name="place">The position and the leaf of 0 .. count - 1; no position twice.</param>
    /// <param name="threads">How many may work at once.</param>
    public static PlainTree Build(int height, int count, Func<int, (int Position, NodeDigest Leaf)> place, int threads)
    {
        Check.That(height is >= 0 and <= TreeShape.ShardHeightMax && count <= 1 << height);
        var tree = new PlainTree(height, new NodeDigest[(2 << height) - 1]);
        tree._nodes.AsSpan(0, 1 << height).Fill(NodeDigest.Empty);
        Work.Split(count, threads, (first, several) =>
        {
            for (var i = first; i < first + several; i++)
            {
                var (position, leaf) = place(i);
                Check.That(position >= 0 && position < 1 << height);
                tree._nodes[position] = leaf;
            }
        });
        tree.Hash(threads);
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

    void Hash(int threads)
    {
        var empty = NodeDigest.Empty;
        for (var level = 1; level <= Height; level++)
        {
            var (from, to, emptyChild) = (Start(level - 1), Start(level), empty);
            var emptyParent = empty = Poseidon2.Compress(emptyChild, emptyChild);
            Work.Split(1 << (Height - level), threads, (first, count) => Poseidon2.CompressPairs(
                _nodes.AsSpan(from + (2 * first), 2 * count), _nodes.AsSpan(to + first, count),
                emptyChild, emptyParent));
        }
    }

    int Start(int level) => (2 << Height) - (2 << (Height - level));
}
