using Xunit;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Forgery.Books;

namespace ZkExchange.Forgery.Circuits;

/// <summary>A node in the last rows of the tree table that never comes to its seal.</summary>
public sealed class GhostNodeTests
{
    // After the last asset its flags are only known to be y of another asset and 1 - y of a pair, and what follows
    // would say that y is 0 or 1. In the last row nothing follows. With y = 5 the two cancelled in the one law that
    // the last row had (4 y + 5 (1 - y) = 0), and the pair of -4 gave away eight children that nobody had made.
    [Fact]
    public void G17_T51_The_last_row_is_not_five_assets_and_a_pair_of_minus_four()
    {
        var tree = TopFixture.Tree(3);
        using var top = new TopFixture(tree, TopFixture.Exact(tree.Root.Totals));
        var trace = top.Tables[TopCircuit.TreeTableIndex]!;
        var assets = tree.Root.Totals.Assets.Count;

        var opening = HiddenSums.OpeningBlock(6, NodeTotals.Zero(assets), default);
        var state = Write(trace, trace.Rows - 2 - assets, opening, 0);
        for (var i = 0; i < assets; i++) state = Write(trace, trace.Rows - 1 - assets + i, state, i + 1);
        var before = state;
        Write(trace, trace.Rows - 1, before, assets + 1);

        var last = trace.Row(trace.Rows - 1);
        last[TreeTable.IsUpperAsset] = KoalaBear.From(5);
        last[TreeTable.IsPair] = KoalaBear.From(-4);
        for (var i = 0; i < NodeDigest.Length; i++)
        {
            var word = last[TreeTable.Inputs + NodeDigest.Length + i];
            last[TreeTable.High + i] = before[i];
            last[TreeTable.Sums + 2 * i] = word - KoalaBear.From(1 << 15) * before[i];
            last[TreeTable.Sums + 2 * i + 1] = before[i];
        }

        var laws = top.Broken()
            .Where(law => string.Equals(law.Where, "tree", StringComparison.Ordinal)).Select(law => law.Law);
        Assert.Equal(["tree: the last row is no asset above", "tree: the last row is no pair"], laws);
    }

    static NodeDigest Write(Matrix trace, long place, in NodeDigest left, int id)
    {
        var row = trace.Row(place);
        row.Clear();
        row[id == 0 ? TreeTable.IsUpperOpen : TreeTable.IsUpperAsset] = KoalaBear.One;
        row[TreeTable.Level] = KoalaBear.From(6);
        row[TreeTable.Id] = KoalaBear.From((uint)id);
        var right = id == 0 ? default : NodeDigest.Of((uint)id - 1);
        var digest = PermutationRows.Write(left, right, row);
        if (id > 0) row[TreeTable.Sums] = KoalaBear.From((uint)id - 1);
        return digest;
    }
}
