using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ZkExchange.Cli.Input;
using ZkExchange.Commitments;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

public class DecimalTextTests
{
    static DecimalFault Read(string text, int decimals, out UInt128 units) =>
        DecimalText.TryAmount(Encoding.UTF8.GetBytes(text), decimals, out units);

    [Theory]
    [InlineData("0", 8, "0")]
    [InlineData("1", 8, "100000000")]
    [InlineData("0.00000001", 8, "1")]
    [InlineData("12345678901.23456789", 8, "1234567890123456789")]
    [InlineData("1237940039.285380274899124223", 18, "1237940039285380274899124223")]
    [InlineData("1237940039285380274899124223", 0, "1237940039285380274899124223")]
    [InlineData("0.000000000000000000000000000001", 30, "1")]
    [InlineData("00000000000000000000000000000000000000000007.50", 2, "750")]
    public void An_amount_is_read_exactly(string text, int decimals, string units)
    {
        Assert.Equal(DecimalFault.None, Read(text, decimals, out var read));
        Assert.Equal(UInt128.Parse(units, CultureInfo.InvariantCulture), read);
    }

    // 2^90 and neighbours, and the classic borders of 64-bit programs, which are nothing special here.
    [Theory]
    [InlineData("1237940039285380274899124223", 0, nameof(DecimalFault.None))]
    [InlineData("1237940039285380274899124224", 0, nameof(DecimalFault.TooLarge))]
    [InlineData("12379400392.85380274899124224", 17, nameof(DecimalFault.TooLarge))]
    [InlineData("12379400392.8538027489912422", 17, nameof(DecimalFault.None))]
    [InlineData("4611686018427387903", 0, nameof(DecimalFault.None))]
    [InlineData("4611686018427387904", 0, nameof(DecimalFault.None))]
    [InlineData("9223372036854775807", 0, nameof(DecimalFault.None))]
    [InlineData("9223372036854775808", 0, nameof(DecimalFault.None))]
    [InlineData("18446744073709551615", 0, nameof(DecimalFault.None))]
    [InlineData("18446744073709551616", 0, nameof(DecimalFault.None))]
    [InlineData("2130706433", 30, nameof(DecimalFault.TooLarge))]
    [InlineData("99999999999999999999999999999999999999999999999999999999", 0, nameof(DecimalFault.TooLarge))]
    [InlineData("-9223372036854775808", 8, nameof(DecimalFault.Negative))]
    [InlineData("-1", 8, nameof(DecimalFault.Negative))]
    [InlineData("", 8, nameof(DecimalFault.Empty))]
    [InlineData("1,5", 8, nameof(DecimalFault.Comma))]
    [InlineData("1e3", 8, nameof(DecimalFault.Exponent))]
    [InlineData("1E-3", 8, nameof(DecimalFault.Exponent))]
    [InlineData("+1", 8, nameof(DecimalFault.Form))]
    [InlineData(" 1", 8, nameof(DecimalFault.Form))]
    [InlineData("1 ", 8, nameof(DecimalFault.Form))]
    [InlineData(".5", 8, nameof(DecimalFault.Form))]
    [InlineData("5.", 8, nameof(DecimalFault.Form))]
    [InlineData("1.2.3", 8, nameof(DecimalFault.Form))]
    [InlineData("0x10", 8, nameof(DecimalFault.Form))]
    [InlineData("NaN", 8, nameof(DecimalFault.Form))]
    [InlineData("٣", 8, nameof(DecimalFault.Form))]
    [InlineData("0.000000001", 8, nameof(DecimalFault.Decimals))]
    [InlineData("1.000000000", 8, nameof(DecimalFault.Decimals))]
    [InlineData("1.5", 0, nameof(DecimalFault.Decimals))]
    public void What_is_no_amount_has_a_named_fault(string text, int decimals, string fault) =>
        Assert.Equal(fault, Read(text, decimals, out _).ToString());

    [Fact]
    public void Every_amount_is_read_as_it_is_written()
    {
        var amounts = Gen.Choose(0, int.MaxValue).ArrayOf(3)
            .Select(words => (((UInt128)(uint)words[0] << 62) ^ ((UInt128)(uint)words[1] << 31) ^ (uint)words[2])
                & (Amount.Limit - 1));
        Prop.ForAll(amounts.ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (units, decimals) =>
        {
            var text = DecimalText.Format(units, decimals);
            return Read(text, decimals, out var read) == DecimalFault.None && read == units;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_price_keeps_its_value_and_loses_its_trailing_zeros()
    {
        Assert.Equal(DecimalFault.None, DecimalText.TryExact("0.0096500000000000"u8, out var price));
        Assert.Equal(new ExactDecimal(965, 5), price);
        Assert.True(price.TryScale(7, out var whole));
        Assert.Equal(new BigInteger(96500), whole);
        Assert.False(price.TryScale(4, out _));
        Assert.Equal(DecimalFault.TooLarge, DecimalText.TryExact(Encoding.ASCII.GetBytes(new string('1', 121)), out _));
    }

    [Fact]
    public void Numbers_are_written_with_their_decimals()
    {
        Assert.Equal("-0.5", DecimalText.Format(-50, 2));
        Assert.Equal("12", DecimalText.Format(1200, 2));
        Assert.Equal("1200", DecimalText.Format(1200, 0));
    }
}
