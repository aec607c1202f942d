using System.Numerics;
using ZkExchange.Ledger;

namespace ZkExchange.Margin.Tests;

public class MarginMathTests
{
    static readonly MarginTier[] s_tiers =
    [
        new(1_000, 50_000, 25_000, 15_000), new(10_000, 100_000, 50_000, 30_000),
            new(Amounts.Limit, 250_000, 125_000, 80_000),
    ];

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(1_000, 50)]
    [InlineData(1_001, 51)]
    [InlineData(10_000, 950)]
    [InlineData(20_000, 3_450)]
    public void Brackets_are_marginal_and_round_up(long notional, long initial) =>
        Assert.Equal((Int128)initial, MarginMath.Requirement(s_tiers, notional).Initial);

    [Fact]
    public void The_widest_operands_fit()
    {
        var worth = MarginMath.Worth((1L << 55) - 1, (1L << 48) - 1, 1023);
        Assert.Equal((((BigInteger)1 << 55) - 1) * (((BigInteger)1 << 48) - 1) * 1023 >> 16, (BigInteger)worth);
        _ = MarginMath.Requirement(s_tiers, (Int128.One << 104) - 1);
        _ = MarginMath.Fee(Amounts.Limit - 1, 100_000);
    }

    [Fact]
    public void Closing_in_slices_gives_up_no_less_than_closing_at_once_and_all_of_it_gives_up_everything()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var whole = (Int128)random.NextInt64(1, long.MaxValue);
            var slice = (Int128)random.NextInt64(0, (long)whole);
            var equity = (Int128)random.NextInt64(long.MinValue / 2, long.MaxValue / 2) * random.Next(1, 1 << 20);
            Assert.Equal(equity, MarginMath.GivenUp(equity, whole, whole));
            var given = MarginMath.GivenUp(equity, slice, whole);

            // The rest keeps the ratio of equity to margin, or a unit less.
            Assert.True(Rounding.CompareProducts(equity - given, whole, equity, whole - slice) <= 0);
            Assert.True(Rounding.CompareProducts(equity - given + 1, whole, equity, whole - slice) >= 0);
        }
    }

    [Fact]
    public void Cost_shares_add_up_and_round_against_the_account()
    {
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var size = random.NextInt64(1, 1L << 40);
            var lots = random.NextInt64(1, size + 1);
            var cost = (Int128)random.NextInt64(long.MinValue, long.MaxValue);
            var share = MarginMath.CostShare(cost, lots, size);
            Assert.True((BigInteger)share * size >= (BigInteger)cost * lots);
            Assert.True(((BigInteger)share - 1) * size < (BigInteger)cost * lots);
            Assert.Equal(cost, MarginMath.CostShare(cost, size, size));
        }
    }

    [Fact]
    public void A_partial_liquidation_reaches_its_target_and_a_lot_less_does_not()
    {
        var risk =
            new ContractRisk { Tiers = [new(Amounts.Limit, 100_000, 50_000, 30_000)], LiquidationFeePpm = 5_000 };
        var random = new Random(5);
        for (var i = 0; i < 1000; i++)
        {
            var mark = random.NextInt64(1_000L << 16, 900_000L << 16);
            var size = random.NextInt64(1_000, 1_000_000);
            var notional = MarginMath.Notional(size, mark, 10);
            var maintenance = MarginMath.Requirement(risk.Tiers, notional).Maintenance;
            var equity = maintenance * random.Next(60, 99) / 100;
            var lots = MarginMath.PartialSize(equity, maintenance, size, mark, 10, risk);
            Assert.InRange(lots, 1, size);
            if (lots < size)
            {
                Assert.True(Reaches(lots + 1));
                Assert.False(Reaches(lots - 2));
            }

            bool Reaches(long closed)
            {
                var left = MarginMath.Requirement(risk.Tiers, MarginMath.Notional(size - closed, mark, 10)).Maintenance;
                var fee = MarginMath.Fee(MarginMath.Notional(closed, mark, 10), risk.LiquidationFeePpm);
                return (equity - fee) * MarginMath.Million >= left * risk.LiquidationTargetPpm;
            }
        }
    }

    // An index of next to nothing beside a book that did not follow stopped the process.
    [Fact]
    public void A_premium_has_a_bound()
    {
        var risk = new ContractRisk { Tiers = [new MarginTier(Int128.One << 90, 50_000, 25_000, 15_000)] };
        var contract = new Contract(0, 1, risk with { FundingCapPpm = 7500 }) { Mark = 1 << 16 };
        for (var i = 0; i < 1000; i++)
            contract.SamplePremium(1, uint.MaxValue - 2, uint.MaxValue - 1);
        Assert.Equal(7500, contract.EndFundingInterval(true));
        for (var i = 0; i < 1000; i++)
            contract.SamplePremium((1L << 48) - 1, 1, 2);
        Assert.Equal(-7500, contract.EndFundingInterval(true));
    }
}
