// Group 15 of the catalogue: what is shown of a witness is noise. Statistics over many small proofs; every bound is
// five standard deviations or more, and the seeds are fixed, so the tests are the same each time.

using System.Buffers.Binary;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Forgery.Protocol;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Secrecy;

public sealed class ZeroKnowledgeTests
{
    const int Bins = 16;

    /// <summary>Two tables that say nothing to each other: the smallest circuit with blinds and terminals.</summary>
    static readonly VerifyingKey s_zeros = ZerosKey();

    static readonly Profile s_profile = new("three", 1, 3, 9, 12, 10, grindQueries: 0);

    // G11, T101, K09. Opened rows, opened values and terminals of a witness that is zero everywhere, each over 16 bins.
    [Fact]
    public void G11_T101_T103_K09_What_is_shown_of_zeros_is_uniform() => Shown(400);

    [Fact]
    [Trait("Category", "Long")]
    public void G11_T101_T103_K09_The_same_in_ten_thousand_proofs() => Shown(10_000);

    static void Shown(int runs)
    {
        Assert.True(Shape.TryCreate(s_zeros, s_profile, [9, 9], out var shape).IsAccepted);
        var map = new ProofMap(shape!, (int)shape!.HeadBytes);
        var main = new int[shape.Classes[0].MainWidth, Bins];
        var openings = new int[shape.Openings, Bins];
        var terminals = new int[Quintic.Degree, Bins];
        for (var run = 0; run < runs; run++)
        {
            var proof = Prove(run);
            Assert.True(Verify(proof).IsAccepted);
            Count(proof, map["queries"].Start, 1, main);
            Count(proof, map["openings"].Start, Quintic.Degree, openings);
            Count(proof, map["terminals"].Start, 1, terminals);

            // What one table says too much the other says too little.
            for (var k = 0; k < Quintic.Degree; k++)
            {
                var sum = Word(proof, map["terminals"].Start + 4 * k)
                    + (ulong)Word(proof, map["terminals"].Start + 4 * (k + Quintic.Degree));
                Assert.Equal(0ul, sum % KoalaBear.Modulus);
            }
        }

        AssertUniform(main);
        AssertUniform(openings);
        AssertUniform(terminals);
    }

    // Without masks the same statistic is far off: it can tell.
    [Fact]
    public void G11_The_statistic_sees_masks_that_are_switched_off()
    {
        Assert.True(Shape.TryCreate(s_zeros, s_profile, [9, 9], out var shape).IsAccepted);
        var main = new int[shape!.Classes[0].MainWidth, Bins];
        var silent = new Departure
        {
            AtMask = (_, mask) => { for (var row = 0L; row < mask.Rows; row++) mask.Row(row).Clear(); },
        };
        for (var run = 0; run < 40; run++)
        {
            var proof = Prove(run, silent);
            Assert.True(Verify(proof).IsAccepted);
            Count(proof, (int)shape.HeadBytes, 1, main);
        }

        // The declared columns are zero where they are opened; the blinds are random in every row by themselves.
        Assert.Equal(40, main[0, 0]);
        Assert.Equal(40, main[1, 0]);
    }

    [Fact]
    public void G11_Masks_that_do_not_fit_are_refused_by_prover_and_verifier()
    {
        // t = 4 needs 18 coefficients and 2^9 rows have room for 16.
        var crowded = new Profile("four", 1, 4, 9, 12, 10, grindQueries: 0);
        var refused = Assert.Throws<ProverException>(() => Prove(0, profile: crowded));
        Assert.Equal(Outcome.BadHeight, refused.Verdict.Outcome);
        Assert.Equal(
            Outcome.BadHeight, TwoVerifiers.Verify(s_zeros, crowded, Claim(), Prove(0)).Outcome);
    }

    // T102. Everything that is shown of one column as functionals of its mask: rows, next rows, five words at zeta and
    // five at g zeta. As long as they are independent, what is shown is uniform whatever the column is.
    [Theory]
    [InlineData("S100", 13, 1)]
    [InlineData("S100", 14, 2)]
    [InlineData("S100-fast", 14, 3)]
    [InlineData("S120", 14, 4)]
    [InlineData("S120-fast", 14, 5)]
    public void T102_What_is_shown_of_a_column_is_independent(string name, int heightLog2, int seed)
    {
        var profile = Profile.Find(name)!;
        var random = new Random(seed);
        var domainLog2 = heightLog2 + profile.BlowupLog2;
        var step = 1 << profile.BlowupLog2;
        var shown = new HashSet<int>();
        for (var i = 0; i < profile.Queries; i++)
        {
            var position = random.Next(1 << domainLog2);
            shown.Add(position);
            shown.Add((position + step) & ((1 << domainLog2) - 1));
        }

        var zeta = new Quintic(
            KoalaBear.From(random.Next()), KoalaBear.From(random.Next()), KoalaBear.From(random.Next()),
            KoalaBear.From(random.Next()), KoalaBear.From(random.Next()));
        var rows = new List<KoalaBear[]>();
        foreach (var position in shown)
        {
            var x = KoalaBear.Generator * KoalaBear.RootOfUnity(domainLog2).Power((ulong)position);
            rows.Add([.. Powers(Quintic.From(x), profile.MaskCoefficients).Select(power => power[0])]);
        }

        foreach (var point in new[] { zeta, zeta * KoalaBear.RootOfUnity(heightLog2) })
        {
            var powers = Powers(point, profile.MaskCoefficients);
            for (var k = 0; k < Quintic.Degree; k++) rows.Add([.. powers.Select(power => power[k])]);
        }

        Assert.True(rows.Count <= profile.MaskCoefficients);
        Assert.InRange(rows.Count, profile.MaskCoefficients - 20, profile.MaskCoefficients);
        Assert.Equal(rows.Count, Rank(rows));
    }

    // The same of a blind of the chunks: t rows and five words at zeta, of t + 5 coefficients (P7).
    [Theory]
    [InlineData("S100", 13, 6)]
    [InlineData("S100-fast", 14, 7)]
    [InlineData("S120", 14, 8)]
    [InlineData("S120-fast", 14, 9)]
    public void T102_What_is_shown_of_a_chunk_is_independent(string name, int heightLog2, int seed)
    {
        var profile = Profile.Find(name)!;
        var random = new Random(seed);
        var domainLog2 = heightLog2 + profile.BlowupLog2;
        var count = profile.ChunkBlindCoefficients;
        var shown = new HashSet<int>();
        while (shown.Count < profile.Queries) shown.Add(random.Next(1 << domainLog2));
        var rows = new List<KoalaBear[]>();
        foreach (var position in shown)
        {
            var x = KoalaBear.Generator * KoalaBear.RootOfUnity(domainLog2).Power((ulong)position);
            rows.Add([.. Powers(Quintic.From(x), count).Select(power => power[0])]);
        }

        var zeta = new Quintic(
            KoalaBear.From(random.Next()), KoalaBear.From(random.Next()), KoalaBear.From(random.Next()),
            KoalaBear.From(random.Next()), KoalaBear.From(random.Next()));
        var powers = Powers(zeta, count);
        for (var k = 0; k < Quintic.Degree; k++) rows.Add([.. powers.Select(power => power[k])]);
        Assert.Equal(count, rows.Count);
        Assert.Equal(count, Rank(rows));
    }

    // T104. Which witness it is changes nothing in the length but through the positions.
    [Fact]
    public void T104_The_length_follows_from_shape_and_positions()
    {
        var lengths = new HashSet<int>();
        for (var run = 0; run < 20; run++)
        {
            var proof = Market.Prove(witness: Market.Witness(shift: run % 5), seed: (byte)(run + 1));
            Assert.True(Market.Verify(proof).IsAccepted);
            Assert.InRange(proof.Length, Market.Shape.HeadBytes, Market.Shape.ProofBytesMax);
            lengths.Add(proof.Length);
        }

        Assert.InRange(lengths.Count, 2, 20);

        // The same positions, each in the tallest domain: the length is the plan's, counted without the witness.
        var positions = Enumerable.Range(0, Market.Weak.Queries).ToArray();
        var counted = Market.Shape.HeadBytes
            + Market.Shape.Trees.Sum(tree => new Stark.Merkle.OpeningPlan(tree, positions).Bytes);
        foreach (var shift in new[] { 0, 1, 2 })
        {
            var fixedPlaces = new Departure { AtPositions = places => positions.CopyTo(places) };
            Assert.Equal(counted, Market.Prove(fixedPlaces, witness: Market.Witness(shift: shift)).Length);
        }
    }

    // T103, G11. Two witnesses of one claim: their terminals, as all that is shown, are of one distribution.
    [Fact]
    public void T103_Terminals_do_not_depend_on_which_witness_it_is()
    {
        var map = new ProofMap(Market.Shape, (int)Market.Shape.HeadBytes);
        var counts = new int[2, Bins];
        for (var run = 0; run < 200; run++)
        {
            var proof = Market.Prove(witness: Market.Witness(shift: run % 2), seed: (byte)(1 + run / 2));
            counts[run % 2, Bin(Word(proof, map["terminals"].Start))]++;
        }

        AssertUniform(counts);
    }

    static byte[] Prove(int run, Departure? departure = null, Profile? profile = null)
    {
        var seed = new byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(seed, run + 1);
        var options = new ProverOptions { Threads = 1, SelfVerify = false, Seed = seed, Tampering = departure };
        return StarkProver.Prove(
            s_zeros, profile ?? s_profile, Claim(), [new Matrix(1 << 9, 2), new Matrix(1 << 9, 2)], options);
    }

    static Verdict Verify(byte[] proof) => TwoVerifiers.Verify(s_zeros, s_profile, Claim(), proof);

    static Claim Claim() => new(default, [], []);

    static VerifyingKey ZerosKey()
    {
        var bus = new Bus(1, "greetings", BusKind.Permutation, 1);
        var tables = new[] { new Table("one", 2, 9, 12), new Table("other", 2, 9, 12) };
        foreach (var table in tables) table.OnEvery(table[0] * (table[0] - 1), "a flag");
        tables[0].Send(bus, tables[0][0], [tables[0][1]], "sent");
        tables[1].Receive(bus, tables[1][0], [tables[1][1]], "received");
        return VerifyingKey.Of(new("zeros", tables, [bus], 0, []));
    }

    static uint Word(byte[] proof, int at) => BinaryPrimitives.ReadUInt32LittleEndian(proof.AsSpan(at));

    static int Bin(uint word) => (int)((ulong)word * Bins / KoalaBear.Modulus);

    static void Count(byte[] proof, int start, int wordsEach, int[,] counts)
    {
        for (var i = 0; i < counts.GetLength(0); i++) counts[i, Bin(Word(proof, start + 4 * wordsEach * i))]++;
    }

    // Chi-square with 15 degrees of freedom: mean 15, deviation 5.5; above 60 once in 10^6.
    static void AssertUniform(int[,] counts)
    {
        for (var i = 0; i < counts.GetLength(0); i++)
        {
            var all = 0.0;
            for (var bin = 0; bin < Bins; bin++) all += counts[i, bin];
            var statistic = 0.0;
            for (var bin = 0; bin < Bins; bin++)
                statistic += (counts[i, bin] - all / Bins) * (counts[i, bin] - all / Bins) / (all / Bins);
            Assert.InRange(statistic, 0, 60);
        }
    }

    static Quintic[] Powers(Quintic point, int count)
    {
        var powers = new Quintic[count];
        powers[0] = Quintic.One;
        for (var i = 1; i < count; i++) powers[i] = powers[i - 1] * point;
        return powers;
    }

    static int Rank(List<KoalaBear[]> rows)
    {
        var rank = 0;
        for (var column = 0; column < rows[0].Length && rank < rows.Count; column++)
        {
            var pivot = rows.FindIndex(rank, row => row[column] != KoalaBear.Zero);
            if (pivot < 0) continue;

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            var inverse = rows[rank][column].Inverse();
            for (var i = rank + 1; i < rows.Count; i++)
            {
                var factor = rows[i][column] * inverse;
                if (factor == KoalaBear.Zero) continue;
                for (var j = column; j < rows[i].Length; j++) rows[i][j] -= factor * rows[rank][j];
            }

            rank++;
        }

        return rank;
    }
}
