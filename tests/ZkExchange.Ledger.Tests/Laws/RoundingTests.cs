using System.Numerics;

namespace ZkExchange.Ledger.Tests.Laws;

/// <summary>Integer division against arithmetic without a width.</summary>
public class RoundingTests
{
    [Fact]
    public void Wide_products_divide_as_unbounded_integers_do()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var (a, b, c) = (Draw(random), Draw(random), Draw(random) + 1);
            var exact = (BigInteger)a * b;
            var floor = exact / c;
            if (floor >= BigInteger.One << 126) continue;
            Assert.Equal(floor, (BigInteger)Rounding.MulDivFloor(a, b, c));
            Assert.Equal(exact % c == 0 ? floor : floor + 1, (BigInteger)Rounding.MulDivCeil(a, b, c));
        }
    }

    [Fact]
    public void Products_compare_as_unbounded_integers_do()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var values = new Int128[4];
            for (var k = 0; k < 4; k++) values[k] = random.Next(2) == 0 ? Draw(random) : -Draw(random);
            if (random.Next(4) == 0) (values[2], values[3]) = (values[1], values[0]);
            Assert.Equal(
                Math.Sign(((BigInteger)values[0] * values[1]).CompareTo((BigInteger)values[2] * values[3])),
                Math.Sign(Rounding.CompareProducts(values[0], values[1], values[2], values[3])));
        }
    }

    [Theory]
    [InlineData(7, 2, 3, 4)]
    [InlineData(-7, 2, -4, -3)]
    [InlineData(6, 3, 2, 2)]
    [InlineData(-6, 3, -2, -2)]
    [InlineData(0, 5, 0, 0)]
    public void Signed_division_rounds_as_its_name_says(int a, int b, int floor, int ceiling)
    {
        Assert.Equal(floor, Rounding.FloorDiv(a, b));
        Assert.Equal(ceiling, Rounding.CeilDiv(a, b));
    }

    [Fact]
    public void A_quotient_too_wide_stops_rather_than_wraps() =>
        Assert.ThrowsAny<Exception>(() => Rounding.MulDivFloor(Int128.MaxValue, Int128.MaxValue, 3));

    // All widths are equally likely, so small, large and mixed operands all occur.
    static Int128 Draw(Random random)
    {
        var bits = random.Next(0, 127);
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        var value = System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(bytes) & Int128.MaxValue;
        return value >> (127 - bits);
    }
}
