using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests;

public class Poseidon2Tests
{
    static readonly uint[] s_publishedInput =
    [
        894848333, 1437655012, 1200606629, 1690012884, 71131202, 1749206695, 1717947831, 120589055,
        19776022, 42382981, 1831865506, 724844064, 171220207, 1299207443, 227047920, 1783754913,
    ];

    static readonly uint[] s_publishedOutput =
    [
        1934285469, 604889435, 133449501, 1026180808, 1830659359, 176667110, 1391183747, 351743874,
        1238264085, 1292768839, 2023573270, 1201586780, 1360691759, 1230682461, 748270449, 651545025,
    ];

    static readonly uint[] s_ofZeros =
    [
        1467453764, 68262570, 2085334433, 1711169726, 869537427, 698494029, 1998923102, 727938840,
        1236421175, 857433239, 1995651691, 1526804549, 968729910, 15322618, 1511105384, 1900792116,
    ];

    static readonly uint[] s_ofCounting =
    [
        1259554834, 663463928, 1989430097, 476523442, 836740795, 1803459961, 1229318262, 2023956904,
        2054405130, 1556655036, 1455339712, 1471465890, 423337459, 353979748, 1203410294, 1592576868,
    ];

    static readonly uint[] s_counting = [.. Enumerable.Range(0, 16).Select(i => (uint)i)];

    [Fact]
    public void Known_answers_are_reproduced()
    {
        Assert.Equal(s_publishedOutput, Permuted(s_publishedInput));
        Assert.Equal(s_ofZeros, Permuted(new uint[16]));
        Assert.Equal(s_ofCounting, Permuted(s_counting));
    }

    [Fact]
    public void There_are_64_and_20_and_64_round_constants_below_p()
    {
        Assert.Equal(64, Poseidon2Constants.Initial.Length);
        Assert.Equal(20, Poseidon2Constants.Internal.Length);
        Assert.Equal(64, Poseidon2Constants.Final.Length);
        uint[] all = [.. Poseidon2Constants.Initial, .. Poseidon2Constants.Internal, .. Poseidon2Constants.Final];
        Assert.All(all, constant => Assert.True(constant < KoalaBear.Modulus));
        Assert.Equal(148, all.Distinct().Count());
    }

    [Fact]
    public void The_diagonal_is_the_published_list_of_small_fractions()
    {
        var half = KoalaBear.From(2).Inverse();
        KoalaBear[] expected =
        [
            -KoalaBear.From(2), KoalaBear.One, KoalaBear.From(2), half, KoalaBear.From(3), KoalaBear.From(4), -half,
            -KoalaBear.From(3), -KoalaBear.From(4), half.Power(8), half.Power(3), half.Power(24), -half.Power(8),
            -half.Power(3), -half.Power(4), -half.Power(24),
        ];
        Assert.Equal(expected.Select(e => e.ToUInt32()), Poseidon2Constants.Diagonal.ToArray());
    }

    [Fact]
    public void Compression_adds_its_input()
    {
        var digest = Poseidon2.Compress(NodeDigest.Of(s_counting.AsSpan(0, 8)), NodeDigest.Of(s_counting.AsSpan(8)));
        Assert.Equal(
            NodeDigest.Of(
                1259554834, 663463929, 1989430099, 476523445, 836740799, 1803459966, 1229318268, 2023956911),
            digest);
    }

    [Fact]
    public void The_fast_layers_equal_their_matrices() => Prop.ForAll(States(), state =>
    {
        var fast = Permuted(state);
        var plain = PlainPermutation(state);
        Assert.Equal(plain, fast);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cells_of_a_row_obey_the_rounds() => Prop.ForAll(States(), state =>
    {
        var (left, right) = (NodeDigest.Of(state.AsSpan(0, 8)), NodeDigest.Of(state.AsSpan(8)));
        var cells = new KoalaBear[Poseidon2.TraceCells];
        var digest = Poseidon2.Trace(left, right, cells);
        Assert.Equal(Poseidon2.Compress(left, right), digest);
        Assert.Equal(state, cells[..16].Select(cell => cell.ToUInt32()));
        Assert.Equal(Permuted(state), cells[Poseidon2.LastState..].Select(cell => cell.ToUInt32()));
        for (var i = 0; i < 8; i++) Assert.Equal(digest[i], cells[Poseidon2.LastState + i] + cells[i]);
    }).QuickCheckThrowOnFailure();

    static Arbitrary<uint[]> States() => Draws.Word.ArrayOf(16).ToArbitrary();

    static uint[] Permuted(uint[] state)
    {
        var words = state.Select(KoalaBear.From).ToArray();
        Poseidon2.Permute(words);
        return [.. words.Select(word => word.ToUInt32())];
    }

    // The twin: plain integers, the matrices written out.
    static uint[] PlainPermutation(uint[] input)
    {
        const ulong P = KoalaBear.Modulus;
        ulong[,] m4 = { { 2, 3, 1, 1 }, { 1, 2, 3, 1 }, { 1, 1, 2, 3 }, { 3, 1, 1, 2 } };
        ulong[] state = [.. input.Select(word => (ulong)word)];
        External();
        Rounds(Poseidon2Constants.Initial.ToArray());
        foreach (var constant in Poseidon2Constants.Internal)
        {
            state[0] = Cube((state[0] + constant) % P);
            var sum = state.Aggregate(0UL, (total, word) => (total + word) % P);
            for (var i = 0; i < 16; i++) state[i] = (sum + (Poseidon2Constants.Diagonal[i] * state[i])) % P;
        }

        Rounds(Poseidon2Constants.Final.ToArray());
        return [.. state.Select(word => (uint)word)];

        void Rounds(uint[] constants)
        {
            for (var round = 0; round < 4; round++)
            {
                for (var i = 0; i < 16; i++) state[i] = Cube((state[i] + constants[(16 * round) + i]) % P);
                External();
            }
        }

        void External()
        {
            var next = new ulong[16];
            for (var row = 0; row < 16; row++)
            {
                for (var column = 0; column < 16; column++)
                {
                    var factor = m4[row % 4, column % 4] * (row / 4 == column / 4 ? 2UL : 1UL);
                    next[row] = (next[row] + (factor * state[column])) % P;
                }
            }

            state = next;
        }

        static ulong Cube(ulong x) => x * x % P * x % P;
    }
}
