using ZkExchange.Fields;

namespace ZkExchange.Stark.Merkle;

/// <summary>What one opening of a tree at many positions consists of, in the one order that exists: for each class its
/// distinct rows ascending, each with its salt; then level by level the digests that cannot be computed.</summary>
/// <remarks>A function of layout and positions: the number of bytes is known before any is read
/// (specs/30-proof-system.md section 4.3).</remarks>
public sealed class OpeningPlan
{
    /// <summary>The plan of some positions.</summary>
    /// <param name="layout">The tree.</param>
    /// <param name="positions">Positions in any domain at least as large as the tree's, any order, repeats allowed.
    /// </param>
    public OpeningPlan(TreeLayout layout, ReadOnlySpan<int> positions)
    {
        Layout = layout;
        var rows = new int[layout.Classes.Count][];
        for (var i = 0; i < rows.Length; i++) rows[i] = Distinct(positions, layout.Classes[i].LeavesLog2);
        Rows = rows;

        var siblings = new int[layout.LeavesLog2][];
        var pairs = new NodePair[layout.LeavesLog2][];
        var known = rows[0];
        for (var level = 0; level < siblings.Length; level++)
        {
            known = Ascend(known, 1 << (layout.LeavesLog2 - level - 1), out siblings[level], out pairs[level]);
        }

        Siblings = siblings;
        Pairs = pairs;
        foreach (var list in siblings) Bytes += (long)list.Length * Digest32.Bytes;
        for (var i = 0; i < rows.Length; i++) Bytes += (long)rows[i].Length * RowBytes(i);
    }

    public TreeLayout Layout { get; }

    /// <summary>For each class of the layout the indices of its opened rows, ascending.</summary>
    public IReadOnlyList<int[]> Rows { get; }

    /// <summary>For each level, from the leaves up, the indices of the nodes whose digests are given, in the order of
    /// their parents.</summary>
    public IReadOnlyList<int[]> Siblings { get; }

    /// <summary>For each level the parents that can be computed, ascending, by their children.</summary>
    internal IReadOnlyList<NodePair[]> Pairs { get; }

    /// <summary>Bytes of the opening.</summary>
    public long Bytes { get; }

    /// <summary>Bytes of a row of a class of the layout, with its salt.</summary>
    public int RowBytes(int place) => Canonical.WordBytes * Layout.Classes[place].Words + Layout.SaltBytes;

    static int[] Distinct(ReadOnlySpan<int> positions, int log2)
    {
        Check.That(positions.Length > 0);
        var indices = new int[positions.Length];
        for (var i = 0; i < indices.Length; i++) indices[i] = positions[i] & ((1 << log2) - 1);
        Array.Sort(indices);

        var count = 1;
        for (var i = 1; i < indices.Length; i++)
        {
            if (indices[i] != indices[count - 1]) indices[count++] = indices[i];
        }

        return indices[..count];
    }

    /// <summary>The parents of the known nodes, ascending; and the children of theirs that are not known.</summary>
    static int[] Ascend(int[] known, int half, out int[] siblings, out NodePair[] pairs)
    {
        var split = Array.BinarySearch(known, half);
        split = split < 0 ? ~split : split;

        var parents = new List<int>(known.Length);
        var given = new List<int>(known.Length);
        var children = new List<NodePair>(known.Length);
        var (low, high) = (0, split);
        while (low < split || high < known.Length)
        {
            var left = low < split ? known[low] : int.MaxValue;
            var right = high < known.Length ? known[high] - half : int.MaxValue;
            parents.Add(Math.Min(left, right));
            children.Add(new(left <= right ? low++ : ~given.Count, right <= left ? high++ : ~given.Count));
            if (left < right) given.Add(left + half);
            if (right < left) given.Add(right);
        }

        siblings = [.. given];
        pairs = [.. children];
        return [.. parents];
    }
}

/// <summary>The two children of a node: the place among those known, or the complement of the place among those given.
/// </summary>
readonly record struct NodePair(int Left, int Right);
