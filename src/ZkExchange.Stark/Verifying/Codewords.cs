// The codewords of the low-degree test, recomputed at the positions of the queries from opened rows
// (specs/30-proof-system.md section 9, steps 5 and 6). For a class with rows f, at x = 3 w_N^j:
//
//   G(x) = sum gamma (f(x) - f(zeta)) / (x - zeta) + sum gamma (f(x) - f(g zeta)) / (x - g zeta)

using ZkExchange.Fields;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Verifying;

/// <summary>G of every class, and the mask R of the tallest, at every position.</summary>
sealed class Codewords
{
    readonly Shape _shape;
    readonly int[] _positions;
    readonly Quintic _zeta;
    readonly Sums[] _sums;                                   // one for each class

    /// <summary>Nothing opened yet.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="positions">In the largest domain.</param>
    /// <param name="gammas">One for each opened value.</param>
    /// <param name="openings">The opened values.</param>
    /// <param name="zeta">Outside F, hence in no domain.</param>
    public Codewords(
        Shape shape, int[] positions, ReadOnlySpan<Quintic> gammas, ReadOnlySpan<Quintic> openings, Quintic zeta)
    {
        _shape = shape;
        _positions = positions;
        _zeta = zeta;
        _sums = new Sums[shape.Classes.Count];
        Mask = new Quintic[positions.Length];
        foreach (var rows in shape.Classes)
        {
            _sums[rows.Index] = new(rows, positions.Length,
                gammas.Slice(rows.OpeningsOffset, rows.Openings), openings.Slice(rows.OpeningsOffset, rows.Openings));
        }
    }

    /// <summary>R at each position.</summary>
    public Quintic[] Mask { get; }

    /// <summary>Adds the rows of the main, the auxiliary or the quotient tree.</summary>
    public void Add(OpeningPlan plan, MultiOpening opening)
    {
        for (var place = 0; place < plan.Rows.Count; place++)
        {
            var rows = _shape.Classes[plan.Layout.Classes[place].Class];
            var words = new uint[plan.Layout.Classes[place].Words];
            for (var i = 0; i < _positions.Length; i++)
            {
                var row = Array.BinarySearch(plan.Rows[place], _positions[i] & ((1 << rows.DomainLog2) - 1));
                Canonical.ReadWords(opening.Row(place, row), words);
                _sums[rows.Index].Add(plan.Layout.Kind, i, words);
                if (plan.Layout.Kind != TreeKind.Quotient || rows.Index != 0) continue;

                var mask = words.AsSpan(HeightClass.ChunkWords);
                Mask[i] = new(
                    KoalaBear.From(mask[0]), KoalaBear.From(mask[1]), KoalaBear.From(mask[2]),
                    KoalaBear.From(mask[3]), KoalaBear.From(mask[4]));
            }
        }
    }

    /// <summary>G of each class at each position, once the rows of all trees are added.</summary>
    public Quintic[][] Finish()
    {
        var count = _positions.Length;
        var inverses = new Quintic[2 * count * _sums.Length];
        foreach (var rows in _shape.Classes)
        {
            var root = KoalaBear.RootOfUnity(rows.DomainLog2);
            var zetaNext = _zeta * KoalaBear.RootOfUnity(rows.HeightLog2);
            for (var i = 0; i < count; i++)
            {
                var index = (ulong)_positions[i] & ((1UL << rows.DomainLog2) - 1);
                var x = Quintic.From(KoalaBear.Generator * root.Power(index));
                inverses[2 * (rows.Index * count + i)] = x - _zeta;
                inverses[2 * (rows.Index * count + i) + 1] = x - zetaNext;
            }
        }

        Check.That(Inversion.TryInvert(inverses));           // x is in F, zeta and g zeta are not
        var codewords = new Quintic[_sums.Length][];
        foreach (var rows in _shape.Classes)
        {
            var codeword = new Quintic[count];
            for (var i = 0; i < count; i++)
            {
                var (here, next) = _sums[rows.Index].At(i);
                var place = 2 * (rows.Index * count + i);
                codeword[i] = here * inverses[place] + next * inverses[place + 1];
            }

            codewords[rows.Index] = codeword;
        }

        return codewords;
    }

    /// <summary>sum gamma f(x) of a class at each position, apart for the two points.</summary>
    sealed class Sums
    {
        readonly HeightClass _rows;
        readonly uint[] _gammas;                             // five words for each opened value
        readonly int[] _nextMain;                            // words read at g zeta
        readonly int[] _nextAuxiliary;
        readonly Quintic _opened;                            // sum gamma f(zeta)
        readonly Quintic _openedNext;                        // sum gamma f(g zeta)
        readonly WordSum[] _here;
        readonly WordSum[] _next;

        public Sums(HeightClass rows, int positions, ReadOnlySpan<Quintic> gammas, ReadOnlySpan<Quintic> openings)
        {
            _rows = rows;
            _gammas = WordSum.Words(gammas);
            _nextMain = [.. rows.NextOpenings.Where(next => next.Tree == TreeKind.Main).Select(next => next.Word)];
            _nextAuxiliary =
                [.. rows.NextOpenings.Where(next => next.Tree == TreeKind.Auxiliary).Select(next => next.Word)];
            _here = new WordSum[positions];
            _next = new WordSum[positions];
            for (var i = 0; i < openings.Length; i++)
            {
                if (i < rows.OpeningsAtPoint) _opened += gammas[i] * openings[i];
                else _openedNext += gammas[i] * openings[i];
            }
        }

        public void Add(TreeKind tree, int position, ReadOnlySpan<uint> words)
        {
            var next = tree switch
            {
                TreeKind.Main => _nextMain,
                TreeKind.Auxiliary => _nextAuxiliary,
                _ => [],
            };
            var first = tree switch
            {
                TreeKind.Main => 0,
                TreeKind.Auxiliary => _rows.MainWidth,
                _ => _rows.MainWidth + _rows.AuxiliaryWidth,
            };
            if (tree == TreeKind.Quotient) words = words[..HeightClass.ChunkWords];
            _here[position].Add(words, _gammas.AsSpan(first * Quintic.Degree));

            Span<uint> read = next.Length <= 256 ? stackalloc uint[next.Length] : new uint[next.Length];
            for (var i = 0; i < next.Length; i++) read[i] = words[next[i]];

            var firstNext = _rows.OpeningsAtPoint + (tree == TreeKind.Auxiliary ? _nextMain.Length : 0);
            _next[position].Add(read, _gammas.AsSpan(firstNext * Quintic.Degree));
        }

        /// <summary>The two numerators of G.</summary>
        public (Quintic Here, Quintic Next) At(int position) =>
            (_here[position].Value - _opened, _next[position].Value - _openedNext);
    }
}
