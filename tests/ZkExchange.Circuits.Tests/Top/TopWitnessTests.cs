using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Tests.Top;

public sealed class TopWitnessTests
{
    static UInt128 Most => (UInt128.One << 90) - 1;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_tree_of_shards_is_proven(int shards)
    {
        var tree = TopRun.Tree(shards);
        foreach (var disclosed in new[] { false, true })
        {
            using var run = new TopRun(TopWitness.Of(tree), TopReserves.None(3), disclosed);
            Assert.Empty(run.Check());
            Assert.Equal(tree.Root.Digest, run.Root);
        }
    }

    // E + I <= R + D and E + I <= R + C, each met exactly and missed by one.
    [Theory]
    [InlineData(100, 0, 100, 0, 0, true)]
    [InlineData(100, 0, 99, 0, 0, false)]
    [InlineData(100, 30, 70, 0, 30, true)]
    [InlineData(100, 30, 70, 0, 29, false)]
    [InlineData(100, 29, 70, 0, 30, false)]
    [InlineData(100, 30, 75, 5, 30, true)]
    [InlineData(100, 30, 75, 6, 30, false)]
    [InlineData(0, 90, 0, 0, 0, true)]
    public void Equity_is_covered_by_reserves_and_debts_up_to_the_cap(
        uint equity, uint debt, uint reserves, uint insurance, uint cap, bool isCovered)
    {
        var published = TopReserves.Of(
            [new(reserves, insurance, cap)], [Shard.Book.Asset("X", 1)]);
        Compare(new NodeTotals(1, 0, [new(equity, debt)]), published, isCovered);
    }

    [Theory]
    [InlineData(70_000, true)]
    [InlineData(70_001, false)]
    public void Bad_debt_is_within_the_insurance(int badDebt, bool isCovered) => Compare(
        new NodeTotals(1, badDebt, [default]), TopReserves.Of([new(7, 7, 0)], [Shard.Book.Asset("X", 1)]), isCovered);

    [Fact]
    public void The_largest_numbers_are_compared()
    {
        var totals = new NodeTotals((1u << 30) - 1, (BigInteger.One << 240) - 1, [new(Most, Most)]);
        Compare(totals, TopReserves.None(1), true);
        Compare(NodeTotals.Zero(1), TopReserves.None(1), true);
        Compare(NodeTotals.Zero(1) with { Assets = [new(0, Most)] }, TopReserves.None(1), true);
        Compare(totals, new([new(Most, 0, Most)], (BigInteger.One << 240) - 2), false);
        Compare(NodeTotals.Zero(1) with { Assets = [new(Most, Most)] }, new([new(0, 0, Most - 1)], 0), false);
    }

    [Fact]
    public void A11_Totals_that_do_not_fit_are_refused()
    {
        var half = new NodeTotals(1, 0, [new(UInt128.One << 89, 0)]);
        var witness = new TopWitness(
            4, [new(default, half), new(default, half)], [[default, Salt.Of(1, 0, 0, 0)], [Salt.Of(2, 0, 0, 0)]]);
        var heights = TopTrace.HeightsLog2(witness.Shape, 1, 5);
        var refusal = Assert.Throws<WitnessException>(() => TopTrace.Write(witness, TopReserves.None(1), heights));
        Assert.Equal(HostReason.HostSum, refusal.Reason);
    }

    static void Compare(NodeTotals totals, TopReserves reserves, bool isCovered)
    {
        var witness = new TopWitness(4, [new(NodeDigest.Of(1, 2), totals)], [[Salt.Of(1, 2, 3, 4)]]);
        var heights = TopTrace.HeightsLog2(witness.Shape, 1, 5);
        if (!isCovered)
        {
            var refusal = Assert.Throws<WitnessException>(() => TopTrace.Write(witness, reserves, heights));
            Assert.Equal(HostReason.HostReserves, refusal.Reason);
        }

        using var run = new TopRun(witness, reserves, checks: isCovered ? HostChecks.On : HostChecks.Off);
        Assert.Equal(isCovered, run.Check().Count == 0);
    }
}
