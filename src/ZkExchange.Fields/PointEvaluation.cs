// Openings without coefficients: the columns' values on one committed coset determine them everywhere.
//
// On the coset s <w_n>, points x_i, the columns agree with g of degree < n, and f = g + (x^n - s^n) r with r the mask.
// Barycentric form (Berrut, Trefethen, Barycentric Lagrange interpolation, 2004):
//   g(z) = (z^n - s^n) / (n s^n) * sum_i x_i g(x_i) / (z - x_i)

using System.Runtime.InteropServices;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields;

/// <summary>The values of extended columns at points of E.</summary>
public static unsafe class PointEvaluation
{
    // Points per weight tile: long chains share one inversion a lane. Rows per pass: a tile stays in the first cache.
    const int Tile = 256;
    const int Pass = 32;

    /// <summary>For every point the values of all columns there.</summary>
    /// <param name="extension">The columns, extended.</param>
    /// <param name="mask">The mask or the high coefficients that were given to the extension.</param>
    /// <param name="points">Outside the base field.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static Quintic[][] ValuesAt(
        ExtendedMatrix extension, Matrix? mask, ReadOnlySpan<Quintic> points, int threads)
    {
        Check.That(threads >= 1 && (mask is null || mask.Columns == extension.Columns));
        foreach (var point in points) Check.That(!point.IsBase);

        var all = points.ToArray();
        var totals = new Matrix[all.Length];
        for (var p = 0; p < all.Length; p++) totals[p] = new(Quintic.Degree, extension.Columns);
        try
        {
            Workers.Share(
                extension.Rows, Tile, threads, () => new Scratch(all.Length, extension.Stride),
                (scratch, from, to) => Accumulate(extension, all, scratch, from, to),
                scratch => scratch.AddTo(totals));
            return [.. all.Select((point, p) => Finish(extension, mask, point, totals[p]))];
        }
        finally
        {
            foreach (var total in totals) total.Dispose();
        }
    }

    static void Accumulate(ExtendedMatrix extension, Quintic[] points, Scratch scratch, long from, long to)
    {
        var root = KoalaBear.RootOfUnity(extension.RowsLog2);
        for (var p = 0; p < points.Length; p++) Weights(points[p], root, scratch.Weights(p), scratch.Work, from, to);
        for (var row = from; row < to; row += Pass)
        {
            var count = (int)Math.Min(Pass, Math.Min(to - row, extension.BlockRows));
            for (var at = row; at < Math.Min(row + Pass, to); at += count)
            {
                for (var p = 0; p < points.Length; p++)
                {
                    Vectors.AccumulateRows(
                        scratch.Sums(p), extension.Storage.Pointer(at), extension.Stride, count, extension.Stride,
                        scratch.Weights(p) + (at - from), Tile);
                }
            }
        }
    }

    // weight_i = x_i / (z - x_i) for rows from .. to - 1, at most a tile.
    static void Weights(Quintic point, KoalaBear root, uint* weights, uint* work, long from, long to)
    {
        var count = (int)((to - from + Matrix.Lanes - 1) / Matrix.Lanes * Matrix.Lanes);
        var x = KoalaBear.Generator * root.Power((ulong)from);
        var points = work + Quintic.Degree * Tile;
        for (var i = 0; i < count; i++, x *= root)
        {
            points[i] = x.Residue;
            work[i] = (point.C0 - x).Residue;
            for (var k = 1; k < Quintic.Degree; k++) work[k * Tile + i] = point[k].Residue;
        }

        Check.That(Vectors.InvertQuintic(weights, Tile, work, Tile, count));
        for (var k = 0; k < Quintic.Degree; k++)
        {
            Vectors.Multiply(weights + k * Tile, weights + k * Tile, points, count);
        }
    }

    static Quintic[] Finish(ExtendedMatrix extension, Matrix? mask, Quintic point, Matrix total)
    {
        var count = KoalaBear.From((ulong)extension.Rows);
        var constant = KoalaBear.Generator.Power((ulong)extension.Rows);
        var vanishing = point.Power((ulong)extension.Rows) - Quintic.From(constant);
        var scale = vanishing * (count * constant).Inverse();
        var values = new Quintic[extension.Columns];
        for (var c = 0; c < values.Length; c++)
        {
            values[c] = new Quintic(total[0, c], total[1, c], total[2, c], total[3, c], total[4, c]) * scale;
        }

        if (mask is null) return values;
        var power = vanishing;
        for (var k = 0L; k < mask.Rows; k++, power *= point)
        {
            var row = mask.Row(k);
            for (var c = 0; c < values.Length; c++) values[c] += power * row[c];
        }

        return values;
    }

    /// <summary>What a thread needs: weights, sums of products, room for an inversion.</summary>
    sealed class Scratch(int points, int words)
    {
        readonly nint _sums = Allocate(sizeof(ulong) * Quintic.Degree * (long)words * points);
        readonly nint _weights = Allocate(sizeof(uint) * Quintic.Degree * (long)Tile * points);

        public uint* Work { get; } = (uint*)Allocate(sizeof(uint) * (Quintic.Degree + 1) * (long)Tile);

        public ulong* Sums(int point) => (ulong*)_sums + Quintic.Degree * (long)words * point;

        public uint* Weights(int point) => (uint*)_weights + Quintic.Degree * (long)Tile * point;

        /// <summary>Reduces the sums, adds them to the totals and frees the memory.</summary>
        public void AddTo(Matrix[] totals)
        {
            lock (totals)
            {
                for (var p = 0; p < points; p++)
                {
                    for (var k = 0; k < Quintic.Degree; k++)
                    {
                        var sums = Sums(p) + k * words;
                        var row = totals[p].Row(k);
                        for (var c = 0; c < row.Length; c++)
                        {
                            var place = c / Matrix.Lanes * Matrix.Lanes + c % 2 * 8 + c % Matrix.Lanes / 2;
                            row[c] += KoalaBear.FromResidue(KoalaBear.Reduce(sums[place]));
                        }
                    }
                }
            }

            NativeMemory.AlignedFree((void*)_sums);
            NativeMemory.AlignedFree((void*)_weights);
            NativeMemory.AlignedFree(Work);
        }

        static nint Allocate(long bytes)
        {
            var memory = NativeMemory.AlignedAlloc((nuint)bytes, 64);
            NativeMemory.Clear(memory, (nuint)bytes);
            return (nint)memory;
        }
    }
}
