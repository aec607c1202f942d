using System.Numerics;
using ZkExchange.Commitments;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

public class AssetFileTests
{
    [Fact]
    public void Weights_are_whole_on_the_least_common_scale()
    {
        // eth: 3500.5 has one decimal, 18 of its own: scale 19. btc: 65000 * 10^(19 - 8).
        var input = Files.GoodAssets();
        Assert.Equal(19, input.Table.ValueScale);
        Assert.Equal("USD", input.Table.ValueUnit);
        Assert.Equal((UInt128)65000 * 100_000_000_000, input.Table.Assets[0].Weight);
        Assert.Equal((UInt128)35005, input.Table.Assets[1].Weight);
        Assert.Equal(UInt128.Parse("100000000000000000"), input.Table.Assets[2].Weight);
        Assert.Equal(["loan", "margin", "portfolio", "", "", "", ""], input.Table.Pools);
        Assert.Equal(
            [new(1, BigInteger.Pow(10, 5 + 19), 8000), new(2, 5 * BigInteger.Pow(10, 4 + 19), 5000)],
            input.Table.Assets[1].Tiers);
    }

    [Fact]
    public void A_scale_is_not_larger_than_needed()
    {
        var input = Files.GoodAssets("symbol,decimals,price\na,2,1000\nb,0,20\n");
        Assert.Equal(0, input.Table.ValueScale);
        Assert.Equal([(UInt128)10, (UInt128)20], input.Table.Assets.Select(asset => asset.Weight));
    }

    [Fact]
    public void Optional_columns_are_read_by_name_in_any_order()
    {
        var input = Files.GoodAssets(
            "netting_cap,class,price,time,symbol,source,insurance,decimals,tiers\n"
            + "2.5,native,10,2026-11-19T23:59:59Z,btc,an exchange,1.25,8,[0-10:100]\n"
            + ",,1,,usd,,,2,\n");
        var btc = input.Table.Assets[0];
        Assert.Equal(
            (AssetClass.Native, "an exchange", "2026-11-19T23:59:59Z"), (btc.Class, btc.PriceSource, btc.PriceTime));
        Assert.Equal([(UInt128)250_000_000, UInt128.Zero], input.NettingCaps);
        Assert.Equal([(UInt128)125_000_000, UInt128.Zero], input.Insurance);
        var usd = input.Table.Assets[1];
        Assert.Equal((AssetClass.Other, "unstated", Files.Time), (usd.Class, usd.PriceSource, usd.PriceTime));
        Assert.Equal("pledged", input.Table.Pools[0]);
    }

    [Theory]
    [InlineData("symbol,price\nbtc,1\nBTC,2\n", "ConfigInvalid", 3, 1, "the asset 'BTC' is listed twice")]
    [InlineData("symbol,price\nbtc,\n", "ConfigInvalid", 2, 2, "the asset 'btc' has no price")]
    [InlineData("symbol,price\nbtc,0.00\n", "ConfigInvalid", 2, 2, "the price of 'btc' is zero")]
    [InlineData("symbol,price\nbtc,-1\n", "ConfigInvalid", 2, 2, "'-1' is negative")]
    [InlineData("symbol,price\nbtc,\"1,5\"\n", "ConfigInvalid", 2, 2, "'1,5' has a comma")]
    [InlineData("symbol,price\nbtc,1,5\n", "InputRow", 2, 0, "the row has 3 cells, the header has 2")]
    [InlineData("symbol,price\nb tc,1\n", "ConfigInvalid", 2, 1, "'b tc' is no symbol")]
    [InlineData("symbol,price\nbtç,1\n", "ConfigInvalid", 2, 1, "'btç' is no symbol")]
    [InlineData("symbol,price\n", "HostCount", 0, 0, "the file lists no asset")]
    [InlineData("symbol\nbtc\n", "InputHeader", 1, 0, "the column 'price' is missing")]
    [InlineData("price\n1\n", "InputHeader", 1, 0, "the column 'symbol' is missing")]
    [InlineData("symbol,price,symbol\nbtc,1,eth\n", "InputHeader", 1, 3, "the column is repeated")]
    [InlineData("symbol,price,token\nbtc,1,eth\n", "InputHeader", 1, 3, "the column means the same as 'symbol'")]
    [InlineData("symbol,price,usdt_price\nbtc,1,1\n", "InputHeader", 1, 3, "the column means the same as 'price'")]
    [InlineData("symbol,price,prise\nbtc,1,1\n", "InputHeader", 1, 3, "the column is not known")]
    [InlineData("symbol,price,\nbtc,1,1\n", "InputHeader", 1, 3, "the column has no name")]
    [InlineData("symbol;price\nbtc;1\n", "InputHeader", 1, 1, "the cells are not separated by commas")]
    [InlineData("", "InputEncoding", 0, 0, "the file is empty")]
    [InlineData("symbol,price,decimals\nbtc,1,31\n", "ConfigInvalid", 2, 3, "'31' is no number of decimals")]
    [InlineData("symbol,price,class\nbtc,1,Native\n", "ConfigInvalid", 2, 3, "'Native' is no class")]
    [InlineData("symbol,price,time\nbtc,1,2026-02-30T00:00:00Z\n", "ConfigInvalid", 2, 3, "is no time")]
    [InlineData("symbol,price,source\nbtc,1, x\n", "ConfigInvalid", 2, 3, "the source is no plain text")]
    [InlineData("symbol,price,insurance\nbtc,1,0.000000001\n", "InputNumber", 2, 3, "more than 8 decimals")]
    [InlineData("symbol,price,netting_cap\nbtc,1,99999999999999999999\n", "InputRange", 2, 3, "is too large")]
    [InlineData("symbol,decimals,price\nbtc,8,12379400392853802748\nx,30,1\n", "ConfigInvalid", 2, 3,
        "is 2^90 or more")]
    [InlineData("symbol,decimals,price\nx,30,0.0000000000000000000000000000001\n", "ConfigInvalid", 2, 3,
        "need 61 places")]
    public void What_is_wrong_with_an_asset_file_is_named(
        string text, string reason, long line, int column, string message) =>
        Files.AssertError(Files.ReadAssets(text).Errors, reason, line, column, message);

    [Theory]
    [InlineData("[0-10:100,20-30:90]", "leaves a gap")]
    [InlineData("[0-10:100,5-30:90]", "overlaps")]
    [InlineData("[1-10:100]", "leaves a gap")]
    [InlineData("[0-10:100,10-10:90]", "is empty")]
    [InlineData("[0-10:90,10-20:91]", "is above the one before it")]
    [InlineData("[0-10:100.5]", "not 0 to 100 percent")]
    [InlineData("[0-10:33.333]", "not 0 to 100 percent")]
    [InlineData("[0-10]", "is not low-high:percent")]
    [InlineData("[0-10:-5]", "is not low-high:percent")]
    [InlineData("[0-10:5,]", "is not low-high:percent")]
    [InlineData("0-10:5", "is not in brackets")]
    [InlineData("[0-0.000000001:5]", "more decimals than the values have")]
    [InlineData("[0-1000000000000000000000000000000000000000000000000000000:5]", "2^180 units of value or more")]
    public void A_wrong_tier_list_is_named(string tiers, string message) =>
        Files.AssertError(
            Files.ReadAssets($"symbol,price,tiers\nbtc,1,\"{tiers}\"\n").Errors, "ConfigInvalid", 2, 3, message);

    [Fact]
    public void A_byte_order_mark_and_crlf_are_read_as_nothing()
    {
        var input = Files.GoodAssets("\uFEFF" + Files.Assets.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal(3, input.Table.Assets.Count);
    }
}
