// The codeword of a class (specs/30-proof-system.md section 9, step 5):
//
//   G(x) = sum gamma (f(x) - f(zeta)) / (x - zeta) + sum gamma (f(x) - f(g zeta)) / (x - g zeta)
//
// It is read off the committed rows at every point of the domain. Evaluating it at the K points that determine it, and
// extending those five columns, reads less; but five columns fill a third of the lanes of a transform and reach memory
// one line at a time: at 2^20 rows that took four times as long.

using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Makes G of one class on its whole domain.</summary>
sealed unsafe class DeepCodeword
{
    readonly HeightClass _rows;
    readonly ClassColumns?[] _columns;                       // main, auxiliary, quotient
    readonly int _maskPlane = -1;                            // the first of the five planes of R, if it is here
    readonly int[][] _blocks;                                // the first words of the blocks of columns
    readonly int[] _here;                                    // planes of the columns opened at zeta
    readonly int[] _next;                                    // planes of the columns opened at g zeta
    readonly uint[] _gammas;
    readonly Quintic _opened;                                // sum gamma f(zeta)
    readonly Quintic _openedNext;                            // sum gamma f(g zeta)
    readonly int _planes;
    readonly Work _work;

    /// <param name="rows">The class.</param>
    /// <param name="columns">Main, auxiliary or null, quotient.</param>
    /// <param name="gammas">Of the class.</param>
    /// <param name="openings">Of the class.</param>
    /// <param name="work">Threads.</param>
    public DeepCodeword(
        HeightClass rows, ClassColumns?[] columns, ReadOnlySpan<Quintic> gammas, ReadOnlySpan<Quintic> openings,
        Work work)
    {
        _rows = rows;
        _columns = columns;
        _work = work;
        var first = new int[columns.Length];
        _blocks = new int[columns.Length][];
        for (var tree = 0; tree < columns.Length; tree++)
        {
            first[tree] = _planes;
            var count = ((columns[tree]?.Extension.Columns ?? 0) + Matrix.Lanes - 1) / Matrix.Lanes;
            _blocks[tree] = [.. Enumerable.Range(0, count).Select(b => b * Matrix.Lanes)];
            _planes += count * Matrix.Lanes;
        }

        _here =
        [
            .. Enumerable.Range(0, rows.MainWidth),
            .. Enumerable.Range(first[1], rows.AuxiliaryWidth),
            .. Enumerable.Range(first[2], HeightClass.ChunkWords),
        ];
        _next = [.. rows.NextOpenings.Select(next => first[next.Tree == TreeKind.Main ? 0 : 1] + next.Word)];
        if (rows.Index == 0) _maskPlane = first[2] + HeightClass.ChunkWords;
        _gammas = new uint[gammas.Length * Quintic.Degree];
        for (var i = 0; i < gammas.Length; i++)
        {
            for (var c = 0; c < Quintic.Degree; c++) _gammas[i * Quintic.Degree + c] = gammas[i][c].Residue;
            if (i < rows.OpeningsAtPoint) _opened += gammas[i] * openings[i];
            else _openedNext += gammas[i] * openings[i];
        }
    }

    /// <summary>G, and R with it at the tallest class: five planes in the order of the natural index.</summary>
    /// <param name="zeta">zeta.</param>
    public Matrix Evaluate(Quintic zeta)
    {
        var count = 1L << _rows.HeightLog2;
        var chunk = (int)Math.Min(count, TileInversion.Points);
        var root = KoalaBear.RootOfUnity(_rows.HeightLog2);
        var here = new ExtensionInverses(zeta);
        var next = new ExtensionInverses(zeta * root);
        var planes = new Matrix(Quintic.Degree, 1 << _rows.DomainLog2);
        for (var coset = 0; coset < 1 << (_rows.DomainLog2 - _rows.HeightLog2); coset++)
        {
            var (shift, at) = (CosetExtension.Point(_rows.DomainLog2, coset), coset);
            _work.Ranges(count, chunk, () => new Scratch(_planes), (scratch, from, to) =>
            {
                for (var point = from; point < to; point += chunk)
                {
                    PointPlanes.Powers(scratch.X, shift * root.Power((ulong)point), root, chunk);
                    here.Evaluate(scratch.Inverse, TileInversion.Points, scratch.X, chunk, scratch.Inversion);
                    next.Evaluate(scratch.InverseNext, TileInversion.Points, scratch.X, chunk, scratch.Inversion);
                    for (var i = 0; i < chunk; i += Tile.Points)
                    {
                        Combine(scratch, at, point + i, i);
                        Write(scratch.Sum, planes, at, point + i);
                    }
                }
            }, scratch => scratch.Dispose());
        }

        return planes;
    }

    /// <summary>G at the points of a tile.</summary>
    void Combine(Scratch scratch, int coset, long point, int inChunk)
    {
        // Sixteen points at a time: their columns stay in the first cache, and reading takes turns with computing.
        TileMath.Fill(scratch.Sum, Tile.Points, -_opened, Tile.Points);
        TileMath.Fill(scratch.SumNext, Tile.Points, -_openedNext, Tile.Points);
        for (var group = 0; group < Tile.Points; group += Matrix.Lanes)
        {
            var plane = scratch.Columns;
            for (var tree = 0; tree < _columns.Length; tree++)
            {
                if (_columns[tree] is not { } columns) continue;

                Load(columns.Coset(coset), point + group, _blocks[tree], plane);
                plane += _blocks[tree].Length * Matrix.Lanes * Matrix.Lanes;
            }

            Dot(scratch, _here, 0, scratch.Sum + group);
            Dot(scratch, _next, _here.Length, scratch.SumNext + group);
            for (var c = 0; c < Quintic.Degree && _maskPlane >= 0; c++)
            {
                var words = new ReadOnlySpan<uint>(scratch.Columns + (_maskPlane + c) * Matrix.Lanes, Matrix.Lanes);
                words.CopyTo(new(scratch.Mask + c * Tile.Points + group, Matrix.Lanes));
            }
        }

        Multiply(scratch.Sum, scratch.Inverse + inChunk);
        Multiply(scratch.SumNext, scratch.InverseNext + inChunk);
        TileMath.Add(scratch.Sum, scratch.Sum, scratch.SumNext, Tile.Extension);
        if (_maskPlane >= 0) TileMath.Add(scratch.Sum, scratch.Sum, scratch.Mask, Tile.Extension);
    }

    void Write(uint* sum, Matrix planes, int coset, long point)
    {
        var blowupLog2 = _rows.DomainLog2 - _rows.HeightLog2;
        for (var c = 0; c < Quintic.Degree; c++)
        {
            var target = planes.Pointer(c) + (point << blowupLog2) + coset;
            for (var i = 0; i < Tile.Points; i++) target[i << blowupLog2] = sum[c * Tile.Points + i];
        }
    }

    void Dot(Scratch scratch, int[] planes, int firstGamma, uint* sum)
    {
        if (planes.Length == 0) return;

        for (var i = 0; i < planes.Length; i++) scratch.Terms[i] = (nint)(scratch.Columns + planes[i] * Matrix.Lanes);
        fixed (nint* terms = scratch.Terms)
        fixed (uint* gammas = _gammas)
        {
            TileMath.Dot(
                sum, Tile.Points, (uint**)terms, planes.Length, gammas + firstGamma * Quintic.Degree, Matrix.Lanes);
        }
    }

    /// <summary>Sixteen points of some columns; the points after them are asked for.</summary>
    static void Load(RowSource source, long point, int[] columns, uint* planes)
    {
        var rows = stackalloc uint*[2 * Matrix.Lanes];
        for (var i = 0; i < 2 * Matrix.Lanes; i++) rows[i] = source.Pointer(point + i, 0);
        foreach (var column in columns)
        {
            Tile.Prefetch(rows + Matrix.Lanes, column, Matrix.Lanes);
            TileMath.Transpose(rows, column, planes, Matrix.Lanes);
            planes += Matrix.Lanes * Matrix.Lanes;
        }
    }

    static void Multiply(uint* product, uint* factor) => TileMath.MultiplyExtension(
        product, Tile.Points, product, Tile.Points, factor, TileInversion.Points, Tile.Points);

    /// <summary>What a thread works on.</summary>
    sealed class Scratch(int planes) : IDisposable
    {
        const int ChunkPlanes = TileInversion.Points / Tile.Points;

        readonly Tile _sums = new(3 * Quintic.Degree);
        readonly Tile _points = new((1 + 2 * Quintic.Degree) * ChunkPlanes);
        readonly Tile _work = new(ExtensionInverses.WorkWords / Tile.Points);

        readonly Tile _columns = new((planes * Matrix.Lanes + Tile.Points - 1) / Tile.Points);

        /// <summary>Sixteen points of every column.</summary>
        public uint* Columns => _columns[0];

        public nint[] Terms { get; } = new nint[2 * planes];

        public uint* Sum => _sums[0];

        public uint* SumNext => _sums[Quintic.Degree];

        public uint* Mask => _sums[2 * Quintic.Degree];

        public uint* X => _points[0];

        public uint* Inverse => _points[ChunkPlanes];

        public uint* InverseNext => _points[(1 + Quintic.Degree) * ChunkPlanes];

        public uint* Inversion => _work[0];

        public void Dispose()
        {
            _columns.Dispose();
            _sums.Dispose();
            _points.Dispose();
            _work.Dispose();
        }
    }
}
