// The codeword of a class (specs/30-proof-system.md section 9, step 5):
//
//   G(x) = (F(x) - F(zeta)) / (x - zeta) + (F'(x) - F'(g zeta)) / (x - g zeta)
//
// where F = sum gamma f over the columns opened at zeta, F' that over those opened at g zeta. Both are read off the
// rows of the first coset only: with the combination of the high coefficients they are known everywhere, and extending
// ten columns (fifteen, with the mask R of the tallest class) costs less than reading all columns on another coset.

using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Makes G of one class on its whole domain.</summary>
sealed unsafe class DeepCodeword
{
    const int Words = 3 * Quintic.Degree;                    // F, F', R
    const int NextWord = Quintic.Degree;
    const int MaskWord = 2 * Quintic.Degree;
    const int Terms = 64;                                    // weighted at a time

    readonly HeightClass _rows;
    readonly ClassColumns?[] _columns;                       // main, auxiliary, quotient
    readonly int _maskPlane = -1;                            // the first of the five planes of R, if it is here
    readonly ColumnBlock[][] _blocks;
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
        _blocks = new ColumnBlock[columns.Length][];
        for (var tree = 0; tree < columns.Length; tree++)
        {
            first[tree] = _planes;
            var count = ((columns[tree]?.Extension.Columns ?? 0) + Matrix.Lanes - 1) / Matrix.Lanes;
            _blocks[tree] = [.. Enumerable.Range(0, count).Select(b => new ColumnBlock(b * Matrix.Lanes, 0))];
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
        var blowupLog2 = _rows.DomainLog2 - _rows.HeightLog2;
        using var sums = new Matrix(count, Words, count << blowupLog2, Words);
        Combine(sums, columns => columns.Extension.Storage);

        using var high = new Matrix(_columns.Max(tree => tree?.High.Rows ?? 0), Words);
        Combine(high, columns => columns.High);

        using var extension = CosetExtension.ExtendCoset(sums, high, blowupLog2, _work.Threads);
        return Divide(extension, zeta);
    }

    /// <summary>F, F' and R of the first rows of a matrix of each tree; a row that is not there is zero.</summary>
    void Combine(Matrix target, Func<ClassColumns, Matrix> matrix)
    {
        var sources = _columns.Select(columns => columns is null ? null : matrix(columns)).ToArray();
        _work.Ranges(target.Rows, Tile.Points, () => new Scratch(_planes, _here, _next), (scratch, from, to) =>
        {
            // Sixteen rows at a time: their columns stay in the first cache, and reading takes turns with computing.
            for (var row = from; row < to; row += Matrix.Lanes)
            {
                var plane = scratch.Columns;
                for (var tree = 0; tree < _columns.Length; tree++)
                {
                    if (sources[tree] is not { } source) continue;

                    Load(source, row, _blocks[tree], plane, scratch.Zeros);
                    plane += _blocks[tree].Length * Matrix.Lanes * Matrix.Lanes;
                    var isMore = row + 2 * Matrix.Lanes <= source.Rows;
                    scratch.Ahead[tree].Expect(
                        new(source), row + Matrix.Lanes, isMore ? Matrix.Lanes : 0, _blocks[tree]);
                }

                TileMath.Fill(scratch.Sums, 0, Matrix.Lanes * Matrix.Lanes);
                Dot(scratch.Here, 0, scratch.Sums, scratch.Ahead);
                Dot(scratch.Next, _here.Length, scratch.Sums + NextWord * Matrix.Lanes, scratch.Ahead);
                if (_maskPlane >= 0)
                {
                    var mask = new ReadOnlySpan<uint>(
                        scratch.Columns + _maskPlane * Matrix.Lanes, Quintic.Degree * Matrix.Lanes);
                    mask.CopyTo(new(scratch.Sums + MaskWord * Matrix.Lanes, mask.Length));
                }

                Store(scratch, target, row, (int)Math.Min(Matrix.Lanes, to - row));
            }
        }, scratch => scratch.Dispose());
    }

    /// <summary>Some terms at a time; the rows that come next are asked for between them.</summary>
    void Dot(nint[] planes, int firstGamma, uint* sum, RowsAhead[] ahead)
    {
        fixed (nint* terms = planes)
        fixed (uint* gammas = _gammas)
        {
            for (var k = 0; k < planes.Length; k += Terms)
            {
                foreach (var rows in ahead) rows.Ask(Terms);
                TileMath.Dot(
                    sum, Matrix.Lanes, (uint**)terms + k, Math.Min(Terms, planes.Length - k),
                    gammas + (firstGamma + k) * Quintic.Degree, Matrix.Lanes);
            }
        }
    }

    /// <summary>Sixteen rows of some columns.</summary>
    static void Load(Matrix source, long row, ColumnBlock[] blocks, uint* planes, uint* zeros)
    {
        var rows = stackalloc uint*[Matrix.Lanes];
        for (var i = 0; i < Matrix.Lanes; i++) rows[i] = row + i < source.Rows ? source.Pointer(row + i) : zeros;

        foreach (var block in blocks)
        {
            TileMath.Transpose(rows, block.Column, planes, Matrix.Lanes);
            planes += Matrix.Lanes * Matrix.Lanes;
        }
    }

    static void Store(Scratch scratch, Matrix target, long row, int count)
    {
        var planes = stackalloc uint*[Matrix.Lanes];
        for (var word = 0; word < Matrix.Lanes; word++) planes[word] = scratch.Sums + word * Matrix.Lanes;
        TileMath.Transpose(planes, 0, scratch.Rows, Matrix.Lanes);
        for (var i = 0; i < count; i++)
        {
            var words = new ReadOnlySpan<uint>(scratch.Rows + i * Matrix.Lanes, Matrix.Lanes);
            words.CopyTo(new(target.Pointer(row + i), Matrix.Lanes));
        }
    }

    /// <summary>G from F and F' on the domain.</summary>
    Matrix Divide(ExtendedMatrix sums, Quintic zeta)
    {
        var chunk = (int)Math.Min(sums.Rows, TileInversion.Points);
        var root = KoalaBear.RootOfUnity(_rows.HeightLog2);
        var here = new ExtensionInverses(zeta);
        var next = new ExtensionInverses(zeta * root);
        var planes = new Matrix(Quintic.Degree, 1 << _rows.DomainLog2);
        _work.Ranges(sums.Rows, chunk, () => new Quotients(), (scratch, from, to) =>
        {
            for (var point = from; point < to; point += chunk)
            {
                // All cosets of a chunk, one after the other: their values are neighbours in the natural order.
                for (var coset = 0; coset < 1 << sums.BlowupLog2; coset++)
                {
                    var shift = CosetExtension.Point(_rows.DomainLog2, coset) * root.Power((ulong)point);
                    PointPlanes.Powers(scratch.X, shift, root, chunk);
                    here.Evaluate(scratch.Inverse, TileInversion.Points, scratch.X, chunk, scratch.Inversion);
                    if (_next.Length > 0)
                        next.Evaluate(scratch.InverseNext, TileInversion.Points, scratch.X, chunk, scratch.Inversion);
                    for (var i = 0; i < chunk; i += Tile.Points)
                    {
                        Divide(scratch, new(sums, coset), point + i, i);
                        Write(scratch.Sum(0), planes, coset, point + i);
                    }
                }
            }
        }, scratch => scratch.Dispose());
        return planes;
    }

    void Divide(Quotients scratch, RowSource sums, long point, int inChunk)
    {
        scratch.Load(sums, point);
        var sum = scratch.Sum(0);
        Subtract(sum, _opened);
        Multiply(sum, scratch.Inverse + inChunk);
        if (_next.Length > 0)
        {
            var next = scratch.Sum(NextWord);
            Subtract(next, _openedNext);
            Multiply(next, scratch.InverseNext + inChunk);
            TileMath.Add(sum, sum, next, Tile.Extension);
        }

        if (_maskPlane >= 0) TileMath.Add(sum, sum, scratch.Sum(MaskWord), Tile.Extension);
    }

    static void Subtract(uint* sum, Quintic value)
    {
        for (var c = 0; c < Quintic.Degree; c++)
        {
            var plane = sum + c * Tile.Points;
            TileMath.AddConstant(plane, plane, (-value[c]).Residue, Tile.Points);
        }
    }

    static void Multiply(uint* product, uint* factor) => TileMath.MultiplyExtension(
        product, Tile.Points, product, Tile.Points, factor, TileInversion.Points, Tile.Points);

    void Write(uint* sum, Matrix planes, int coset, long point)
    {
        var blowupLog2 = _rows.DomainLog2 - _rows.HeightLog2;
        for (var c = 0; c < Quintic.Degree; c++)
        {
            var target = planes.Pointer(c) + (point << blowupLog2) + coset;
            for (var i = 0; i < Tile.Points; i++) target[i << blowupLog2] = sum[c * Tile.Points + i];
        }
    }

    /// <summary>What a thread combines with.</summary>
    sealed class Scratch : IDisposable
    {
        readonly Tile _sums = new(2 * Matrix.Lanes * Matrix.Lanes / Tile.Points);
        readonly Tile _columns;
        readonly Tile _zeros;

        public Scratch(int planes, int[] here, int[] next)
        {
            _columns = new((planes * Matrix.Lanes + Tile.Points - 1) / Tile.Points);
            _zeros = new((planes + Tile.Points - 1) / Tile.Points);
            TileMath.Fill(_zeros[0], 0, _zeros.Planes * Tile.Points);
            Here = [.. here.Select(Plane)];
            Next = [.. next.Select(Plane)];
        }

        /// <summary>The rows of each tree that come next.</summary>
        public RowsAhead[] Ahead { get; } = [new(Matrix.Lanes), new(Matrix.Lanes), new(Matrix.Lanes)];

        /// <summary>Sixteen rows of every column.</summary>
        public uint* Columns => _columns[0];

        /// <summary>A row of zeros.</summary>
        public uint* Zeros => _zeros[0];

        /// <summary>Sixteen planes of sixteen words.</summary>
        public uint* Sums => _sums[0];

        /// <summary>The same as rows.</summary>
        public uint* Rows => Sums + Matrix.Lanes * Matrix.Lanes;

        /// <summary>The planes of the columns opened at zeta.</summary>
        public nint[] Here { get; }

        /// <summary>The planes of the columns opened at g zeta.</summary>
        public nint[] Next { get; }

        public void Dispose()
        {
            foreach (var rows in Ahead) rows.Dispose();
            _columns.Dispose();
            _zeros.Dispose();
            _sums.Dispose();
        }

        nint Plane(int plane) => (nint)(Columns + plane * Matrix.Lanes);
    }

    /// <summary>What a thread divides with.</summary>
    sealed class Quotients : IDisposable
    {
        const int ChunkPlanes = TileInversion.Points / Tile.Points;

        readonly Tile _sums = new(Matrix.Lanes);
        readonly Tile _points = new((1 + 2 * Quintic.Degree) * ChunkPlanes);
        readonly Tile _work = new(ExtensionInverses.WorkWords / Tile.Points);

        public uint* X => _points[0];

        public uint* Inverse => _points[ChunkPlanes];

        public uint* InverseNext => _points[(1 + Quintic.Degree) * ChunkPlanes];

        public uint* Inversion => _work[0];

        /// <summary>The planes that begin with a word of the rows.</summary>
        public uint* Sum(int word) => _sums[word];

        /// <summary>A tile of rows.</summary>
        public void Load(RowSource source, long point)
        {
            var rows = stackalloc uint*[2 * Matrix.Lanes];
            for (var group = 0; group < Tile.Points; group += Matrix.Lanes)
            {
                source.Locate(point + group, 0, rows, 2 * Matrix.Lanes);
                for (var i = 0; i < Matrix.Lanes; i++) Tile.Prefetch(rows[Matrix.Lanes + i]);
                TileMath.Transpose(rows, 0, _sums[0] + group, Tile.Points);
            }
        }

        public void Dispose()
        {
            _sums.Dispose();
            _points.Dispose();
            _work.Dispose();
        }
    }
}
