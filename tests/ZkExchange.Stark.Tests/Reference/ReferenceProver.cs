// A prover by the letter of specs/30-proof-system.md, slow and plain: polynomials as lists of coefficients, quotients
// on a domain large enough to need no idea, every codeword point by point. It shows that the verifier accepts what the
// text says, and lets a test deviate at any step with the transcript going on from the deviation.

using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Fri;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Reference;

/// <summary>Where a dishonest prover may do otherwise. Each function is given what the honest one would use.</summary>
sealed record Deviations
{
    public Func<Quintic[], Quintic[]> Blinds { get; init; } = values => values;
    public Func<Quintic[], Quintic[]> Terminals { get; init; } = values => values;

    /// <summary>Coefficients of a class's quotient, before it is split.</summary>
    public Func<int, Quintic[], Quintic[]> Quotient { get; init; } = (_, coefficients) => coefficients;

    /// <summary>Coefficients of R.</summary>
    public Func<Quintic[], Quintic[]> Mask { get; init; } = coefficients => coefficients;
    public Func<Quintic[], Quintic[]> Openings { get; init; } = values => values;

    /// <summary>A class's codeword before it enters a layer.</summary>
    public Func<int, Quintic[], Quintic[]> Codeword { get; init; } = (_, values) => values;

    /// <summary>A layer before it is committed.</summary>
    public Func<int, Quintic[], Quintic[]> Layer { get; init; } = (_, values) => values;
    public Func<Quintic[], Quintic[]> Final { get; init; } = coefficients => coefficients;
    public Func<Label, ulong, ulong> Nonce { get; init; } = (_, nonce) => nonce;

    /// <summary>Bytes of a tree's opening.</summary>
    public Func<TreeKind, byte[], byte[]> Opening { get; init; } = (_, bytes) => bytes;

    /// <summary>Messages that are not absorbed.</summary>
    public Func<Label, bool> Forgets { get; init; } = _ => false;
}

/// <summary>One proof in the making.</summary>
sealed class ReferenceProver
{
    readonly VerifyingKey _key;
    readonly Profile _profile;
    readonly Claim _claim;
    readonly Shape _shape;
    readonly Random _random;
    readonly Deviations _deviations;
    readonly Transcript _transcript;
    readonly List<byte> _proof = [];
    readonly List<ReferenceTree> _trees = [];
    readonly Dictionary<int, KoalaBear[][]> _traces = [];            // by table: main columns, blinds included
    readonly Dictionary<int, Quintic[][]> _auxiliary = [];           // by table: phi .., acc

    readonly KoalaBear[][][] _main;                                  // by class: coefficients of the row's words
    readonly KoalaBear[][][] _aux;
    readonly KoalaBear[][][] _quotient;
    Fingerprint? _fingerprint;
    Quintic[] _terminals = [];

    ReferenceProver(
        VerifyingKey key, Profile profile, Claim claim, IReadOnlyList<KoalaBear[][]?> traces, int seed,
        Deviations other)
    {
        _key = key;
        _profile = profile;
        _claim = claim;
        _random = new(seed);
        _deviations = other;
        var heights = traces.Select(trace => trace is null ? Shape.Absent : Log2(trace[0].Length)).ToArray();
        var verdict = Shape.TryCreate(key, profile, heights, out var shape);
        Check.That(verdict.IsAccepted);
        _shape = shape!;
        _transcript = StarkVerifier.Begin(_shape, claim);
        _proof.AddRange(heights);
        for (var i = 0; i < traces.Count; i++)
        {
            if (traces[i] is { } trace) _traces[i] = trace;
        }

        _main = new KoalaBear[_shape.Classes.Count][][];
        _aux = new KoalaBear[_shape.Classes.Count][][];
        _quotient = new KoalaBear[_shape.Classes.Count][][];
    }

    /// <summary>A proof of a claim.</summary>
    /// <param name="traces">By table of the key: declared columns; null where absent.</param>
    public static byte[] Prove(
        VerifyingKey key, Profile profile, Claim claim, IReadOnlyList<KoalaBear[][]?> traces, int seed = 1,
        Deviations? deviations = null)
    {
        var prover = new ReferenceProver(key, profile, claim, traces, seed, deviations ?? new());
        return prover.Run();
    }

    byte[] Run()
    {
        CommitMain();
        if (_key.HasInteractions) CommitAuxiliary();

        Grind(Label.GrindConstraints, _profile.GrindConstraints);
        var lambdas = _transcript.SqueezeElements(Label.Constraints, _shape.Lambdas);
        var mask = CommitQuotient(lambdas);
        Grind(Label.GrindOutOfDomain, _profile.GrindOutOfDomain);
        var zeta = _transcript.SqueezePoint(Label.OutOfDomain);

        var openings = _deviations.Openings([.. _shape.Classes.SelectMany(rows => Open(rows, zeta))]);
        Say(Label.Openings, Canonical.Bytes(openings));
        Grind(Label.GrindBatch, _profile.GrindBatch);
        var gammas = _transcript.SqueezeElements(Label.Batch, _shape.Openings);
        RunFri(mask, zeta, openings, gammas);

        Grind(Label.GrindQueries, _profile.GrindQueries);
        var positions = _transcript.SqueezeIndices(Label.Queries, _profile.Queries, _shape.DomainLog2);
        var kinds = _shape.Trees.Select(tree => tree.Kind).ToArray();
        for (var i = 0; i < _trees.Count; i++)
        {
            _proof.AddRange(_deviations.Opening(kinds[i], _trees[i].Open(positions)));
        }

        return [.. _proof];
    }

    void CommitMain()
    {
        var blinds = Blinds();
        foreach (var table in _shape.Tables)
        {
            var index = table.Layout.Index;
            if (!table.Layout.HasBlind) continue;

            var columns = Enumerable.Range(0, Quintic.Degree).Select(k => Elements(1 << table.HeightLog2)).ToArray();
            for (var k = 0; k < Quintic.Degree; k++) columns[k][0] = blinds[table.Terminal][k];
            _traces[index] = [.. _traces[index], .. columns];
        }

        foreach (var rows in _shape.Classes)
        {
            _main[rows.Index] = [.. rows.Tables.SelectMany(table => _traces[table.Layout.Index]).Select(Mask)];
        }

        Commit(Label.MainRoot, _shape.Main, _main);
    }

    Quintic[] Blinds()
    {
        var blinds = Enumerable.Range(0, _shape.Terminals).Select(_ => Quintic.From(Elements(5))).ToArray();
        if (blinds.Length > 0) blinds[^1] -= blinds.Aggregate((a, b) => a + b);
        return _deviations.Blinds(blinds);
    }

    void CommitAuxiliary()
    {
        Grind(Label.GrindLookup, _profile.GrindLookup);
        _fingerprint = Fingerprint.Squeeze(_transcript, _key);
        var terminals = new List<Quintic>();
        foreach (var table in _shape.Tables)
        {
            if (!table.Layout.HasInteractions) continue;

            var evaluator = new ReferenceTable(table, _claim.PublicInputs, _fingerprint);
            var (trace, rows) = (_traces[table.Layout.Index], 1 << table.HeightLog2);
            var phi = table.Layout.Groups.Select(_ => new Quintic[rows]).ToArray();
            var acc = new Quintic[rows];
            var sum = table.Layout.HasBlind
                ? Quintic.From([.. Enumerable.Range(0, 5).Select(k => trace[table.Layout.BlindColumn + k][0])])
                : Quintic.Zero;
            for (var row = 0; row < rows; row++)
            {
                var (here, next) = (row, (row + 1) % rows);
                var nodes = evaluator.Nodes(column => trace[column][here], column => trace[column][next]);
                acc[row] = sum;
                for (var g = 0; g < phi.Length; g++)
                {
                    phi[g][row] = evaluator.Fraction(table.Layout.Groups[g], nodes);
                    sum += phi[g][row];
                }
            }

            _auxiliary[table.Layout.Index] = [.. phi, acc];
            terminals.Add(sum);
        }

        foreach (var rows in _shape.Classes)
        {
            var tables = rows.Tables.Where(table => table.Layout.HasInteractions);
            _aux[rows.Index] = [.. tables.SelectMany(table => _auxiliary[table.Layout.Index])
                .SelectMany(Coordinates).Select(Mask)];
        }

        Commit(Label.AuxiliaryRoot, _shape.Auxiliary!, _aux);
        _terminals = _deviations.Terminals([.. terminals]);
        Say(Label.Terminals, Canonical.Bytes(_terminals));
    }

    /// <summary>Commits the quotients and R, and returns the coefficients of R.</summary>
    Quintic[] CommitQuotient(Quintic[] lambdas)
    {
        var mask = _deviations.Mask([.. Enumerable.Range(0, Profile.DegreeBound(_shape.Classes[0].HeightLog2))
            .Select(_ => Quintic.From(Elements(5)))]);
        foreach (var rows in _shape.Classes)
        {
            var coefficients = _deviations.Quotient(rows.Index, Quotient(rows, lambdas));
            var chunks = Split(rows, coefficients);
            if (rows.Index == 0) chunks = [.. chunks, mask];
            _quotient[rows.Index] = [.. chunks.SelectMany(Coordinates)];
        }

        Commit(Label.QuotientRoot, _shape.Quotient, _quotient);
        return mask;
    }

    /// <summary>C / Z_H on four times the rows, as coefficients.</summary>
    Quintic[] Quotient(HeightClass rows, Quintic[] lambdas)
    {
        var (n, points) = (1 << rows.HeightLog2, 4 << rows.HeightLog2);
        var main = _main[rows.Index].Select(column => Evaluate(column, points)).ToArray();
        var aux = (_aux[rows.Index] ?? []).Select(column => Evaluate(column, points)).ToArray();
        var root = KoalaBear.RootOfUnity(rows.HeightLog2 + 2);
        var last = KoalaBear.RootOfUnity(rows.HeightLog2).Inverse();
        var quotient = new Quintic[points];
        var x = KoalaBear.Generator;
        for (var i = 0; i < points; i++, x *= root)
        {
            var (here, next) = (i, (i + 4) % points);
            var vanishing = x.Power((ulong)n) - KoalaBear.One;
            foreach (var table in rows.Tables)
            {
                var evaluator = new ReferenceTable(table, _claim.PublicInputs, _fingerprint);
                var (layout, first) = (table.Layout, table.MainOffset);
                var nodes = evaluator.Nodes(column => main[first + column][here], column => main[first + column][next]);
                Quintic Column(int word, int at) =>
                    Quintic.From([.. Enumerable.Range(0, 5).Select(k => aux[table.AuxiliaryOffset + word + k][at])]);

                var phi = layout.Groups.Select((_, g) => Column(5 * g, here)).ToArray();
                var blind = layout.HasBlind
                    ? Quintic.From([.. Enumerable.Range(0, 5).Select(k => main[first + layout.BlindColumn + k][here])])
                    : Quintic.Zero;
                var (acc, accNext) = layout.HasInteractions
                    ? (Column(layout.AccumulatorWord, here), Column(layout.AccumulatorWord, next))
                    : default;
                var terminal = table.Terminal < 0 ? Quintic.Zero : _terminals[table.Terminal];
                var lambda = table.LambdaOffset;
                foreach (var (kind, value) in evaluator.Constraints(nodes, blind, phi, acc, accNext, terminal))
                {
                    var divisor = kind switch
                    {
                        Rows.Every => vanishing.Inverse(),
                        Rows.First => (x - KoalaBear.One).Inverse(),
                        Rows.Transition => (x - last) * vanishing.Inverse(),
                        _ => (x - last).Inverse(),
                    };
                    quotient[i] += lambdas[lambda++] * value * divisor;
                }
            }
        }

        Ntt.Inverse(quotient.AsSpan(), KoalaBear.Generator);
        return quotient;
    }

    Quintic[][] Split(HeightClass rows, Quintic[] quotient)
    {
        var (bound, stride) = (Profile.DegreeBound(rows.HeightLog2), _profile.ChunkStride(rows.HeightLog2));
        var blinds = Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, _profile.ChunkBlindCoefficients)
            .Select(_ => Quintic.From(Elements(5))).ToArray()).ToArray();
        var chunks = new Quintic[Profile.QuotientChunks][];
        for (var k = 0; k < chunks.Length; k++)
        {
            chunks[k] = new Quintic[bound];
            var length = Math.Min(k == 2 ? bound : stride, quotient.Length - k * stride);
            Array.Copy(quotient, k * stride, chunks[k], 0, length);
            for (var i = 0; k < 2 && i < blinds[k].Length; i++) chunks[k][stride + i] += blinds[k][i];
            for (var i = 0; k > 0 && i < blinds[k - 1].Length; i++) chunks[k][i] -= blinds[k - 1][i];
        }

        return chunks;
    }

    IEnumerable<Quintic> Open(HeightClass rows, Quintic zeta)
    {
        var next = zeta * KoalaBear.RootOfUnity(rows.HeightLog2);
        var (main, aux) = (_main[rows.Index], _aux[rows.Index] ?? []);
        var chunks = _quotient[rows.Index].Take(HeightClass.ChunkWords);
        foreach (var column in main.Concat(aux).Concat(chunks)) yield return Ntt.Evaluate(column, zeta);
        foreach (var (tree, word) in rows.NextOpenings)
        {
            yield return Ntt.Evaluate((tree == TreeKind.Main ? main : aux)[word], next);
        }
    }

    /// <summary>G of a class on its domain.</summary>
    Quintic[] Codeword(HeightClass rows, Quintic zeta, Quintic[] openings, Quintic[] gammas)
    {
        var points = 1 << rows.DomainLog2;
        var (main, aux) = (_main[rows.Index], _aux[rows.Index] ?? []);
        var here = main.Concat(aux).Concat(_quotient[rows.Index].Take(HeightClass.ChunkWords));
        var next = rows.NextOpenings.Select(item => (item.Tree == TreeKind.Main ? main : aux)[item.Word]);
        var columns = here.Concat(next).Select(column => Evaluate(column, points)).ToArray();
        var zetaNext = zeta * KoalaBear.RootOfUnity(rows.HeightLog2);
        var root = KoalaBear.RootOfUnity(rows.DomainLog2);
        var codeword = new Quintic[points];
        var x = KoalaBear.Generator;
        for (var i = 0; i < points; i++, x *= root)
        {
            Quintic[] sums = [Quintic.Zero, Quintic.Zero];
            for (var c = 0; c < columns.Length; c++)
            {
                var place = rows.OpeningsOffset + c;
                sums[c < rows.OpeningsAtPoint ? 0 : 1] +=
                    gammas[place] * (Quintic.From(columns[c][i]) - openings[place]);
            }

            var point = Quintic.From(x);
            codeword[i] = sums[0] * (point - zeta).Inverse() + sums[1] * (point - zetaNext).Inverse();
        }

        return _deviations.Codeword(rows.Index, codeword);
    }

    void RunFri(Quintic[] mask, Quintic zeta, Quintic[] openings, Quintic[] gammas)
    {
        var tallest = _shape.Classes[0];
        var current = Codeword(tallest, zeta, openings, gammas);
        var masked = Evaluate(mask, current.Length);
        for (var i = 0; i < current.Length; i++) current[i] += masked[i];

        for (var index = 0; index < _shape.Fri.Layers.Count; index++)
        {
            var layer = _shape.Fri.Layers[index];
            current = _deviations.Layer(index, current);
            var (leaves, arity) = (1 << layer.LeavesLog2, layer.Arity);
            byte[][] rows = [.. Enumerable.Range(0, leaves).Select(leaf => Canonical.Bytes(Members(leaf)))];
            Commit(Label.FriRoot, new ReferenceTree(_shape.FriTrees[index], [rows]));
            Grind(Label.GrindFold, _profile.GrindFold);
            var beta = _transcript.SqueezeElement(Label.Fold);

            var root = KoalaBear.RootOfUnity(layer.DomainLog2).Inverse();
            var folded = new Quintic[leaves];
            for (var leaf = 0; leaf < leaves; leaf++)
            {
                folded[leaf] = Folding.Fold(Members(leaf), beta * root.Power((ulong)leaf));
            }

            if (layer.EnteringClass >= 0)
            {
                var entering = Codeword(_shape.Classes[layer.EnteringClass], zeta, openings, gammas);
                for (var i = 0; i < leaves; i++) folded[i] += beta.Power((ulong)arity) * entering[i];
            }

            current = folded;

            Quintic[] Members(int leaf) => [.. Enumerable.Range(0, arity).Select(k => current[leaf + k * leaves])];
        }

        var final = current.ToArray();
        Ntt.Inverse(final.AsSpan(), KoalaBear.One);
        Say(Label.FinalPolynomial, Canonical.Bytes(_deviations.Final(final[..Profile.FinalCoefficients])));
    }

    void Commit(Label label, TreeLayout layout, KoalaBear[][][] columns)
    {
        var rows = layout.Classes.Select(place =>
        {
            var words = columns[place.Class].Select(column => Evaluate(column, 1 << place.LeavesLog2)).ToArray();
            return Enumerable.Range(0, 1 << place.LeavesLog2).Select(i =>
            {
                var row = new byte[Canonical.WordBytes * words.Length + layout.SaltBytes];
                for (var w = 0; w < words.Length; w++) Canonical.Write(row.AsSpan(4 * w), words[w][i]);
                _random.NextBytes(row.AsSpan(4 * words.Length));
                return row;
            }).ToArray();
        });
        Commit(label, new ReferenceTree(layout, [.. rows]));
    }

    void Commit(Label label, ReferenceTree tree)
    {
        _trees.Add(tree);
        Say(label, tree.Root.ToArray());
    }

    void Say(Label label, byte[] bytes)
    {
        _proof.AddRange(bytes);
        if (!_deviations.Forgets(label)) _transcript.Absorb(label, bytes);
    }

    void Grind(Label label, int bits)
    {
        if (bits == 0) return;

        var prefix = new byte[Transcript.GrindingPrefixBytes];
        _transcript.WriteGrindingPrefix(label, prefix);
        var nonce = 0UL;
        while (Transcript.LeadingZeros(SHA256.HashData([.. prefix, .. BitConverter.GetBytes(nonce)])) < bits) nonce++;
        _proof.AddRange(BitConverter.GetBytes(_deviations.Nonce(label, nonce)));
        Check.That(_transcript.TryGrind(label, bits, nonce));
    }

    /// <summary>f + Z_H r as coefficients.</summary>
    KoalaBear[] Mask(KoalaBear[] values)
    {
        var coefficients = new KoalaBear[Profile.DegreeBound(Log2(values.Length))];
        values.CopyTo(coefficients, 0);
        Ntt.Inverse(coefficients.AsSpan(0, values.Length));
        var random = Elements(_profile.MaskCoefficients);
        for (var k = 0; k < random.Length; k++)
        {
            coefficients[k] -= random[k];
            coefficients[values.Length + k] += random[k];
        }

        return coefficients;
    }

    KoalaBear[] Elements(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => KoalaBear.From((uint)_random.NextInt64(KoalaBear.Modulus)))];

    static KoalaBear[] Evaluate(KoalaBear[] coefficients, int points)
    {
        var values = new KoalaBear[points];
        coefficients.CopyTo(values, 0);
        Ntt.Forward(values.AsSpan(), KoalaBear.Generator);
        return values;
    }

    static Quintic[] Evaluate(Quintic[] coefficients, int points)
    {
        var values = new Quintic[points];
        coefficients.CopyTo(values, 0);
        Ntt.Forward(values.AsSpan(), KoalaBear.Generator);
        return values;
    }

    static IEnumerable<KoalaBear[]> Coordinates(Quintic[] column) =>
        Enumerable.Range(0, Quintic.Degree).Select(k => column.Select(value => value[k]).ToArray());

    static byte Log2(int length) => (byte)System.Numerics.BitOperations.Log2((uint)length);
}
