using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Tests.Epoch;

public class CollateralTests
{
    static readonly Tier[] s_tiers = [new(1, 100, 10_000), new(1, 300, 5000), new(2, 50, 2500)];

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 99, 990_000)]
    [InlineData(1, 100, 1_000_000)]
    [InlineData(1, 101, 1_005_000)]
    [InlineData(1, 300, 2_000_000)]
    [InlineData(1, 301, 2_000_000)]
    [InlineData(2, 50, 125_000)]
    [InlineData(2, 1_000_000, 125_000)]
    [InlineData(3, 1_000_000, 0)]
    public void F04_tiers_count_to_their_borders_and_nothing_above_the_last(int pool, int value, int counted) =>
        Assert.Equal(new BigInteger(counted), Collateral.TieredValue(s_tiers, pool, value));

    [Fact]
    public void Debts_of_all_pools_count_and_only_pledges_stand_against_them()
    {
        var table = new AssetTable(
            [new("usd", AssetClass.Fiat, 0, 3, "test", "2026-11-20T00:00:00Z", s_tiers)],
            ["a", "b", "", "", "", "", ""], 0, "USD");
        AccountEntry[] entries = [new(0, 1_000, 20), new(1 << 16, 40, 1)];
        Assert.Equal(new BigInteger(63 * 10_000), Collateral.DebtValue(table, entries));
        Assert.Equal(new BigInteger((100 * 10_000) + (20 * 5000)), Collateral.TieredValue(table, entries));
        Assert.True(Collateral.Shortfall(table, entries).IsZero);
        Assert.Equal(new BigInteger(63 * 10_000), Collateral.Shortfall(table, [new(0, 1_000, 20), new(1 << 16, 0, 1)]));
    }
}
