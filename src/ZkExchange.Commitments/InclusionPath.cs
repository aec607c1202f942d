using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The way from a leaf to the root (specs/40-statements.md section 6). Digests only: no sibling's balance, no
/// subtotal, no total.</summary>
/// <param name="Position">The position of the leaf.</param>
/// <param name="Siblings">H of them, the leaf's first.</param>
/// <param name="Sums">S of the nodes of levels g .. H.</param>
public sealed record InclusionPath(long Position, IReadOnlyList<NodeDigest> Siblings, IReadOnlyList<NodeDigest> Sums)
{
    /// <summary>The path of a position through its shard's plain tree and the tree above.</summary>
    public static InclusionPath Of(PlainTree shard, SumTree tree, long position)
    {
        Check.That(position >= 0 && position < tree.Shape.Positions && shard.Height == tree.Shape.ShardHeight);
        var index = (int)(position >> shard.Height);
        Check.That(tree.Level(shard.Height)[index].Content == shard.Root);
        var local = (int)(position & ((1L << shard.Height) - 1));
        return new(position, [.. shard.Path(local), .. tree.Path(index)], tree.Sums(index));
    }

    /// <summary>True if the lengths and the position are those of a tree of this shape.</summary>
    public bool Fits(TreeShape shape) =>
        shape.IsValid && Position >= 0 && Position < shape.Positions
        && Siblings.Count == shape.Height && Sums.Count == shape.Height - shape.ShardHeight + 1;

    /// <summary>The root that a leaf has under this path; sides are taken from the position alone.</summary>
    public NodeDigest Root(in NodeDigest leaf, TreeShape shape)
    {
        Check.That(Fits(shape));
        var value = leaf;
        for (var level = 0; level < shape.Height; level++)
        {
            if (level == shape.ShardHeight) value = Poseidon2.Compress(value, Sums[0]);
            var isRight = ((Position >> level) & 1) == 1;
            var inner = isRight
                ? Poseidon2.Compress(Siblings[level], value)
                : Poseidon2.Compress(value, Siblings[level]);
            value = level < shape.ShardHeight
                ? inner
                : Poseidon2.Compress(inner, Sums[level - shape.ShardHeight + 1]);
        }

        return shape.Height == shape.ShardHeight ? Poseidon2.Compress(value, Sums[0]) : value;
    }
}
