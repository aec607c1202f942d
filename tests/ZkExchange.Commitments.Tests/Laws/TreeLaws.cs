using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZkExchange.Commitments.Tests.Laws;

public class TreeLaws
{
    static readonly AssetTotals[] s_totals = [new(10, 3)];

    [Fact]
    public void A_tree_is_its_definition_on_any_number_of_threads() => Prop.ForAll(Leaves(), leaves =>
    {
        var tree = PlainTree.Build(leaves);
        Assert.Equal(RootOf(leaves), tree.Root);
        var threaded = PlainTree.Build(leaves, threads: 3);
        for (var level = 0; level <= tree.Height; level++)
            Assert.True(tree.Level(level).SequenceEqual(threaded.Level(level)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_large_tree_is_the_same_on_two_threads()
    {
        var leaves = Enumerable.Range(0, 2048).Select(i => i % 3 == 0 ? NodeDigest.Empty : Samples.Digest((uint)i));
        NodeDigest[] all = [.. leaves];
        Assert.Equal(PlainTree.Build(all).Root, PlainTree.Build(all, threads: 2).Root);
    }

    [Fact]
    public void D05_A_repeated_or_missing_last_leaf_is_another_tree()
    {
        var (a, b, c) = (Samples.Digest(1), Samples.Digest(2), Samples.Digest(3));
        NodeDigest[] roots =
        [
            PlainTree.Build([a, b, c, NodeDigest.Empty]).Root,
            PlainTree.Build([a, b, c, c]).Root,
            PlainTree.Build([a, b]).Root,
            PlainTree.Build([a, b, NodeDigest.Empty, NodeDigest.Empty]).Root,
        ];
        Assert.Equal(4, roots.Distinct().Count());
    }

    [Fact]
    public void Totals_of_a_parent_are_those_of_its_children()
    {
        for (var shards = 1; shards <= 9; shards++)
        {
            var tree = Upper(shards);
            var shape = tree.Shape;
            Assert.Equal((uint)shards, tree.Root.Totals.Accounts);
            Assert.Equal(new((UInt128)(10 * shards), (UInt128)(3 * shards)), tree.Root.Totals.Assets[0]);
            for (var level = shape.ShardHeight; level <= shape.Height; level++)
                Assert.Equal(shape.NodesAt(level), tree.Level(level).Count);
        }
    }

    [Fact]
    public void Every_input_of_hidden_sums_changes_them()
    {
        var totals = new NodeTotals(5, 6, [new(7, 8), new(9, 10)]);
        var blind = Salt.Of(1, 2, 3, 4);
        NodeDigest[] sums =
        [
            HiddenSums.Of(3, totals, blind),
            HiddenSums.Of(4, totals, blind),
            HiddenSums.Of(3, totals with { Accounts = 6 }, blind),
            HiddenSums.Of(3, totals with { BadDebt = BigInteger.One << 239 }, blind),
            HiddenSums.Of(3, totals with { Assets = [new(8, 7), new(9, 10)] }, blind),
            HiddenSums.Of(3, totals with { Assets = [new(9, 10), new(7, 8)] }, blind),
            HiddenSums.Of(3, totals with { Assets = [new(7, 8)] }, blind),
            HiddenSums.Of(3, totals with { Assets = [new(7, 8), new(9, 10), default] }, blind),
            HiddenSums.Of(3, totals, Salt.Of(1, 2, 3, 5)),
        ];
        Assert.Equal(sums.Length, sums.Distinct().Count());
    }

    [Fact]
    public void Totals_that_do_not_fit_are_not_hashed()
    {
        var totals = NodeTotals.Zero(1);
        Assert.True(totals.IsValid);
        Assert.False((totals with { Accounts = 1 << 30 }).IsValid);
        Assert.False((totals with { BadDebt = BigInteger.One << 240 }).IsValid);
        Assert.False((totals with { BadDebt = -1 }).IsValid);
        Assert.False((totals with { Assets = [new(Amount.Limit, 0)] }).IsValid);
        Assert.Throws<InvalidOperationException>(
            () => HiddenSums.Of(0, totals with { Assets = [new(0, Amount.Limit)] }, default));
    }

    [Fact]
    public void A01_Amounts_have_one_split_into_words() => Prop.ForAll(Draws.Value.ToArbitrary(), value =>
    {
        UInt128 sum = 0;
        for (var i = 0; i < Amount.Words; i++)
        {
            Assert.True(Amount.Word(value, i) < 1u << Amount.WordBits);
            sum += (UInt128)Amount.Word(value, i) << (Amount.WordBits * i);
        }

        Assert.Equal(value, sum);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Amounts_are_told_exactly()
    {
        Assert.Equal("0", Amount.ToText(0, 8));
        Assert.Equal("0.00000001", Amount.ToText(1, 8));
        Assert.Equal("1", Amount.ToText(100_000_000, 8));
        Assert.Equal("12.5", Amount.ToText(1_250_000_000, 8));
        Assert.Equal("1237940039285380274899124223", Amount.ToText(Amount.Limit - 1, 0));
    }

    static SumTree Upper(int shards) => SumTree.Build(
        2,
        [.. Enumerable.Range(0, shards).Select(i => new ShardSummary(Samples.Digest((uint)i), new(1, 0, s_totals)))],
        (level, index) => Salt.Of((uint)level, (uint)index, 0, 0));

    static Arbitrary<NodeDigest[]> Leaves() =>
        Gen.Choose(0, 6).SelectMany(height => Gen.Frequency(
            (1, Gen.Constant(NodeDigest.Empty)), (1, Draws.Word.Select(Samples.Digest))).ArrayOf(1 << height))
        .ToArbitrary();

    static NodeDigest RootOf(ReadOnlySpan<NodeDigest> leaves) =>
        leaves.Length == 1
            ? leaves[0]
            : Poseidon2.Compress(RootOf(leaves[..(leaves.Length / 2)]), RootOf(leaves[(leaves.Length / 2)..]));
}
