using ZkExchange.Fields;
using ZkExchange.Stark.Fri;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Verifying;

/// <summary>Follows every position through the layers of FRI (specs/30-proof-system.md section 9, step 6).</summary>
/// <remarks>In layer i a position p stands at p mod N_i: leaf p mod N_i / a, member p div N_i / a of that.</remarks>
sealed class FoldingTest
{
    readonly Shape _shape;
    readonly int[] _positions;
    readonly Quintic[][] _codewords;
    readonly Quintic[] _expected;                            // the value that the next layer must show

    /// <summary>Before the first layer, which is G + R of the tallest class.</summary>
    public FoldingTest(Shape shape, int[] positions, Codewords codewords)
    {
        _shape = shape;
        _positions = positions;
        _codewords = codewords.Finish();
        _expected = new Quintic[positions.Length];
        for (var i = 0; i < _expected.Length; i++) _expected[i] = _codewords[0][i] + codewords.Mask[i];
    }

    /// <summary>Compares with a layer's members, folds them, and lets a shorter class enter.</summary>
    /// <param name="index">The layer.</param>
    /// <param name="plan">Its opened leaves.</param>
    /// <param name="opening">Their members, canonical.</param>
    /// <param name="beta">The layer's challenge.</param>
    public Verdict Fold(int index, OpeningPlan plan, MultiOpening opening, Quintic beta)
    {
        var layer = _shape.Fri.Layers[index];
        var root = KoalaBear.RootOfUnity(layer.DomainLog2).Inverse();
        var entering = beta.Power((ulong)layer.Arity);
        var members = new Quintic[layer.Arity];
        for (var i = 0; i < _positions.Length; i++)
        {
            var leaf = _positions[i] & ((1 << layer.LeavesLog2) - 1);
            var member = (_positions[i] & ((1 << layer.DomainLog2) - 1)) >> layer.LeavesLog2;
            var row = opening.Row(0, Array.BinarySearch(plan.Rows[0], leaf));
            for (var k = 0; k < members.Length; k++)
            {
                Check.That(Canonical.TryRead(row[(k * Canonical.ElementBytes)..], out members[k]));
            }

            if (members[member] != _expected[i])
            {
                return index == 0
                    ? Verdict.Reject(Outcome.QueryMismatch, _positions[i])
                    : Verdict.Reject(Outcome.FriMismatch, index);
            }

            var folded = Folding.Fold(members, beta * root.Power((ulong)leaf));
            _expected[i] = layer.EnteringClass < 0
                ? folded
                : folded + entering * _codewords[layer.EnteringClass][i];
        }

        return Verdict.Accepted;
    }

    /// <summary>Compares the last fold with the final polynomial.</summary>
    public Verdict Finish(ReadOnlySpan<Quintic> coefficients)
    {
        var root = KoalaBear.RootOfUnity(_shape.Fri.FinalDomainLog2);
        for (var i = 0; i < _positions.Length; i++)
        {
            var y = root.Power((ulong)_positions[i] & ((1UL << _shape.Fri.FinalDomainLog2) - 1));
            var value = Quintic.Zero;
            for (var k = coefficients.Length - 1; k >= 0; k--) value = value * y + coefficients[k];
            if (value != _expected[i]) return Verdict.Reject(Outcome.DegreeBound, _positions[i]);
        }

        return Verdict.Accepted;
    }
}
