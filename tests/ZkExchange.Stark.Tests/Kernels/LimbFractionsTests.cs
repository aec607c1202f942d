using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Proving.Tiles;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Kernels;

/// <summary>Fractions of limbs that are looked up are those that are divided.</summary>
public sealed unsafe class LimbFractionsTests
{
    const int Stride = Tile.Points + 16;

    static readonly Quintic s_start = Element(3);
    static readonly Quintic s_slope = Element(1000);
    static readonly SentWord s_left = new(0, 1);
    static readonly SentWord s_right = new(2, 3);

    [Fact]
    public void A_sum_of_two_is_their_inverses_times_their_multiplicities()
    {
        using var tile = Drawn();
        using var sums = new Matrix(1, Quintic.Degree * Stride);
        Assert.True(TrySum(tile, sums));
        for (var i = 0; i < Tile.Points; i++)
        {
            var expected = Fraction(tile[0][i], tile[1][i]) + Fraction(tile[2][i], tile[3][i]);
            Assert.Equal(expected, TileScalar.Get(sums.Pointer(0) + i, Stride));
        }
    }

    [Theory]
    [InlineData(2, LimbFractions.Limit, 1, false)]
    [InlineData(0, LimbFractions.Limit - 1, 1, true)]
    [InlineData(2, KoalaBear.Modulus - 1, 1, false)]
    [InlineData(0, KoalaBear.Modulus - 1, 0, true)]
    [InlineData(0, 5, 2, false)]
    [InlineData(2, 5, KoalaBear.Modulus - 1, false)]
    public void What_is_sent_is_a_limb_and_once(int plane, uint word, uint weight, bool isAccepted)
    {
        using var tile = Drawn();
        using var sums = new Matrix(1, Quintic.Degree * Stride);
        tile[plane][77] = KoalaBear.From(word).Residue;
        tile[plane + 1][77] = KoalaBear.From(weight).Residue;
        Assert.Equal(isAccepted, TrySum(tile, sums));
        if (!isAccepted) Assert.All(sums.Row(0).ToArray(), sum => Assert.Equal(KoalaBear.Zero, sum));
    }

    [Fact]
    public void There_is_no_table_where_a_fingerprint_could_be_zero()
    {
        Assert.Null(LimbFractions.Of(s_slope * -KoalaBear.From(5), s_slope));
        Assert.Null(LimbFractions.Of(s_start, Quintic.Zero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(512)]
    public void Words_that_are_no_limbs_are_proven_too(int limbs)
    {
        // 512 rows are four tiles of one chunk: the fractions of the first are looked up, the others are divided.
        var range = new Bus(1, "range", BusKind.Lookup, 1);
        var table = new Table("words", 4, 9, 20);
        table.OnEvery(table[1] * table[1] - table[1], "the flag is one");
        table.Send(range, table[1], [table[0]], "given");
        table.Send(range, table[1], [table[0] + 1], "given with its neighbour");
        table.Receive(range, table[2], [table[0]], "taken");
        table.Receive(range, table[3], [table[0] + 1], "taken with its neighbour");
        var key = VerifyingKey.Of(new("words", [table], [range], 0, []));
        var trace = new Matrix(512, 4);
        for (var i = 0; i < trace.Rows; i++)
        {
            trace[i, 0] = KoalaBear.From(i < limbs ? (uint)(i * 61) : (uint)(i * 3_000_001));
            for (var c = 1; c < 4; c++) trace[i, c] = KoalaBear.From(i % 3 == 0 ? 0u : 1);
        }

        var claim = new Claim(new([.. Enumerable.Repeat((byte)7, 32)]), [], []);
        var proof = StarkProver.Prove(key, Toys.Weak, claim, [trace], new() { Threads = 2 });
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(key, Toys.Weak, claim, proof));
    }

    static bool TrySum(Tile tile, Matrix sums) => LimbFractions.Of(s_start, s_slope)!.TrySum(
        tile[0], s_left, s_right, sums.Pointer(0), Stride, tile[4]);

    /// <summary>Limbs, the last among them, and multiplicities of both kinds.</summary>
    static Tile Drawn()
    {
        var random = new Random(7);
        var tile = new Tile(8);
        for (var i = 0; i < Tile.Points; i++)
        {
            for (var plane = 0; plane < 4; plane += 2)
            {
                var word = i == 0 ? LimbFractions.Limit - 1 : random.Next(LimbFractions.Limit);
                tile[plane][i] = KoalaBear.From((uint)word).Residue;
                tile[plane + 1][i] = KoalaBear.From((uint)(i == 0 ? 1 : random.Next(2))).Residue;
            }
        }

        return tile;
    }

    static Quintic Fraction(uint word, uint weight) =>
        (s_start + s_slope * KoalaBear.FromResidue(word)).Inverse() * KoalaBear.FromResidue(weight);

    static Quintic Element(uint seed) => new(
        KoalaBear.From(seed), KoalaBear.From(seed * seed), KoalaBear.From(seed + 7), KoalaBear.From(seed * 3),
        KoalaBear.From(seed + 11));
}
