// The codeword of a class (specs/30-proof-system.md section 9, step 5):
//
//   G(x) = sum gamma (f(x) - f(zeta)) / (x - zeta) + sum gamma (f(x) - f(g zeta)) / (x - g zeta)
//
// Its degree is below K = n + n/32, so it is evaluated on the first coset and at n/32 points of the second only, then
// interpolated and extended: five columns are cheaper to extend than all columns are to read again.
//
//   G = G_lo + (x^n - sigma) G_hi,  sigma = 3^n:  G_lo from the coset, G_hi from the points.

using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Makes G of one class on its whole domain.</summary>
sealed unsafe class DeepCodeword
{
    readonly HeightClass _rows;
    readonly ClassColumns?[] _columns;                       // main, auxiliary, quotient
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
        _gammas = new uint[gammas.Length * Quintic.Degree];
        for (var i = 0; i < gammas.Length; i++)
        {
            for (var c = 0; c < Quintic.Degree; c++) _gammas[i * Quintic.Degree + c] = gammas[i][c].Residue;
            if (i < rows.OpeningsAtPoint) _opened += gammas[i] * openings[i];
            else _openedNext += gammas[i] * openings[i];
        }
    }

    long Count => 1L << _rows.HeightLog2;

    /// <summary>G on the domain of the class.</summary>
    /// <param name="zeta">zeta.</param>
    /// <param name="inverses">1 / (x - zeta) on the first coset.</param>
    /// <param name="blowupLog2">lg B.</param>
    public ExtendedMatrix Evaluate(Quintic zeta, Matrix inverses, int blowupLog2)
    {
        using var low = new Matrix(Count, Quintic.Degree);
        OnFirstCoset(inverses, low);
        CosetExtension.Interpolate(low, KoalaBear.Generator, _work.Threads);

        using var high = new Matrix(Count >> Profile.SlackLog2, Quintic.Degree);
        OnSecondCoset(zeta, high);
        Subtract(low, high);
        return CosetExtension.Evaluate(low, high, blowupLog2, _work.Threads);
    }

    void OnFirstCoset(Matrix inverses, Matrix target)
    {
        // x_i - g zeta = g (x_(i-1) - zeta)
        var generator = KoalaBear.RootOfUnity(_rows.HeightLog2).Inverse();
        _work.Ranges(Count, Tile.Points, () => new Scratch(_planes), (scratch, from, to) =>
        {
            for (var point = from; point < to; point += Tile.Points)
            {
                for (var c = 0; c < Quintic.Degree; c++)
                {
                    var plane = inverses.Pointer(c);
                    var next = scratch.InverseNext + c * Tile.Points;
                    Buffer.MemoryCopy(
                        plane + point, scratch.Inverse + c * Tile.Points, Tile.Points * 4L, Tile.Points * 4L);
                    next[0] = plane[(point - 1) & (Count - 1)];
                    Buffer.MemoryCopy(plane + point, next + 1, (Tile.Points - 1) * 4L, (Tile.Points - 1) * 4L);
                }

                TileMath.MultiplyConstant(
                    scratch.InverseNext, scratch.InverseNext, generator.Residue, Tile.Extension);
                Combine(scratch, 0, 1, point, target);
            }
        }, scratch => scratch.Dispose());
    }

    void OnSecondCoset(Quintic zeta, Matrix target)
    {
        var root = KoalaBear.RootOfUnity(_rows.HeightLog2);
        var here = new ExtensionInverses(zeta);
        var next = new ExtensionInverses(zeta * root);
        var start = CosetExtension.Point(_rows.DomainLog2, 1);
        var ratio = root.Power(1 << Profile.SlackLog2);
        _work.Ranges(target.Rows, Tile.Points, () => new Scratch(_planes), (scratch, from, to) =>
        {
            for (var point = from; point < to; point += Tile.Points)
            {
                PointPlanes.Powers(scratch.X, start * ratio.Power((ulong)point), ratio, Tile.Points);
                here.Evaluate(scratch.Inverse, Tile.Points, scratch.X, Tile.Points, scratch.Inversion);
                next.Evaluate(scratch.InverseNext, Tile.Points, scratch.X, Tile.Points, scratch.Inversion);
                Combine(scratch, 1, 1 << Profile.SlackLog2, point, target);
            }
        }, scratch => scratch.Dispose());
    }

    /// <summary>G at the points of a tile, given the inverses.</summary>
    void Combine(Scratch scratch, int coset, long step, long point, Matrix target)
    {
        var plane = 0;
        for (var tree = 0; tree < _columns.Length; tree++)
        {
            if (_columns[tree] is not { } columns) continue;

            scratch.Tile.Load(new(columns.Extension, coset, step), point, _blocks[tree], plane);
            plane += _blocks[tree].Length * Matrix.Lanes;
        }

        var (sum, sumNext) = ((nint)scratch.Sum, (nint)scratch.SumNext);
        Dot(scratch, _here, 0, -_opened, (uint*)sum);
        Dot(scratch, _next, _here.Length, -_openedNext, (uint*)sumNext);
        Multiply(scratch.Sum, scratch.Inverse);
        Multiply(scratch.SumNext, scratch.InverseNext);
        TileMath.Add(scratch.Sum, scratch.Sum, scratch.SumNext, Tile.Extension);

        // A short class has fewer points than a tile: the tile then begins again at the first, and nobody reads it.
        for (var i = 0; i < Math.Min(Tile.Points, target.Rows - point); i++)
        {
            var row = target.Pointer(point + i);
            for (var c = 0; c < Quintic.Degree; c++) row[c] = scratch.Sum[c * Tile.Points + i];
        }
    }

    void Dot(Scratch scratch, int[] planes, int firstGamma, Quintic start, uint* sum)
    {
        TileMath.Fill(sum, Tile.Points, start, Tile.Points);
        if (planes.Length == 0) return;

        for (var i = 0; i < planes.Length; i++) scratch.Terms[i] = (nint)scratch.Tile[planes[i]];
        fixed (nint* terms = scratch.Terms)
        fixed (uint* gammas = _gammas)
        {
            TileMath.Dot(
                sum, Tile.Points, (uint**)terms, planes.Length, gammas + firstGamma * Quintic.Degree, Tile.Points);
        }
    }

    static void Multiply(uint* product, uint* factor) =>
        TileMath.MultiplyExtension(product, Tile.Points, product, Tile.Points, factor, Tile.Points, Tile.Points);

    /// <summary>From values at the points to G_hi, and from G_lo to the low coefficients of G.</summary>
    void Subtract(Matrix low, Matrix high)
    {
        var count = high.Rows;
        var shift = CosetExtension.Point(_rows.DomainLog2, 1);
        var sigma = KoalaBear.Generator.Power((ulong)Count);
        var power = shift.Power((ulong)count).Residue;
        var divisor = (shift.Power((ulong)Count) - sigma).Inverse();

        // G_lo modulo x^m - shift^m, row by row; a row is one vector.
        using var residues = new Matrix(count, Quintic.Degree);
        _work.Ranges(count, 16, (from, to) =>
        {
            for (var k = from; k < to; k++)
            {
                var sum = residues.Pointer(k);
                for (var row = Count - count + k; row >= 0; row -= count)
                {
                    TileMath.MultiplyConstant(sum, sum, power, Matrix.Lanes);
                    TileMath.Add(sum, sum, low.Pointer(row), Matrix.Lanes);
                }
            }
        });

        Workers.Share(Quintic.Degree, 1, _work.Threads, (from, to) =>
        {
            for (var c = (int)from; c < to; c++)
            {
                var values = new KoalaBear[count];
                for (var k = 0; k < values.Length; k++) values[k] = residues.Row(k)[c];
                Ntt.Forward(values, shift);
                for (var i = 0; i < values.Length; i++) values[i] = (high.Row(i)[c] - values[i]) * divisor;
                Ntt.Inverse(values, shift);
                for (var k = 0; k < values.Length; k++)
                {
                    high.Row(k)[c] = values[k];
                    low.Row(k)[c] -= sigma * values[k];
                }
            }
        });
    }

    /// <summary>What a thread works on.</summary>
    sealed class Scratch(int planes) : IDisposable
    {
        readonly Tile _extensions = new(4 * Quintic.Degree + 1);
        readonly Tile _work = new(ExtensionInverses.WorkWords / Tile.Points);

        public Tile Tile { get; } = new(planes);

        public nint[] Terms { get; } = new nint[2 * planes];

        public uint* Sum => _extensions[0];

        public uint* SumNext => _extensions[Quintic.Degree];

        public uint* Inverse => _extensions[2 * Quintic.Degree];

        public uint* InverseNext => _extensions[3 * Quintic.Degree];

        public uint* X => _extensions[4 * Quintic.Degree];

        public uint* Inversion => _work[0];

        public void Dispose()
        {
            Tile.Dispose();
            _extensions.Dispose();
            _work.Dispose();
        }
    }
}
