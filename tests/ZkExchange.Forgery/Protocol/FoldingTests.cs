using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Protocol;

/// <summary>Group 14 of the catalogue: codewords, folds and trees.</summary>
public sealed class FoldingTests
{
    static readonly KoalaBear s_one = KoalaBear.One;
    static readonly byte[] s_proof = Market.Prove();
    static readonly ProofMap s_map = new(Market.Shape, s_proof.Length);

    [Fact]
    public void Control_no_departure_is_accepted() => Refused(Outcome.Accepted, new());

    [Fact]
    public void G07_T71_The_schedule_follows_from_the_heights_alone()
    {
        var layers = Market.Shape.Fri.Layers;
        Assert.Equal([12, 11, 10, 7], layers.Select(layer => layer.HeightLog2));
        Assert.Equal([1, 1, 3, 2], layers.Select(layer => layer.ArityLog2));

        // A root more or a root less is another proof.
        var more = s_proof.ToList();
        more.InsertRange(s_map["layer 1"].Start, s_proof.AsSpan(s_map["layer 1"].Start, 32));
        var less = s_proof.ToList();
        less.RemoveRange(s_map["layer 1"].Start, 32);
        foreach (var forged in new[] { more, less })
        {
            Assert.Contains(Market.Verify([.. forged]).Outcome, new[]
            {
                Outcome.GrindFailed, Outcome.BadEncoding, Outcome.BadLength, Outcome.LimitExceeded,
            });
        }
    }

    // The last coefficient is the degree bound: a coefficient more has no place, and a polynomial of that degree is
    // none of the last fold.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    public void G07_Another_final_polynomial_is_refused(int coefficient) => Refused(
        Outcome.DegreeBound, new() { AtFinal = final => final[coefficient] += Quintic.X });

    [Fact]
    public void T73_Siblings_rows_and_salts_lead_to_the_root()
    {
        // Salts and digests meet no other check: every byte of the query section counts.
        var outcomes = new HashSet<Outcome>();
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var at = random.Next(s_map["queries"].Start, s_proof.Length);
            s_proof[at] ^= 0x10;
            outcomes.Add(Market.Verify(s_proof).Outcome);
            s_proof[at] ^= 0x10;
        }

        Assert.Subset(new HashSet<Outcome> { Outcome.MerkleMismatch, Outcome.BadEncoding }, outcomes);
    }

    [Fact]
    public void T75_T76_A_salt_is_no_part_of_a_row()
    {
        // A word moved from the row into the salt and back keeps the bytes and is the same leaf; the header says how
        // many words are the row's, so with a column more the same bytes are another leaf.
        var shape = Market.Shape;
        var (main, salt) = (shape.Main, Market.Weak.SaltBytes);
        var longer = main with { SaltBytes = salt - 4 };
        Assert.NotEqual(main.Header(main.Classes[0]), longer.Header(main.Classes[0]));
        Assert.NotEqual(
            main.Header(main.Classes[0]), main.Header(main.Classes[0] with { Words = main.Classes[0].Words + 1 }));

        var forged = s_proof.ToList();
        forged.RemoveRange(s_map["queries"].Start + 4 * main.Classes[0].Words, salt);
        Assert.Equal(Outcome.BadLength, Market.Verify([.. forged]).Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void T77_A_shorter_codeword_that_is_left_out_is_refused(int place) => Refused(
        Outcome.FriMismatch, new() { AtCodeword = (index, planes) => { if (index == place) Clear(planes); } });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void T77_A_shorter_codeword_with_another_factor_is_refused(int place) => Refused(
        Outcome.FriMismatch, new() { AtCodeword = (index, planes) => { if (index == place) Double(planes); } });

    [Fact]
    public void T77_A_first_codeword_that_is_no_combination_of_the_rows_is_refused() => Refused(
        Outcome.QueryMismatch, new() { AtCodeword = (index, planes) => { if (index == 0) Double(planes); } });

    [Theory]
    [InlineData(0, Outcome.QueryMismatch)]
    [InlineData(1, Outcome.FriMismatch)]
    [InlineData(2, Outcome.FriMismatch)]
    [InlineData(3, Outcome.FriMismatch)]
    public void T73_A_layer_that_is_not_the_fold_is_refused(int place, Outcome outcome) => Refused(
        outcome, new() { AtLayer = (index, planes) => { if (index == place) Double(planes); } });

    // R of K coefficients is any polynomial of the bound; a value of R that is of none is found where it is asked for.
    [Fact]
    public void T78_The_mask_may_be_any_polynomial_of_its_degree()
    {
        Assert.Equal(Outcome.Accepted, Market.Try(new Departure
        {
            AtQuotient = (index, low, high) =>
            {
                if (index != 0) return;
                high[high.Rows - 1, HeightClass.ChunkWords] += s_one;
                low[0, HeightClass.ChunkWords] += s_one;
            },
        }).Outcome);

        // y^(N/2) in u_0 as if it were R's, against the rows that are opened.
        Refused(Outcome.QueryMismatch, new()
        {
            AtCodeword = (index, planes) =>
            {
                if (index != 0) return;
                for (var j = 0; j < planes.Columns; j++) planes[0, j] += j % 2 == 0 ? s_one : -s_one;
            },
        });
    }

    // u_0 plus y^(N/2) - 1, which is of low degree and zero at every even index: found by a position that is odd. With
    // t positions one proof of 2^t gets by, and no more than the bound ((1 + rho)/2)^t.
    [Fact]
    public void T79_A_codeword_off_at_half_of_the_points_gets_by_as_often_as_computed() => OffAtHalf(1200);

    [Fact]
    [Trait("Category", "Long")]
    public void T79_The_same_in_ten_thousand_runs() => OffAtHalf(10_000);

    static void OffAtHalf(int runs)
    {
        const int positions = 3;
        var profile = new Profile("three", 1, positions, 9, 12, 10, grindQueries: 0);
        var table = new Table("ones", 1, 9, 12);
        table.OnEvery(table[0] - 1, "one");
        var key = VerifyingKey.Of(new("ones", [table], [], 0, []));
        var claim = new Claim(default, [], []);
        var halfOff = new Departure
        {
            AtCodeword = (_, planes) =>
            {
                for (var j = 1; j < planes.Columns; j += 2) planes[0, j] += s_one;
            },
        };

        var accepted = 0;
        for (var run = 0; run < runs; run++)
        {
            var trace = new Matrix(1 << 9, 1);
            for (var row = 0; row < trace.Rows; row++) trace[row, 0] = s_one;
            var options = new ProverOptions
            {
                Threads = 1,
                SelfVerify = false,
                Tampering = halfOff,
                Seed = Seed(run),
            };
            var proof = StarkProver.Prove(key, profile, claim, [trace], options);
            var verdict = TwoVerifiers.Verify(key, profile, claim, proof);
            if (verdict.IsAccepted) accepted++;
            else Assert.Equal(Outcome.QueryMismatch, verdict.Outcome);
        }

        // One of eight expected, within five standard deviations. The bound of the regime is 0.757^3 = 0.43 of them.
        var expected = runs / 8.0;
        var deviation = Math.Sqrt(expected * 7 / 8);
        Assert.InRange(accepted, expected - 5 * deviation, expected + 5 * deviation);
    }

    static byte[] Seed(int run)
    {
        var seed = new byte[32];
        BitConverter.TryWriteBytes(seed, run + 1);
        return seed;
    }

    static void Refused(Outcome outcome, Departure departure) =>
        Assert.Equal(outcome, Market.Try(departure).Outcome);

    static void Clear(Matrix planes)
    {
        for (var plane = 0L; plane < planes.Rows; plane++) planes.Row(plane).Clear();
    }

    static void Double(Matrix planes)
    {
        for (var plane = 0L; plane < planes.Rows; plane++)
        {
            foreach (ref var word in planes.Row(plane)) word += word;
        }
    }
}
