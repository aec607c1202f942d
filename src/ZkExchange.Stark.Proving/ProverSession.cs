using ZkExchange.Fields;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving.Kernels;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Proving;

/// <summary>One attempt at one proof.</summary>
sealed class ProverSession : IDisposable
{
    readonly Shape _shape;
    readonly Profile _profile;
    readonly Claim _claim;
    readonly Masks _masks;
    readonly Work _work;
    readonly PhaseClock _clock;
    readonly Tampering _tampering;
    readonly Transcript _transcript;
    readonly ProofWriter _proof = new();
    readonly KoalaBear[] _publicInputs;
    readonly SurplusPoints[] _surplus;
    readonly ClassColumns?[] _main;
    readonly ClassColumns?[] _auxiliary;
    readonly ClassColumns?[] _quotient;
    readonly List<MerkleTree> _trees = [];
    readonly List<Matrix> _matrices = [];                    // layers and their leaves; some are gone earlier
    readonly List<InteractionColumns> _interactions = [];
    readonly Quintic[] _blinds;
    Fingerprint? _challenges;
    Quintic[] _terminals = [];
    Quintic[] _lambdas = [];

    /// <param name="shape">An admissible shape.</param>
    /// <param name="claim">An admissible claim.</param>
    /// <param name="masks">Randomness.</param>
    /// <param name="work">Threads.</param>
    /// <param name="clock">Phases.</param>
    /// <param name="tampering">What a malicious prover does.</param>
    public ProverSession(
        Shape shape, Claim claim, Masks masks, Work work, PhaseClock clock, Tampering tampering)
    {
        _shape = shape;
        _profile = shape.Profile;
        _claim = claim;
        _masks = masks;
        _work = work;
        _clock = clock;
        _tampering = tampering;
        _publicInputs = [.. claim.PublicInputs.Select(KoalaBear.From)];
        _surplus = [.. shape.Classes.Select(rows => new SurplusPoints(_profile, rows.HeightLog2))];
        _main = new ClassColumns?[shape.Classes.Count];
        _auxiliary = new ClassColumns?[shape.Classes.Count];
        _quotient = new ClassColumns?[shape.Classes.Count];
        _blinds = DrawBlinds(shape, masks);

        // Step 0. Bind: statement, profile, key, shape, public inputs and messages.
        _transcript = StarkVerifier.Begin(shape, claim);
        _proof.Write(shape.Heights);
    }

    /// <summary>Makes the proof; false if a fingerprint was zero.</summary>
    public bool TryProve(IReadOnlyList<Matrix?> traces, out byte[] proof)
    {
        proof = [];

        // Step 1. The main columns: the multisets on the buses are fixed before the fingerprint.
        CommitMain(traces);

        // Step 2. The columns of the buses.
        if (_shape.Key.HasInteractions)
        {
            Grind(Label.GrindLookup, _profile.GrindLookup);
            _challenges = Fingerprint.Squeeze(_transcript, _shape.Key);
            if (!TryCommitAuxiliary()) return false;
        }

        Grind(Label.GrindConstraints, _profile.GrindConstraints);
        _lambdas = _transcript.SqueezeElements(Label.Constraints, _shape.Lambdas);

        // Step 3. The quotient: the verifier chose the weights of the constraints after the columns.
        CommitQuotient();
        Grind(Label.GrindOutOfDomain, _profile.GrindOutOfDomain);
        var zeta = _transcript.SqueezePoint(Label.OutOfDomain);

        // Step 4. The values outside the domain, and one codeword of all that follows from them.
        var codewords = Open(zeta);

        // Step 5. The codewords are of low degree.
        Fold(codewords);

        // Step 6. The rows at positions that nobody could foresee.
        _clock.Begin(ProverPhase.Queries);
        var positions = _transcript.SqueezeIndices(Label.Queries, _profile.Queries, _shape.DomainLog2);
        _tampering.Positions(positions);
        var trees = _shape.Trees.ToArray();
        for (var i = 0; i < trees.Length; i++) _trees[i].Open(new OpeningPlan(trees[i], positions), _proof);
        proof = _proof.ToArray();
        return true;
    }

    public void Dispose()
    {
        // Gigabytes to wipe: every thread takes a part.
        IDisposable?[] all = [.. _main, .. _auxiliary, .. _quotient, .. _trees, .. _matrices, .. _interactions];
        Workers.Share(all.Length, 1, _work.Threads, (from, _) => all[from]?.Dispose());
    }

    /// <summary>Uniform elements whose sum is zero, one for each table with a blind.</summary>
    static Quintic[] DrawBlinds(Shape shape, Masks masks)
    {
        using var stream = masks.Stream(MaskPurpose.Blind);
        var blinds = new Quintic[shape.Terminals];
        if (!shape.Key.HasBlinds || blinds.Length == 0) return blinds;

        var sum = Quintic.Zero;
        for (var i = 0; i < blinds.Length - 1; i++)
        {
            blinds[i] = stream.Extension();
            sum += blinds[i];
        }

        blinds[^1] = -sum;
        return blinds;
    }

    void CommitMain(IReadOnlyList<Matrix?> traces)
    {
        foreach (var rows in _shape.Classes)
        {
            _clock.Begin(ProverPhase.MainExtension);
            foreach (var table in rows.Tables)
            {
                if (table.Layout.HasInteractions)
                    _interactions.Add(new(table.Layout, traces[table.Layout.Index]!, _work));
            }

            using var trace = MainRows.Of(rows, _profile.BlowupLog2, traces, _blinds, _masks, _work);
            _tampering.Main(rows.Index, trace);
            var mask = DrawMask(MaskPurpose.Main, rows.Index, rows.MainWidth);
            _tampering.MainMask(rows.Index, mask);
            _main[rows.Index] = Extend(trace, mask, rows);
        }

        _clock.Begin(ProverPhase.MainTree);
        Commit(Label.MainRoot, _shape.Main, _main);
    }

    bool TryCommitAuxiliary()
    {
        _terminals = new Quintic[_shape.Terminals];
        foreach (var rows in _shape.Classes)
        {
            if (rows.AuxiliaryWidth == 0) continue;

            _clock.Begin(ProverPhase.AuxiliaryTrace);
            var count = 1L << rows.HeightLog2;
            using var trace = new Matrix(
                count, rows.AuxiliaryWidth, count << _profile.BlowupLog2, rows.AuxiliaryWidth);
            foreach (var table in rows.Tables)
            {
                if (!table.Layout.HasInteractions) continue;

                using var columns = _interactions.First(item => item.Layout == table.Layout);
                var writer = new AuxiliaryTrace(table, columns, _challenges!, _publicInputs, trace, _work);
                var blind = table.Layout.HasBlind ? _blinds[table.Terminal] : Quintic.Zero;
                if (!writer.TryWrite(blind, out _terminals[table.Terminal])) return false;
            }

            _tampering.Auxiliary(rows.Index, trace);
            _clock.Begin(ProverPhase.AuxiliaryExtension);
            _auxiliary[rows.Index] = Extend(
                trace, DrawMask(MaskPurpose.Auxiliary, rows.Index, rows.AuxiliaryWidth), rows);
        }

        _clock.Begin(ProverPhase.AuxiliaryTree);
        Commit(Label.AuxiliaryRoot, _shape.Auxiliary!, _auxiliary);
        _tampering.Terminals(_terminals);
        Say(Label.Terminals, _terminals);
        return true;
    }

    void CommitQuotient()
    {
        foreach (var rows in _shape.Classes)
        {
            _clock.Begin(ProverPhase.Constraints);
            var tables = rows.Tables.Select(table =>
                new TableConstraints(table, _challenges, _publicInputs, _lambdas, _terminals)).ToList();
            var values = new ConstraintValues(rows, tables, _work);
            var (main, auxiliary) = (_main[rows.Index]!, _auxiliary[rows.Index]);
            using var quotient = Quotient.Of(
                rows, _profile, values, main, auxiliary, _surplus[rows.Index], _work);
            main.DropSurplus();
            auxiliary?.DropSurplus();

            _clock.Begin(ProverPhase.QuotientExtension);
            using var low = new Matrix(1L << rows.HeightLog2, rows.QuotientWidth);
            var high = new Matrix(low.Rows >> Profile.SlackLog2, rows.QuotientWidth);
            quotient.Cut(_masks, low, high);
            if (rows.Index == 0) FriMask.Fill(_masks, low, high, HeightClass.ChunkWords, _work);
            _tampering.Quotient(rows.Index, low, high);
            _quotient[rows.Index] = ClassColumns.Evaluate(low, high, _profile.BlowupLog2, _work);
        }

        _clock.Begin(ProverPhase.QuotientTree);
        Commit(Label.QuotientRoot, _shape.Quotient, _quotient);
    }

    /// <summary>Opens all classes; the codeword of each as a layer.</summary>
    Matrix[] Open(Quintic zeta)
    {
        _clock.Begin(ProverPhase.Openings);
        var openings = new Quintic[_shape.Openings];
        foreach (var rows in _shape.Classes)
        {
            var (main, auxiliary, quotient) = (_main[rows.Index]!, _auxiliary[rows.Index], _quotient[rows.Index]!);
            var opened = new ClassOpenings(rows, main, auxiliary, quotient, zeta, _work);
            opened.CopyTo(openings.AsSpan(rows.OpeningsOffset, rows.Openings));
        }

        _tampering.Openings(openings);
        Say(Label.Openings, openings);
        Grind(Label.GrindBatch, _profile.GrindBatch);
        var gammas = _transcript.SqueezeElements(Label.Batch, _shape.Openings);

        _clock.Begin(ProverPhase.Codewords);
        return [.. _shape.Classes.Select(rows => Codeword(rows, zeta, gammas, openings))];
    }

    Matrix Codeword(HeightClass rows, Quintic zeta, Quintic[] gammas, Quintic[] openings)
    {
        var quotient = _quotient[rows.Index]!;
        var deep = new DeepCodeword(
            rows, [_main[rows.Index], _auxiliary[rows.Index], quotient],
            gammas.AsSpan(rows.OpeningsOffset, rows.Openings), openings.AsSpan(rows.OpeningsOffset, rows.Openings),
            _work);
        var layer = deep.Evaluate(zeta);
        _matrices.Add(layer);
        _tampering.Codeword(rows.Index, layer);
        return layer;
    }

    void Fold(Matrix[] codewords)
    {
        _clock.Begin(ProverPhase.Folding);
        var current = codewords[0];
        for (var i = 0; i < _shape.Fri.Layers.Count; i++)
        {
            var layer = _shape.Fri.Layers[i];
            _tampering.Layer(i, current);
            var leaves = FriProver.Leaves(current, layer, _work);
            _matrices.Add(leaves);
            Commit(Label.FriRoot, new MerkleTree(_shape.FriTrees[i], [LeafRows.Of(leaves)], _masks, _work));
            Grind(Label.GrindFold, _profile.GrindFold);
            _clock.Begin(ProverPhase.Folding);
            var beta = _transcript.SqueezeElement(Label.Fold);

            var folded = FriProver.Fold(current, layer.DomainLog2, layer.ArityLog2, beta, _work);
            _matrices.Add(folded);
            current.Dispose();
            current = folded;
            if (layer.EnteringClass < 0) continue;

            using var codeword = codewords[layer.EnteringClass];
            FriProver.Enter(current, codeword, beta.Power((ulong)layer.Arity), _work);
        }

        var final = FriProver.Interpolate(current);
        current.Dispose();
        _tampering.FinalPolynomial(final);
        Say(Label.FinalPolynomial, final);
        Grind(Label.GrindQueries, _profile.GrindQueries);
    }

    ClassColumns Extend(Matrix trace, Matrix mask, HeightClass rows) =>
        ClassColumns.Extend(trace, mask, _profile.BlowupLog2, _surplus[rows.Index], _work);

    Matrix DrawMask(MaskPurpose purpose, int index, int columns)
    {
        using var stream = _masks.Stream(purpose, index);
        var mask = new Matrix(_profile.MaskCoefficients, columns);
        for (var k = 0; k < mask.Rows; k++) stream.Fill(mask.Row(k));
        return mask;
    }

    void Commit(Label label, TreeLayout layout, ClassColumns?[] columns)
    {
        var leaves = layout.Classes.Select(rows => LeafRows.Of(columns[rows.Class]!.Extension));
        Commit(label, new MerkleTree(layout, [.. leaves], _masks, _work));
    }

    void Commit(Label label, MerkleTree tree)
    {
        _trees.Add(tree);
        var root = tree.Root;
        _tampering.Root(label, ref root);
        _proof.Write(root);
        _transcript.Absorb(label, root);
    }

    void Say(Label label, ReadOnlySpan<Quintic> values)
    {
        var bytes = Canonical.Bytes(values);
        _proof.Write(bytes);
        _transcript.Absorb(label, bytes);
    }

    void Grind(Label label, int bits)
    {
        if (bits == 0) return;

        _clock.Begin(ProverPhase.Grinding);
        var nonce = Grinding.Find(_transcript, label, bits, _work);
        var said = nonce;
        _tampering.Nonce(label, ref said);
        _proof.Write(said);
        if (!_transcript.TryGrind(label, bits, said)) Check.That(_transcript.TryGrind(label, bits, nonce));
    }
}
