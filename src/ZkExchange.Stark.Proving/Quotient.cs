// The quotient of a class (specs/30-proof-system.md sections 9 step 3, 10 and 12.3). With s = 3, sigma = s^n, and c the
// shift of the surplus points:
//
//   1. A_0 and A_1: interpolated from the cosets s <w_n> and s w_2n <w_n>, that is, Q mod x^n - sigma and x^n + sigma
//   2. Q_lo = U + x^n V with U = (A_0 + A_1) / 2, V = (A_0 - A_1) / (2 sigma)
//   3. Q_hi = (Q - Q_lo) / (x^2n - sigma^2) at the surplus points, interpolated
//   4. Q = Q_lo - sigma^2 Q_hi + x^2n Q_hi, cut every K' coefficients; blinds t_0, t_1 between the pieces

using System.Runtime.InteropServices;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>From values of the combined constraints to the coefficients of the committed chunks.</summary>
sealed unsafe class Quotient : IDisposable
{
    readonly HeightClass _rows;
    readonly Profile _profile;
    readonly Work _work;
    readonly SurplusPoints _surplus;
    readonly Matrix _coefficients;                           // five planes, 2n + m words each

    Quotient(HeightClass rows, Profile profile, SurplusPoints surplus, Work work)
    {
        _rows = rows;
        _profile = profile;
        _work = work;
        _surplus = surplus;
        _coefficients = new(Quintic.Degree, checked((int)(2 * Count + surplus.Count)));
    }

    long Count => 1L << _rows.HeightLog2;

    /// <summary>The coefficients of Q.</summary>
    /// <param name="rows">The class.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="values">Its combined constraints.</param>
    /// <param name="main">Its main columns.</param>
    /// <param name="auxiliary">Its auxiliary columns, if any.</param>
    /// <param name="surplus">Its surplus points.</param>
    /// <param name="work">Threads.</param>
    public static Quotient Of(
        HeightClass rows, Profile profile, ConstraintValues values, ClassColumns main, ClassColumns? auxiliary,
        SurplusPoints surplus, Work work)
    {
        var quotient = new Quotient(rows, profile, surplus, work);
        var root = KoalaBear.RootOfUnity(rows.HeightLog2);
        var (first, second) = (0, 1 << (profile.BlowupLog2 - 1));

        using (var cosets = new Matrix(quotient.Count, 2 * Quintic.Degree))
        {
            foreach (var (coset, word) in new[] { (first, 0), (second, Quintic.Degree) })
            {
                var shift = CosetExtension.Point(rows.DomainLog2, coset);
                values.Evaluate(
                    main.Coset(coset), auxiliary?.Coset(coset), shift, root, quotient.Count, cosets, word);
            }

            quotient.Join(cosets);
        }

        using var beyond = new Matrix(surplus.Count, Quintic.Degree);
        var step = root.Power((ulong)(quotient.Count / surplus.Count));
        values.Evaluate(
            main.Surplus(surplus), auxiliary?.Surplus(surplus), surplus.Shift, step, surplus.Count, beyond, 0);
        quotient.Extend(beyond);
        return quotient;
    }

    /// <summary>The chunks with their blinds: K' coefficients each, the last one the rest.</summary>
    /// <param name="masks">Where t_0 and t_1 come from.</param>
    /// <param name="low">Receives n rows of coefficients.</param>
    /// <param name="high">Receives the coefficients of x^n and above.</param>
    public void Cut(Masks masks, Matrix low, Matrix high)
    {
        var stride = _profile.ChunkStride(_rows.HeightLog2);
        var total = _coefficients.Columns;
        _work.Ranges(Count + high.Rows, 64, (from, to) =>
        {
            var planes = stackalloc uint*[Quintic.Degree];
            for (var c = 0; c < Quintic.Degree; c++) planes[c] = _coefficients.Pointer(c);
            for (var k = from; k < to; k++)
            {
                var row = k < Count ? low.Pointer(k) : high.Pointer(k - Count);
                for (var chunk = 0; chunk < Profile.QuotientChunks; chunk++)
                {
                    var at = chunk * (long)stride + k;
                    var isInside = at < total && (k < stride || chunk == Profile.QuotientChunks - 1);
                    for (var c = 0; c < Quintic.Degree; c++)
                        row[chunk * Quintic.Degree + c] = isInside ? planes[c][at] : 0;
                }
            }
        });

        // Q_0 + x^K' t_0,  Q_1 + x^K' t_1 - t_0,  Q_2 - t_1
        using var stream = masks.Stream(MaskPurpose.Chunk, _rows.Index);
        for (var blind = 0; blind < Profile.QuotientChunks - 1; blind++)
        {
            for (var k = 0; k < _profile.ChunkBlindCoefficients; k++)
            {
                var top = stride + k;
                var (above, below) = (blind * Quintic.Degree, (blind + 1) * Quintic.Degree);
                for (var c = 0; c < Quintic.Degree; c++)
                {
                    var t = stream.Element();
                    if (top < Count) low.Row(top)[above + c] += t;
                    else high.Row(top - Count)[above + c] += t;
                    low.Row(k)[below + c] -= t;
                }
            }
        }
    }

    public void Dispose() => _coefficients.Dispose();

    /// <summary>Q_lo from its values on two cosets.</summary>
    void Join(Matrix cosets)
    {
        CosetExtension.Interpolate(cosets, KoalaBear.Generator, _work.Threads);
        var sigma = KoalaBear.Generator.Power((ulong)Count);
        var half = KoalaBear.From(2 * (ulong)Count).Inverse();               // the interpolation leaves a factor n
        var second = half * sigma.Inverse();

        // The second coset starts at 3 w_2n and was read as if it started at 3.
        var ratio = KoalaBear.RootOfUnity(_rows.HeightLog2 + 1).Inverse();
        _work.Ranges(Count, Tile.Points, () => new Tile(Matrix.Lanes + Quintic.Degree + 1), (tile, from, to) =>
        {
            var power = tile[Matrix.Lanes];
            var result = tile[Matrix.Lanes + 1];
            for (var k = from; k < to; k += Tile.Points)
            {
                LoadReversed(cosets, k, tile);
                PointPlanes.Powers(power, ratio.Power((ulong)k), ratio, Tile.Points);
                for (var c = 0; c < Quintic.Degree; c++)
                {
                    var other = tile[Quintic.Degree + c];
                    TileMath.Multiply(other, other, power, Tile.Points);
                    TileMath.Add(result, tile[c], other, Tile.Points);
                    TileMath.MultiplyConstant(_coefficients.Pointer(c) + k, result, half.Residue, Tile.Points);
                    TileMath.Subtract(result, tile[c], other, Tile.Points);
                    TileMath.MultiplyConstant(
                        _coefficients.Pointer(c) + Count + k, result, second.Residue, Tile.Points);
                }
            }
        }, tile => tile.Dispose());
    }

    /// <summary>Coefficients k, k + 1, .. from the rows in reversed order: a line of memory each, asked for a tile
    /// before.</summary>
    void LoadReversed(Matrix rows, long k, Tile tile)
    {
        var here = stackalloc uint*[Tile.Points];
        var coming = stackalloc uint*[Tile.Points];
        var first = Ntt.Reverse(k, _rows.HeightLog2);
        var firstComing = Ntt.Reverse((k + Tile.Points) & (Count - 1), _rows.HeightLog2);
        for (var i = 0; i < Tile.Points; i++)
        {
            var within = Ntt.Reverse(i, _rows.HeightLog2);   // i < 128 are bits of their own
            here[i] = rows.Pointer(first | within);
            coming[i] = rows.Pointer(firstComing | within);
        }

        for (var group = 0; group < Tile.Points; group += Matrix.Lanes)
        {
            for (var i = 0; i < Matrix.Lanes; i++) Tile.Prefetch(coming[group + i]);
            TileMath.Transpose(here + group, 0, tile[0] + group, Tile.Points);
        }
    }

    /// <summary>Q from Q_lo and values at the surplus points.</summary>
    void Extend(Matrix beyond)
    {
        var count = _surplus.Count;
        var shift = _surplus.Shift;
        var power = shift.Power((ulong)count).Residue;
        var square = KoalaBear.Generator.Power(2 * (ulong)Count);
        var divisor = (shift.Power(2 * (ulong)Count) - square).Inverse();
        var residues = new uint[count];
        for (var c = 0; c < Quintic.Degree; c++)
        {
            var coefficients = _coefficients.Pointer(c);
            fixed (uint* sum = residues)
            {
                // Q_lo modulo x^m - c^m, then at the points.
                TileMath.Fill(sum, 0, count);
                for (var row = 2 * Count - count; row >= 0; row -= count)
                {
                    TileMath.MultiplyConstant(sum, sum, power, count);
                    TileMath.Add(sum, sum, coefficients + row, count);
                }
            }

            var values = MemoryMarshal.Cast<uint, KoalaBear>(residues.AsSpan());
            Ntt.Forward(values, shift);
            for (var i = 0; i < count; i++) values[i] = (beyond.Row(i)[c] - values[i]) * divisor;
            Ntt.Inverse(values, shift);

            // - sigma^2 Q_hi + x^2n Q_hi
            var all = MemoryMarshal.Cast<uint, KoalaBear>(new Span<uint>(coefficients, _coefficients.Columns));
            for (var k = 0; k < count; k++)
            {
                all[k] -= square * values[k];
                all[(int)(2 * Count) + k] = values[k];
            }
        }
    }
}
