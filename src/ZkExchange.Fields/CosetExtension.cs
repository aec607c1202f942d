// Low-degree extension of traces (specs/30-proof-system.md, sections 4.1 and 12.2), and the transforms around it.
//
//   a column        f, degree < n, given by its values on <w_n> or by its coefficients
//   its mask        r, degree < h <= n:  f + (x^n - 1) r  has the same values on <w_n> and agrees with
//                   f + (s^n - 1) r  on the coset s <w_n>, where x^n is constant
//   the domain      D = { 3 w_N^J }, N = B n, as B cosets s_j <w_n>, s_j = 3 w_N^j

using System.Numerics;

namespace ZkExchange.Fields;

/// <summary>Columns of polynomials onto the evaluation domain and back.</summary>
public static class CosetExtension
{
    /// <summary>The point 3 w^<paramref name="naturalIndex"/> of the domain of 2^<paramref name="pointsLog2"/> points.
    /// </summary>
    public static KoalaBear Point(int pointsLog2, long naturalIndex) =>
        KoalaBear.Generator * KoalaBear.RootOfUnity(pointsLog2).Power((ulong)naturalIndex);

    /// <summary>Extends columns given by their values on the trace domain.</summary>
    /// <param name="trace">n = 2^k rows, k = 1 .. 24 - b, row i the values at w_n^i. Work space: its content is lost.
    /// </param>
    /// <param name="mask">Null, or at most n rows, row k the coefficients of x^k of every column's mask.</param>
    /// <param name="blowupLog2">b = lg B.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static ExtendedMatrix Extend(Matrix trace, Matrix? mask, int blowupLog2, int threads)
    {
        Interpolate(trace, KoalaBear.One, threads);
        return Evaluate(trace, mask, blowupLog2, threads, -KoalaBear.One);
    }

    /// <summary>Extends columns given by their coefficients: sum_k low_k x^k + x^n sum_k high_k x^k.</summary>
    /// <param name="low">n = 2^k rows, k = 1 .. 24 - b: coefficients, lowest first.</param>
    /// <param name="high">Null, or at most n rows: the coefficients of x^n and above.</param>
    /// <param name="blowupLog2">b = lg B.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static ExtendedMatrix Evaluate(Matrix low, Matrix? high, int blowupLog2, int threads) =>
        Evaluate(low, high, blowupLog2, threads, KoalaBear.Zero);

    /// <summary>Replaces the values of every column on shift &lt;w_n&gt;, natural order, by its coefficients.</summary>
    public static void Interpolate(Matrix values, KoalaBear shift, int threads) =>
        ForEachColumn(values, threads, column =>
        {
            Ntt.Inverse(column, shift);
            return column;
        });

    /// <summary>The values of all columns at a point of E.</summary>
    /// <param name="extension">What <see cref="Extend"/> or <see cref="Evaluate(Matrix, Matrix?, int, int)"/> made.
    /// </param>
    /// <param name="mask">The mask or the high coefficients that were given there.</param>
    /// <param name="point">Outside the base field.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static Quintic[] ValuesAt(ExtendedMatrix extension, Matrix? mask, Quintic point, int threads)
    {
        Check.That(!point.IsBase && threads >= 1);

        // On the first coset the columns agree with g of degree < n, and f = g + (x^n - s^n) r everywhere.
        // g(z) = (z^n - s^n) / (n s^n) * sum_i x_i g(x_i) / (z - x_i).
        var count = KoalaBear.From((ulong)extension.Rows);
        var constant = KoalaBear.Generator.Power((ulong)extension.Rows);
        var vanishing = point.Power((ulong)extension.Rows) - Quintic.From(constant);
        var scale = vanishing * (count * constant).Inverse();

        var sums = new Quintic[extension.Columns];
        var root = KoalaBear.RootOfUnity(extension.RowsLog2);
        var x = KoalaBear.Generator;
        for (var i = 0L; i < extension.Rows; i++, x *= root)
        {
            var weight = x * (point - Quintic.From(x)).Inverse();
            var row = extension.Row(0, i);
            for (var c = 0; c < sums.Length; c++) sums[c] += weight * row[c];
        }

        for (var c = 0; c < sums.Length; c++) sums[c] *= scale;
        if (mask is null) return sums;

        var power = vanishing;
        for (var k = 0L; k < mask.Rows; k++, power *= point)
        {
            var row = mask.Row(k);
            for (var c = 0; c < sums.Length; c++) sums[c] += power * row[c];
        }

        return sums;
    }

    static ExtendedMatrix Evaluate(Matrix low, Matrix? high, int blowupLog2, int threads, KoalaBear constant)
    {
        Check.That(high is null || (high.Rows <= low.Rows && high.Columns == low.Columns));
        var rowsLog2 = BitOperations.Log2((ulong)low.Rows);
        var extension = new ExtendedMatrix(rowsLog2, blowupLog2, low.Columns);
        for (var coset = 0; coset < 1 << blowupLog2; coset++)
        {
            var shift = Point(rowsLog2 + blowupLog2, coset);
            var factor = shift.Power((ulong)low.Rows) + constant;
            ForEachColumn(low, threads, column => column, (column, c) =>
            {
                for (var k = 0; high is not null && k < high.Rows; k++) column[k] += factor * high[k, c];
                Ntt.Forward(column, shift);
                for (var i = 0; i < column.Length; i++) extension.Row(coset, i)[c] = column[i];
            });
        }

        return extension;
    }

    static void ForEachColumn(Matrix matrix, int threads, Func<KoalaBear[], KoalaBear[]> map) =>
        ForEachColumn(matrix, threads, map, (column, c) =>
        {
            for (var i = 0; i < column.Length; i++) matrix.Row(i)[c] = column[i];
        });

    static void ForEachColumn(
        Matrix matrix, int threads, Func<KoalaBear[], KoalaBear[]> map, Action<KoalaBear[], int> use)
    {
        Check.That(threads >= 1 && BitOperations.IsPow2(matrix.Rows));
        Parallel.For(0, matrix.Columns, new() { MaxDegreeOfParallelism = threads }, c =>
        {
            var column = new KoalaBear[matrix.Rows];
            for (var i = 0; i < column.Length; i++) column[i] = matrix.Row(i)[c];
            use(map(column), c);
        });
    }
}
