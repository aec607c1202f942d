using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ZkExchange.Ledger;

namespace ZkExchange.Margin.Tests.Laws;

/// <summary>The formulas against fractions of integers without a width.</summary>
public class MarginLaws
{
    static readonly Arbitrary<(long Equity, long Maintenance, long Initial)> s_pools =
        (from equity in Gen.Choose(-1000, 1000)
         from maintenance in Gen.Choose(0, 100)
         from initial in Gen.Choose(0, 200)
         select ((long)equity, (long)maintenance, (long)initial)).ToArbitrary();

    static AccountRisk Risk((long Equity, long Maintenance, long Initial) p) =>
        new(p.Equity, p.Equity, p.Maintenance + p.Initial, p.Maintenance, p.Maintenance / 2);

    [Fact]
    public void A_pool_may_become_healthy_or_no_worse() =>
        Prop.ForAll(s_pools, s_pools, (one, two) =>
        {
            var (before, after) = (Risk(one), Risk(two));

            // E / M does not fall: with M = 0, the ratio of a debt is minus infinity and of money plus infinity.
            var keepsRatio = (BigInteger)before.Equity * (BigInteger)after.Maintenance
                <= (BigInteger)after.Equity * (BigInteger)before.Maintenance;
            var keepsEquity = after.Maintenance != 0 || after.Equity >= before.Equity;
            var isLegal = after.EquityInitial >= after.Initial && after.Equity >= after.Maintenance
                && after.Equity >= 0;
            isLegal |= before.Health != Health.Healthy && keepsRatio && keepsEquity;
            Assert.Equal(isLegal, before.MayBecome(after));
            Assert.True(before.Health == Health.Healthy || before.MayBecome(before));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_limit_away_from_a_mark_is_the_last_tick_within_reach() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Gen.Choose(-999_999, 999_999).ToArbitrary(),
            (quarters, ppm) =>
            {
                var mark = (long)quarters << 14;
                var limit = MarginMath.Away(mark, ppm);
                BigInteger edge = (BigInteger)mark * (1_000_000 + ppm), unit = 65_536_000_000;
                if (ppm < 0)
                    Assert.True(limit * unit >= edge && ((limit - 1) * unit < edge || limit == 1));
                else
                    Assert.True((limit * unit <= edge && (limit + 1) * unit > edge) || limit == 1);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Requirements_rise_with_what_is_held_and_never_faster_than_their_last_bracket() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (held, more) =>
        {
            MarginTier[] tiers =
            [
                new(1_000_000, 50_000, 25_000, 15_000), new(900_000_000, 100_000, 50_000, 30_000),
                new(Amounts.Limit, 250_000, 125_000, 80_000),
            ];
            var (one, two) = (MarginMath.Requirement(tiers, held), MarginMath.Requirement(tiers, (Int128)held + more));
            Assert.True(two.Initial >= one.Initial && two.Maintenance >= one.Maintenance);
            Assert.True(two.Initial - one.Initial <= ((Int128)more * 250_000 / 1_000_000) + 1);
            Assert.True(one.CloseOut <= one.Maintenance && one.Maintenance <= one.Initial);
        }).QuickCheckThrowOnFailure();
}
