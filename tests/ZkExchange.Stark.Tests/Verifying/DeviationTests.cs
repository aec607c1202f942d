// Complete forgeries: the transcript goes on from the deviation and all work is done again, so that only the check
// under test can stop them. The control without a deviation is AcceptanceTests.

using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Verifying;

public sealed class DeviationTests
{
    static readonly Toy s_groups = Toys.Groups(11, 9, 10);
    static readonly Quintic s_one = Quintic.One;

    [Fact]
    public void Terminals_that_do_not_cancel_are_refused() => Refused(
        Outcome.BusUnbalanced, new() { Terminals = values => [values[0] + s_one, .. values[1..]] });

    [Fact]
    public void Terminals_that_cancel_but_are_not_the_tables_are_refused() => Refused(
        Outcome.ConstraintMismatch,
        new() { Terminals = values => [values[0] + s_one, values[1] - s_one, .. values[2..]] });

    [Fact]
    public void Blinds_that_do_not_cancel_are_refused() => Refused(
        Outcome.BusUnbalanced, new() { Blinds = values => [values[0] + s_one, .. values[1..]] });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_quotient_of_another_numerator_is_refused(int place) => Refused(
        Outcome.ConstraintMismatch,
        new() { Quotient = (index, values) => index == place ? [values[0] + s_one, .. values[1..]] : values }, place);

    [Fact]
    public void A_mask_of_too_high_degree_is_refused() => Refused(
        Outcome.DegreeBound, new() { Mask = coefficients => [.. coefficients, s_one] });

    [Fact]
    public void An_opened_value_that_breaks_the_identity_is_refused() => Refused(
        Outcome.ConstraintMismatch, new() { Openings = values => [values[0] + s_one, .. values[1..]] });

    // The value of an E-column is sum_k X^k f_k: adding X to f_0 and taking 1 from f_1 leaves the identity true.
    [Fact]
    public void Opened_values_that_keep_the_identity_are_refused()
    {
        Shape.TryCreate(s_groups.Key, Toys.Weak, [11, 9, 10, Shape.Absent, Shape.Absent], out var shape);
        var chunk = shape!.Classes[0].MainWidth + shape.Classes[0].AuxiliaryWidth;
        Refused(Outcome.DegreeBound, new()
        {
            Openings = values =>
            {
                values[chunk] += Quintic.X;
                values[chunk + 1] -= s_one;
                return values;
            },
        });
    }

    [Fact]
    public void A_first_codeword_of_another_combination_is_refused() => Refused(
        Outcome.QueryMismatch, new() { Codeword = (index, values) => index == 0 ? Doubled(values) : values });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_shorter_codeword_that_is_left_out_is_refused(int place) => Refused(
        Outcome.FriMismatch,
        new() { Codeword = (index, values) => index == place ? new Quintic[values.Length] : values });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_layer_that_is_not_the_fold_is_refused(int place) => Refused(
        Outcome.FriMismatch, new() { Layer = (index, values) => index == place ? Doubled(values) : values }, place);

    [Fact]
    public void A_first_layer_that_is_not_the_codeword_is_refused() => Refused(
        Outcome.QueryMismatch, new() { Layer = (index, values) => index == 0 ? Doubled(values) : values });

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void Another_final_polynomial_is_refused(int place) => Refused(Outcome.DegreeBound, new()
    {
        Final = coefficients =>
        {
            coefficients[place] += s_one;
            return coefficients;
        },
    });

    // The honest nonce is the smallest good one, so the one before it is bad, unless it is zero: the seed decides.
    [Theory]
    [InlineData(Label.GrindLookup)]
    [InlineData(Label.GrindQueries)]
    public void A_nonce_without_the_work_is_refused(Label label)
    {
        var verdict = Verdict.Accepted;
        for (var (seed, honest) = (1, 0UL); honest == 0; seed++)
        {
            verdict = Verify(new()
            {
                Nonce = (round, nonce) =>
                {
                    if (round != label) return nonce;
                    honest = nonce;
                    return nonce - 1;
                },
            }, seed);
        }

        Assert.Equal(Verdict.Reject(Outcome.GrindFailed, (int)label), verdict);
    }

    // Salts and digests meet no check but this one.
    [Theory]
    [InlineData(TreeKind.Main, 2)]
    [InlineData(TreeKind.Auxiliary, 3)]
    [InlineData(TreeKind.Quotient, 4)]
    public void Rows_that_do_not_lead_to_the_root_are_refused(TreeKind tree, int where)
    {
        Shape.TryCreate(s_groups.Key, Toys.Weak, [11, 9, 10, Shape.Absent, Shape.Absent], out var shape);
        var words = shape!.Trees.First(layout => layout.Kind == tree).Classes[0].Words;
        foreach (var place in new[] { Index.FromStart(4 * words), Index.FromStart(4 * words + 31), Index.FromEnd(1) })
        {
            Refused(
                Outcome.MerkleMismatch,
                new() { Opening = (kind, bytes) => kind == tree ? Flip(bytes, place) : bytes }, where);
        }
    }

    [Fact]
    public void Digests_of_a_layer_that_do_not_lead_to_its_root_are_refused() => Refused(
        Outcome.MerkleMismatch,
        new() { Opening = (kind, bytes) => kind == TreeKind.Fri ? Flip(bytes, Index.FromEnd(1)) : bytes }, 16);

    [Theory]
    [InlineData(Label.MainRoot)]
    [InlineData(Label.AuxiliaryRoot)]
    [InlineData(Label.Terminals)]
    [InlineData(Label.QuotientRoot)]
    [InlineData(Label.Openings)]
    [InlineData(Label.FriRoot)]
    [InlineData(Label.FinalPolynomial)]
    public void A_message_that_was_not_bound_is_refused(Label label)
    {
        var verdict = Verify(new() { Forgets = message => message == label });
        Assert.False(verdict.IsAccepted);
        Assert.NotEqual(Outcome.Unchecked, verdict.Outcome);
    }

    // The quotient is of too high degree when a column breaks a law: what is sent is cut off, and the identity fails.
    [Theory]
    [InlineData(0, 2, 50, Outcome.ConstraintMismatch)]       // an index
    [InlineData(0, 2, 2047, Outcome.ConstraintMismatch)]     // the last index
    [InlineData(0, 4, 2047, Outcome.ConstraintMismatch)]     // an amount on padding
    [InlineData(0, 4, 100, Outcome.BusUnbalanced)]           // an amount that is not in the totals
    [InlineData(0, 3, 100, Outcome.BusUnbalanced)]           // an item of another group
    [InlineData(1, 0, 511, Outcome.ConstraintMismatch)]      // the last value of the range
    [InlineData(1, 1, 3, Outcome.BusUnbalanced)]             // a wrong count in the range
    [InlineData(2, 2, 1, Outcome.BusUnbalanced)]             // a wrong number of items in a group
    [InlineData(2, 3, 1, Outcome.BusUnbalanced)]             // a wrong total of a group
    [InlineData(2, 0, 7, Outcome.BusUnbalanced)]             // a group too many
    public void A_wrong_cell_is_refused(int table, int column, int row, Outcome outcome)
    {
        var traces = s_groups.Traces
            .Select(trace => trace?.Select(cells => cells.ToArray()).ToArray()).ToArray();
        traces[table]![column][row] += KoalaBear.From(1);
        var proof = ReferenceProver.Prove(s_groups.Key, Toys.Weak, s_groups.Claim, traces);
        Assert.Equal(outcome, StarkVerifier.Verify(s_groups.Key, Toys.Weak, s_groups.Claim, proof).Outcome);
    }

    // Each witness is false in one kind of rows alone.
    [Theory]
    [InlineData(Rows.First)]
    [InlineData(Rows.Transition)]
    [InlineData(Rows.Last)]
    [InlineData(Rows.Every)]
    public void A_law_is_missed_in_each_kind_of_rows(Rows rows)
    {
        var toy = Toys.RunningSum(9);
        var (values, sums) = (toy.Traces[0]![0], toy.Traces[0]![1]);
        var from = rows switch
        {
            Rows.First => 0,
            Rows.Last => 512,
            _ => 78,                                         // a row whose value is zero
        };
        if (rows == Rows.Every) values[from] += KoalaBear.From(2);
        var jump = KoalaBear.From(rows == Rows.Every ? 2 : 1);
        for (var i = from; i < sums.Length; i++) sums[i] += jump;
        var claim = toy.Claim with { PublicInputs = [(KoalaBear.From(toy.Claim.PublicInputs[0]) + jump).ToUInt32()] };

        var proof = ReferenceProver.Prove(toy.Key, Toys.Weak, claim, toy.Traces);
        Assert.Equal(Outcome.ConstraintMismatch, StarkVerifier.Verify(toy.Key, Toys.Weak, claim, proof).Outcome);
    }

    static byte[] Flip(byte[] bytes, Index place)
    {
        bytes[place] ^= 1;
        return bytes;
    }

    static Quintic[] Doubled(Quintic[] values) => [.. values.Select(value => value + value)];

    static Verdict Verify(Deviations deviations, int seed = 1)
    {
        var proof = ReferenceProver.Prove(
            s_groups.Key, Toys.Weak, s_groups.Claim, s_groups.Traces, seed, deviations);
        return StarkVerifier.Verify(s_groups.Key, Toys.Weak, s_groups.Claim, proof);
    }

    static void Refused(Outcome outcome, Deviations deviations, int? where = null)
    {
        var verdict = Verify(deviations);
        Assert.Equal(outcome, verdict.Outcome);
        if (where is { } place) Assert.Equal(place, verdict.Where);
    }
}
