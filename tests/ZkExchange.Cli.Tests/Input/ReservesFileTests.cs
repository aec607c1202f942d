using ZkExchange.Cli.Input;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

public class ReservesFileTests
{
    [Fact]
    public void Rows_are_read_by_name()
    {
        var (rows, errors) = Files.ReadReserves(
            "amount,asset,address,chain,signature\n1.5,btc,bc1q,bitcoin,ab\n2,btc,bc1p,bitcoin,\n7.25,usd,,,\n");
        Assert.Empty(errors.First);
        Assert.Equal(new ReserveInput(0, 150_000_000, "bitcoin", "bc1q", "ab"), rows![0]);
        Assert.Equal([(UInt128)350_000_000, UInt128.Zero, (UInt128)725], ReserveInput.Sum(rows, 3));
    }

    [Theory]
    [InlineData("asset,amount\nbtc,-1\n", "InputNumber", 2, 2, "is negative")]
    [InlineData("asset,amount\nbtc,0.000000001\n", "InputNumber", 2, 2, "more than 8 decimals")]
    [InlineData("asset,amount\nxxx,1\n", "InputAssetUnknown", 2, 1, "the asset 'xxx' is not in the asset file")]
    [InlineData("asset,amount\nbtc,1\nbtc,2\n", "InputRow", 3, 0, "are those of line 2")]
    [InlineData("asset\nbtc\n", "InputHeader", 1, 0, "the column 'amount' is missing")]
    [InlineData("asset,amount,owner\nbtc,1,x\n", "InputHeader", 1, 3, "the column is not known")]
    [InlineData("asset,amount,chain\nbtc,1, x\n", "InputEncoding", 2, 3, "not plain")]
    [InlineData("asset,amount,chain\nbtc,12379400392853802748,a\nbtc,12379400392853802748,b\n", "InputRange", 0, 0,
        "the reserves of 'btc' are 2^90")]
    public void What_is_wrong_with_a_reserves_file_is_named(
        string text, string reason, long line, int column, string message) =>
        Files.AssertError(Files.ReadReserves(text).Errors, reason, line, column, message);

    [Fact]
    public void A_fund_is_part_of_the_reserves()
    {
        var assets = Files.GoodAssets("symbol,price,insurance\nbtc,1,2\n");
        Files.AssertError(
            Files.ReadReserves("asset,amount\nbtc,1.99999999\n", assets).Errors, "ConfigInvalid", 0, 0,
            "the insurance fund of 'btc' is larger than its reserves");
        Assert.Empty(Files.ReadReserves("asset,amount\nbtc,2\n", assets).Errors.First);
    }
}
