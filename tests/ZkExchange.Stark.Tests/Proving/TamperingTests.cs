using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Proving;

/// <summary>The fast prover with one step done wrong and everything after it done right: the verifier names the check
/// that finds it.</summary>
public sealed class TamperingTests
{
    static readonly ProvingToys s_toy = new(14, 13);

    public static TheoryData<string, Outcome> Cases => new()
    {
        { "nothing", Outcome.Accepted },
        { "a cell against a constraint on every row", Outcome.ConstraintMismatch },
        { "a cell against a transition", Outcome.ConstraintMismatch },
        { "a cell against the first row", Outcome.ConstraintMismatch },
        { "a cell against the last row", Outcome.ConstraintMismatch },
        { "a count of a lookup", Outcome.BusUnbalanced },
        { "a total", Outcome.BusUnbalanced },
        { "a blind", Outcome.ConstraintMismatch },
        { "a row of a blind that is not the first", Outcome.Accepted },
        { "a terminal", Outcome.BusUnbalanced },
        { "two terminals that cancel", Outcome.ConstraintMismatch },
        { "a fraction", Outcome.ConstraintMismatch },
        { "an accumulator", Outcome.ConstraintMismatch },
        { "a chunk", Outcome.ConstraintMismatch },
        { "the top of a chunk", Outcome.ConstraintMismatch },
        { "R", Outcome.Accepted },
        { "an opening", Outcome.ConstraintMismatch },
        { "a root", Outcome.MerkleMismatch },
        { "a codeword", Outcome.FriMismatch },
        { "the first layer", Outcome.QueryMismatch },
        { "a later layer", Outcome.FriMismatch },
        { "the final polynomial", Outcome.DegreeBound },
        { "a nonce", Outcome.GrindFailed },
        { "a byte too many", Outcome.TrailingBytes },
        { "a byte too few", Outcome.BadLength },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_departure_is_named(string name, Outcome expected)
    {
        var options = new ProverOptions { Threads = 2, SelfVerify = false, Tampering = new Departure(name) };
        var claim = ProvingToys.Claim(3);
        var proof = StarkProver.Prove(s_toy.Key, Profile.S100, claim, s_toy.Traces(3), options);
        Assert.Equal(expected, StarkVerifier.Verify(s_toy.Key, Profile.S100, claim, proof).Outcome);
    }

    sealed class Departure(string name) : Tampering
    {
        static readonly Quintic s_one = Quintic.One;

        public override void Trace(int table, Matrix trace)
        {
            switch (name, table)
            {
                case ("a cell against a constraint on every row", 0):
                    trace[100, 6] = KoalaBear.From(2);
                    break;
                case ("a cell against a transition", 0):
                    trace[100, 5] += KoalaBear.One;
                    break;
                case ("a cell against the first row", 0):
                    for (var row = 0L; row < trace.Rows; row++) trace[row, 5] += KoalaBear.One;
                    break;
                case ("a cell against the last row", 0):
                    trace[trace.Rows - 1, 6] = KoalaBear.Zero;
                    break;
                case ("a count of a lookup", 1):
                    trace[50, 1] += KoalaBear.One;
                    break;
                case ("a total", 2):
                    trace[1, 3] += KoalaBear.One;
                    break;
            }
        }

        public override void Main(int index, Matrix rows)
        {
            if (index != 0) return;

            // Class 0 is the items alone: their blind is behind their seven columns.
            if (Is("a blind")) rows[0, 7] += KoalaBear.One;
            if (Is("a row of a blind that is not the first")) rows[9, 9] += KoalaBear.One;
        }

        public override void Auxiliary(int index, Matrix rows)
        {
            if (index == 0 && Is("a fraction")) rows[33, 2] += KoalaBear.One;
            if (index == 0 && Is("an accumulator")) rows[33, rows.Columns - 1] += KoalaBear.One;
        }

        public override void Terminals(Span<Quintic> terminals)
        {
            if (Is("a terminal") || Is("two terminals that cancel")) terminals[0] += s_one;
            if (Is("two terminals that cancel")) terminals[1] -= s_one;
        }

        public override void Quotient(int index, Matrix low, Matrix high)
        {
            if (index == 1 && Is("a chunk")) low[5, 3] += KoalaBear.One;
            if (index == 1 && Is("the top of a chunk")) high[high.Rows - 1, 0] += KoalaBear.One;
            if (index == 0 && Is("R")) low[7, HeightClass.ChunkWords] += KoalaBear.One;
        }

        public override void Openings(Span<Quintic> openings)
        {
            if (Is("an opening")) openings[1] += s_one;
        }

        public override void Root(Label label, ref Digest32 root)
        {
            if (label == Label.MainRoot && Is("a root")) root = default;
        }

        public override void Codeword(int index, Matrix planes)
        {
            if (index == 1 && Is("a codeword")) Everywhere(planes);
        }

        public override void Layer(int index, Matrix planes)
        {
            if (index == 0 && Is("the first layer")) Everywhere(planes);
            if (index == 2 && Is("a later layer")) Everywhere(planes);
        }

        public override void FinalPolynomial(Span<Quintic> coefficients)
        {
            if (Is("the final polynomial")) coefficients[0] += s_one;
        }

        public override void Nonce(Label label, ref ulong nonce)
        {
            if (Is("a nonce")) nonce = ulong.MaxValue;
        }

        public override void Proof(ref byte[] proof)
        {
            if (Is("a byte too many")) proof = [.. proof, 0];
            if (Is("a byte too few")) proof = proof[..^1];
        }

        bool Is(string departure) => string.Equals(name, departure, StringComparison.Ordinal);

        /// <summary>A constant more: still of low degree.</summary>
        static void Everywhere(Matrix planes)
        {
            foreach (ref var word in planes.Row(0)) word += KoalaBear.One;
        }
    }
}
