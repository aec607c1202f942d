namespace ZkExchange.Commitments;

/// <summary>One node of the upper tree with everything that its digest hides.</summary>
/// <param name="Level">g .. H.</param>
/// <param name="Index">Its index in the level.</param>
/// <param name="Totals">What lies below it.</param>
/// <param name="Blind">Fresh for this node and epoch.</param>
/// <param name="Content">The root of the plain tree at level g, Compress(left, right) above.</param>
/// <param name="Sums">S of the totals.</param>
/// <param name="Digest">Compress(Content, Sums).</param>
public sealed record SumNode(
    int Level, int Index, NodeTotals Totals, Salt Blind, NodeDigest Content, NodeDigest Sums, NodeDigest Digest)
{
    /// <summary>The node with these contents.</summary>
    public static SumNode Of(int level, int index, NodeTotals totals, in Salt blind, in NodeDigest content)
    {
        var sums = HiddenSums.Of(level, totals, blind);
        return new(level, index, totals, blind, content, sums, Poseidon2.Compress(content, sums));
    }
}
