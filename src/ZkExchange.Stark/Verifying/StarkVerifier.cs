// The verifier (specs/30-proof-system.md section 9). It is total: any bytes in, one verdict out, nothing thrown, time
// and memory bounded by key and profile. A proof is, without any length field:
//
//   shape, root main, [nonce], root auxiliary, T.., [nonce], root quotient, [nonce], openings, [nonce],
//   { FRI root, [nonce] }.., final polynomial, [nonce], one opening for each tree: main, auxiliary, quotient, FRI

using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Soundness;

namespace ZkExchange.Stark.Verifying;

/// <summary>Decides whether a proof shows a claim.</summary>
public static class StarkVerifier
{
    /// <summary>The verdict on a proof.</summary>
    /// <param name="key">What is proven; held by the verifier, never taken from the prover.</param>
    /// <param name="profile">How strongly; likewise.</param>
    /// <param name="claim">About what: computed from the statement.</param>
    /// <param name="proof">Any bytes.</param>
    public static Verdict Verify(VerifyingKey key, Profile profile, Claim claim, ReadOnlySpan<byte> proof)
    {
        // Step 0. Everything that selects the statement is checked and bound before any challenge.
        var reader = new ProofReader(proof);
        var heights = reader.Take(key.Tables.Count);
        if (!reader.Fault.IsAccepted) return reader.Fault;

        var verdict = Admit(key, profile, claim, heights, out var shape);
        if (!verdict.IsAccepted) return verdict;
        if (proof.Length > shape!.ProofBytesMax) return Verdict.Reject(Outcome.LimitExceeded, proof.Length);
        if (proof.Length < shape.HeadBytes) return Verdict.Reject(Outcome.BadLength, proof.Length);

        var transcript = Begin(shape, claim);
        var session = new Session(shape, claim, transcript);

        // Steps 1 to 3: commitments and the challenges they answer to.
        verdict = session.ReadCommitments(ref reader);
        if (!verdict.IsAccepted) return verdict;

        // Step 4: the identities at zeta.
        verdict = session.ReadOpenings(ref reader);
        if (!verdict.IsAccepted) return verdict;

        // Step 5: the layers of the low-degree test.
        verdict = session.ReadLayers(ref reader);
        if (!verdict.IsAccepted) return verdict;

        // Step 6: the queries. Accept only after the last check.
        return session.CheckQueries(ref reader);
    }

    /// <summary>Shape, claim and preconditions, before any arithmetic on the proof.</summary>
    public static Verdict Admit(
        VerifyingKey key, Profile profile, Claim claim, ReadOnlySpan<byte> heights, out Shape? shape)
    {
        var verdict = Shape.TryCreate(key, profile, heights, out shape);
        if (!verdict.IsAccepted) return verdict;

        if (claim.PrescribedShape is not null && !heights.SequenceEqual(claim.PrescribedShape))
        {
            return Verdict.Reject(Outcome.StatementMismatch, heights.CommonPrefixLength(claim.PrescribedShape));
        }

        verdict = claim.Check(key);
        return verdict.IsAccepted ? Preconditions.Check(shape!, claim) : verdict;
    }

    /// <summary>A transcript that has absorbed everything known before the first commitment.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="claim">A claim that <see cref="Admit"/> accepts.</param>
    public static Transcript Begin(Shape shape, Claim claim)
    {
        var transcript = new Transcript();
        transcript.Absorb(Label.StatementDigest, claim.StatementDigest);
        transcript.Absorb(Label.Profile, shape.Profile.Record.Span);
        transcript.Absorb(Label.VerifyingKey, shape.Key.Hash);
        transcript.Absorb(Label.Shape, shape.Heights);
        transcript.Absorb(Label.PublicInputs, Canonical.Bytes([.. claim.PublicInputs]));
        if (claim.PublicMessages.Count == 0) return transcript;

        var bytes = new byte[claim.PublicMessages.Sum(words => Canonical.WordBytes * (1 + words.Length))];
        var place = bytes.AsSpan();
        for (var i = 0; i < claim.PublicMessages.Count; i++)
        {
            var words = claim.PublicMessages[i];
            var count = (uint)(words.Length / shape.Key.PublicMessages[i].Bus.Width);
            Canonical.WriteWords(place, [count]);
            Canonical.WriteWords(place[Canonical.WordBytes..], words);
            place = place[(Canonical.WordBytes * (1 + words.Length))..];
        }

        transcript.Absorb(Label.PublicMessages, bytes);
        return transcript;
    }

    /// <summary>One proof being read.</summary>
    sealed class Session(Shape shape, Claim claim, Transcript transcript)
    {
        readonly List<Digest32> _roots = [];
        readonly List<Quintic> _folds = [];
        Fingerprint? _fingerprint;
        Quintic[] _terminals = [];
        Quintic[] _lambdas = [];
        Quintic[] _openings = [];
        Quintic[] _gammas = [];
        Quintic[] _final = [];
        Quintic _zeta;

        Profile Profile => shape.Profile;

        public Verdict ReadCommitments(ref ProofReader reader)
        {
            Commit(ref reader, Label.MainRoot);
            if (shape.Key.HasInteractions)
            {
                if (!Grind(ref reader, Label.GrindLookup, Profile.GrindLookup))
                {
                    return Failed(reader, Label.GrindLookup);
                }

                _fingerprint = Fingerprint.Squeeze(transcript, shape.Key);
                Commit(ref reader, Label.AuxiliaryRoot);
                _terminals = reader.TakeElements(shape.Terminals, out var bytes);
                if (!reader.Fault.IsAccepted) return reader.Fault;

                transcript.Absorb(Label.Terminals, bytes);
                if (!Balances()) return Verdict.Reject(Outcome.BusUnbalanced);
            }

            if (!Grind(ref reader, Label.GrindConstraints, Profile.GrindConstraints))
            {
                return Failed(reader, Label.GrindConstraints);
            }

            _lambdas = transcript.SqueezeElements(Label.Constraints, shape.Lambdas);
            Commit(ref reader, Label.QuotientRoot);
            if (!Grind(ref reader, Label.GrindOutOfDomain, Profile.GrindOutOfDomain))
            {
                return Failed(reader, Label.GrindOutOfDomain);
            }

            _zeta = transcript.SqueezePoint(Label.OutOfDomain);
            return reader.Fault;
        }

        public Verdict ReadOpenings(ref ProofReader reader)
        {
            _openings = reader.TakeElements(shape.Openings, out var bytes);
            if (!reader.Fault.IsAccepted) return reader.Fault;

            transcript.Absorb(Label.Openings, bytes);
            var point = new OutOfDomain(shape, claim, _fingerprint, _terminals, _lambdas, _zeta, _openings);
            foreach (var rows in shape.Classes)
            {
                if (!point.Holds(rows)) return Verdict.Reject(Outcome.ConstraintMismatch, rows.Index);
            }

            if (!Grind(ref reader, Label.GrindBatch, Profile.GrindBatch)) return Failed(reader, Label.GrindBatch);
            _gammas = transcript.SqueezeElements(Label.Batch, shape.Openings);
            return reader.Fault;
        }

        public Verdict ReadLayers(ref ProofReader reader)
        {
            for (var i = 0; i < shape.Fri.Layers.Count; i++)
            {
                Commit(ref reader, Label.FriRoot);
                if (!Grind(ref reader, Label.GrindFold, Profile.GrindFold)) return Failed(reader, Label.GrindFold);
                _folds.Add(transcript.SqueezeElement(Label.Fold));
            }

            _final = reader.TakeElements(Profile.FinalCoefficients, out var bytes);
            if (!reader.Fault.IsAccepted) return reader.Fault;

            transcript.Absorb(Label.FinalPolynomial, bytes);
            return Grind(ref reader, Label.GrindQueries, Profile.GrindQueries)
                ? reader.Fault
                : Failed(reader, Label.GrindQueries);
        }

        public Verdict CheckQueries(ref ProofReader reader)
        {
            var positions = transcript.SqueezeIndices(Label.Queries, Profile.Queries, shape.DomainLog2);
            var plans = shape.Trees.Select(tree => new OpeningPlan(tree, positions)).ToArray();
            var bytes = plans.Sum(plan => plan.Bytes);
            if (bytes > reader.Left) return Verdict.Reject(Outcome.BadLength, reader.Position + reader.Left);
            if (bytes < reader.Left) return Verdict.Reject(Outcome.TrailingBytes, reader.Position + (int)bytes);

            var codewords = new Codewords(shape, positions, _gammas, _openings, _zeta);
            FoldingTest? test = null;
            for (var i = 0; i < plans.Length; i++)
            {
                var layout = plans[i].Layout;
                var start = reader.Position;
                var opening = new MultiOpening(plans[i], reader.Take(plans[i].Bytes));
                if (!opening.IsCanonical()) return Verdict.Reject(Outcome.BadEncoding, start);
                if (!opening.LeadsTo(_roots[i])) return Verdict.Reject(Outcome.MerkleMismatch, Name(layout));

                if (layout.Kind != TreeKind.Fri)
                {
                    codewords.Add(plans[i], opening);
                    continue;
                }

                test ??= new(shape, positions, codewords);
                var verdict = test.Fold(layout.Layer, plans[i], opening, _folds[layout.Layer]);
                if (!verdict.IsAccepted) return verdict;
            }

            test ??= new(shape, positions, codewords);
            return test.Finish(_final);
        }

        /// <summary>True if the terminals and the public messages cancel.</summary>
        bool Balances()
        {
            if (!_fingerprint!.TrySumPublic(shape.Key, claim, out var sum)) return false;
            foreach (var terminal in _terminals) sum += terminal;
            return sum == Quintic.Zero;
        }

        void Commit(ref ProofReader reader, Label label)
        {
            var root = reader.TakeDigest();
            _roots.Add(root);
            transcript.Absorb(label, root);
        }

        bool Grind(ref ProofReader reader, Label label, int bits)
        {
            if (bits == 0) return true;
            return transcript.TryGrind(label, bits, reader.TakeNonce());
        }

        static Verdict Failed(ProofReader reader, Label label) => reader.Fault.IsAccepted
            ? Verdict.Reject(Outcome.GrindFailed, (int)label)
            : reader.Fault;

        static int Name(TreeLayout layout) => layout.Kind == TreeKind.Fri ? 16 + layout.Layer : (int)layout.Kind;
    }
}
