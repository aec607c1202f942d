// The values of a class at zeta and g zeta (specs/30-proof-system.md section 9, step 4), from the rows of the first
// coset: with s = 3 and x_i = s w_n^i, a column agrees there with g of degree < n, and
//
//   f(z) = (z^n - s^n) / (n s^n) sum_i f(x_i) x_i / (z - x_i) + (z^n - s^n) r(z)
//
// For g zeta the same weights go with the next rows, because x -> f(g x) has the values f(x_(i+1)).

using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Opens the columns of one class.</summary>
sealed unsafe class ClassOpenings
{
    readonly HeightClass _rows;
    readonly Quintic _zeta;
    readonly Work _work;
    readonly ClassColumns?[] _columns;                       // main, auxiliary, quotient
    readonly Quintic[][] _here;
    readonly Quintic[][] _next;

    /// <summary>Opens.</summary>
    /// <param name="rows">The class.</param>
    /// <param name="main">Its main columns.</param>
    /// <param name="auxiliary">Its auxiliary columns, if any.</param>
    /// <param name="quotient">Its chunks, and R behind them at the tallest class.</param>
    /// <param name="zeta">Outside F.</param>
    /// <param name="work">Threads.</param>
    public ClassOpenings(
        HeightClass rows, ClassColumns main, ClassColumns? auxiliary, ClassColumns quotient, Quintic zeta, Work work)
    {
        _rows = rows;
        _zeta = zeta;
        _work = work;
        _columns = [main, auxiliary, quotient];
        _here = [.. _columns.Select(tree => new Quintic[tree?.Extension.Columns ?? 0])];
        _next = [.. _here.Take(2).Select(values => new Quintic[values.Length])];
        SumRows();
        Finish();
    }

    /// <summary>Writes the values in the order of the proof.</summary>
    public void CopyTo(Span<Quintic> openings)
    {
        var at = 0;
        foreach (var value in _here[0]) openings[at++] = value;
        foreach (var value in _here[1]) openings[at++] = value;
        foreach (var value in _here[2].AsSpan(0, HeightClass.ChunkWords)) openings[at++] = value;
        foreach (var next in _rows.NextOpenings)
            openings[at++] = _next[next.Tree == TreeKind.Main ? 0 : 1][next.Word];
    }

    void SumRows()
    {
        int[][] next = [WordsOf(TreeKind.Main), WordsOf(TreeKind.Auxiliary), []];
        var root = KoalaBear.RootOfUnity(_rows.HeightLog2);
        var inverses = new ExtensionInverses(_zeta);
        var chunk = Math.Min(1 << _rows.HeightLog2, TileInversion.Points);
        _work.Ranges(1L << _rows.HeightLog2, chunk, () => new Scratch(_columns, next),
            (scratch, from, to) =>
            {
                for (var point = from; point < to; point += chunk)
                {
                    var start = KoalaBear.Generator * root.Power((ulong)point);
                    scratch.Weigh(inverses, start, root, chunk);
                    for (var i = 0; i < chunk; i += RowSums.Rows)
                    {
                        var weights = scratch.Weights + i * Quintic.Degree;
                        for (var tree = 0; tree < _columns.Length; tree++)
                        {
                            if (_columns[tree] is not { } columns) continue;

                            scratch.Here[tree]!.Add(columns.Coset(0), point + i, 0, weights, RowSums.Rows);
                            scratch.Next[tree]?.Add(columns.Coset(0), point + i, 1, weights, RowSums.Rows);
                        }
                    }
                }
            }, Collect);
    }

    /// <summary>The columns of a tree that are opened at g zeta.</summary>
    int[] WordsOf(TreeKind tree) => [.. _rows.NextOpenings.Where(next => next.Tree == tree).Select(next => next.Word)];

    void Collect(Scratch scratch)
    {
        lock (_here)
        {
            for (var tree = 0; tree < _columns.Length; tree++)
            {
                scratch.Here[tree]?.AddTo(_here[tree]);
                scratch.Next[tree]?.AddTo(_next[tree]);
            }
        }

        scratch.Dispose();
    }

    /// <summary>From sums to values: the factor before the sum, and the mask.</summary>
    void Finish()
    {
        var count = 1UL << _rows.HeightLog2;
        var constant = KoalaBear.Generator.Power(count);
        var vanishing = _zeta.Power(count) - Quintic.From(constant);
        var scale = -vanishing * (KoalaBear.From(count) * constant).Inverse();       // inverses are those of x - zeta
        var zetaNext = _zeta * KoalaBear.RootOfUnity(_rows.HeightLog2);
        for (var tree = 0; tree < _columns.Length; tree++)
        {
            if (_columns[tree] is not { } columns) continue;

            Finish(_here[tree], scale, vanishing, RowSums.Polynomials(columns.High, _zeta, _work));
            if (tree < _next.Length)
                Finish(_next[tree], scale, vanishing, RowSums.Polynomials(columns.High, zetaNext, _work));
        }
    }

    static void Finish(Quintic[] values, Quintic scale, Quintic vanishing, Quintic[] high)
    {
        for (var i = 0; i < values.Length; i++) values[i] = values[i] * scale + vanishing * high[i];
    }

    /// <summary>What a thread works on.</summary>
    sealed class Scratch : IDisposable
    {
        const int ChunkPlanes = TileInversion.Points / Tile.Points;

        readonly Tile _points = new((1 + 2 * Quintic.Degree) * ChunkPlanes);
        readonly Tile _work = new(ExtensionInverses.WorkWords / Tile.Points);

        public Scratch(ClassColumns?[] columns, int[][] next)
        {
            Here = [.. columns.Select(tree => Make(Enumerable.Range(0, tree?.Extension.Columns ?? 0)))];
            Next = [.. next.Select(Make)];
        }

        public RowSums?[] Here { get; }

        public RowSums?[] Next { get; }

        /// <summary>x / (x - zeta) at the points of a chunk, five words a point.</summary>
        public uint* Weights => _points[ChunkPlanes];

        /// <summary>Computes the weights of a chunk.</summary>
        public void Weigh(ExtensionInverses zeta, KoalaBear start, KoalaBear root, int count)
        {
            var x = _points[0];
            var inverses = _points[(1 + Quintic.Degree) * ChunkPlanes];
            PointPlanes.Powers(x, start, root, count);
            zeta.Evaluate(inverses, TileInversion.Points, x, count, _work[0]);
            for (var c = 0; c < Quintic.Degree; c++)
            {
                var product = inverses + c * TileInversion.Points;
                TileMath.Multiply(product, product, x, count);
                for (var i = 0; i < count; i++) Weights[i * Quintic.Degree + c] = product[i];
            }
        }

        public void Dispose()
        {
            foreach (var sums in Here) sums?.Dispose();
            foreach (var sums in Next) sums?.Dispose();
            _points.Dispose();
            _work.Dispose();
        }

        static RowSums? Make(IEnumerable<int> columns) => columns.Any() ? new(columns) : null;
    }
}
