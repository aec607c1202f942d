// Low-degree extension of traces (specs/30-proof-system.md, sections 4.1 and 12.2), and the transforms around it.
//
//   a column        f, degree < n, given by its values on <w_n> or by its coefficients
//   its mask        r, degree < h <= n:  f + (x^n - 1) r  has the same values on <w_n> and agrees with
//                   f + (s^n - 1) r  on the coset s <w_n>, where x^n is constant
//   the domain      D = { 3 w_N^J }, N = B n, as B cosets s_j <w_n>, s_j = 3 w_N^j

using System.Numerics;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields;

/// <summary>Columns of polynomials onto the evaluation domain and back.</summary>
public static class CosetExtension
{
    /// <summary>The point 3 w^<paramref name="naturalIndex"/> of the domain of 2^<paramref name="pointsLog2"/> points.
    /// </summary>
    public static KoalaBear Point(int pointsLog2, long naturalIndex) =>
        KoalaBear.Generator * KoalaBear.RootOfUnity(pointsLog2).Power((ulong)naturalIndex);

    /// <summary>Extends columns given by their values on the trace domain.</summary>
    /// <param name="trace">n = 2^k rows, k = 1 .. 24 - b, row i the values at w_n^i. Its memory becomes that of
    /// the extension: nothing but disposing of it is left.</param>
    /// <param name="mask">Null, or at most n rows, row k the coefficients of x^k of every column's mask.</param>
    /// <param name="blowupLog2">b = lg B.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static ExtendedMatrix Extend(Matrix trace, Matrix? mask, int blowupLog2, int threads) =>
        Extend(trace, mask, blowupLog2, threads, [], [], KernelChoice.Selected);

    /// <summary>Extends, and evaluates the same columns on a few points of further cosets.</summary>
    /// <param name="trace">As above.</param>
    /// <param name="mask">As above.</param>
    /// <param name="blowupLog2">As above.</param>
    /// <param name="threads">As above.</param>
    /// <param name="shifts">Shifts s, not zero.</param>
    /// <param name="values">For each shift a zero matrix of m rows, m a power of two, sqrt(n) &lt;= m &lt;= n. Row i
    /// receives the values at s w_m^i.</param>
    public static ExtendedMatrix Extend(
        Matrix trace, Matrix? mask, int blowupLog2, int threads, KoalaBear[] shifts, Matrix[] values) =>
        Extend(trace, mask, blowupLog2, threads, shifts, values, KernelChoice.Selected);

    /// <summary>Extends columns g + (x^n - 3^n) r, g of degree below n given by its values on the first coset.
    /// </summary>
    /// <param name="values">n = 2^k rows, k = 1 .. 24 - b, row i the values at 3 w_n^i; it becomes the extension as a
    /// trace does.</param>
    /// <param name="high">Null, or r: at most n rows of coefficients, lowest first.</param>
    /// <param name="blowupLog2">b = lg B.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static ExtendedMatrix ExtendCoset(Matrix values, Matrix? high, int blowupLog2, int threads) =>
        Extend(values, high, blowupLog2, threads, [], [], KernelChoice.Selected, KoalaBear.Generator);

    /// <summary>Extends columns given by their coefficients: sum_k low_k x^k + x^n sum_k high_k x^k.</summary>
    /// <param name="low">n = 2^k rows, k = 1 .. 24 - b: coefficients, lowest first.</param>
    /// <param name="high">Null, or at most n rows: the coefficients of x^n and above.</param>
    /// <param name="blowupLog2">b = lg B.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static ExtendedMatrix Evaluate(Matrix low, Matrix? high, int blowupLog2, int threads) =>
        Evaluate(low, high, blowupLog2, threads, KernelChoice.Selected);

    /// <summary>Replaces the values of every column on shift &lt;w_n&gt;, natural order, by n times its coefficients,
    /// that of x^k in row <see cref="Ntt.Reverse"/>(k, lg n): whoever reads them next puts them in order.</summary>
    public static void Interpolate(Matrix values, KoalaBear shift, int threads) =>
        Interpolate(values, shift, threads, KernelChoice.Selected);

    internal static ExtendedMatrix Extend(Matrix trace, Matrix? mask, int blowupLog2, int threads, KernelSet kernels) =>
        Extend(trace, mask, blowupLog2, threads, [], [], kernels);

    internal static ExtendedMatrix Extend(
        Matrix trace, Matrix? mask, int blowupLog2, int threads, KoalaBear[] shifts, Matrix[] values,
        KernelSet kernels) =>
        Extend(trace, mask, blowupLog2, threads, shifts, values, kernels, KoalaBear.One);

    /// <summary>Extends from the values on a coset: the trace domain itself, or the first of the extension.</summary>
    static ExtendedMatrix Extend(
        Matrix trace, Matrix? mask, int blowupLog2, int threads, KoalaBear[] shifts, Matrix[] values,
        KernelSet kernels, KoalaBear from)
    {
        CheckShapes(trace, mask, threads);
        Check.That(shifts.Length == values.Length);

        // Coefficients come out as c_k (from t)^k n. The two choices of t are those that other transforms use, too.
        var plan = TransformPlan.Of(
            BitOperations.Log2((ulong)trace.Rows), from == KoalaBear.One ? KoalaBear.Generator : from.Inverse());
        var coefficientScale = from == KoalaBear.One ? KoalaBear.Generator : KoalaBear.One;
        var start = from.Power((ulong)trace.Rows);
        var extension = ExtendedMatrix.Around(trace, blowupLog2);
        var scale = KoalaBear.From((ulong)trace.Rows).Inverse();
        foreach (var points in values)
        {
            Check.That(points.Columns == trace.Columns && points.Rows >= 1L << plan.StridedLog2);
            Check.That(BitOperations.IsPow2(points.Rows) && points.Rows <= trace.Rows);
        }

        // The further cosets, then those of the domain, the last one first: each adds to the mask of the one before.
        var masked = KoalaBear.Zero;
        var outside = shifts.Select((shift, i) => (NextCoset(shift), values[i])).ToArray();
        var cosets = new Coset[1 << blowupLog2];
        for (var j = cosets.Length - 1; j >= 0; j--) cosets[j] = NextCoset(Point(plan.RowsLog2 + blowupLog2, j));

        Coset NextCoset(KoalaBear shift)
        {
            var vanishing = shift.Power((ulong)trace.Rows) - start;
            var coset = Coset.Of(plan, shift, coefficientScale, scale, vanishing - masked, mask?.Rows ?? 0);
            masked = vanishing;
            return coset;
        }

        if (kernels == KernelSet.Avx512) Run<Butterflies512>();
        else if (kernels == KernelSet.Avx2) Run<Butterflies256>();
        else Run<Butterflies1>();
        foreach (var points in values) EvaluateInPlace(points, threads, kernels);
        return extension;

        void Run<TKernel>() where TKernel : struct, IButterflies =>
            new FourStep<TKernel>(plan, trace.Columns, threads).Extend(mask, extension, cosets, outside);
    }

    internal static ExtendedMatrix Evaluate(Matrix low, Matrix? high, int blowupLog2, int threads, KernelSet kernels)
    {
        CheckShapes(low, high, threads);
        var plan = TransformPlan.Of(BitOperations.Log2((ulong)low.Rows), KoalaBear.Generator);
        var extension = new ExtendedMatrix(plan.RowsLog2, blowupLog2, low.Columns);
        var cosets = new Coset[1 << blowupLog2];
        var masked = KoalaBear.Zero;
        for (var j = cosets.Length - 1; j >= 0; j--)
        {
            var shift = Point(plan.RowsLog2 + blowupLog2, j);
            var power = shift.Power((ulong)low.Rows);
            cosets[j] = Coset.Of(plan, shift, KoalaBear.One, KoalaBear.One, power - masked, high?.Rows ?? 0);
            masked = power;
        }

        if (kernels == KernelSet.Avx512) Run<Butterflies512>();
        else if (kernels == KernelSet.Avx2) Run<Butterflies256>();
        else Run<Butterflies1>();
        return extension;

        void Run<TKernel>() where TKernel : struct, IButterflies =>
            new FourStep<TKernel>(plan, low.Columns, threads).Evaluate(low, high, extension, cosets);
    }

    internal static void Interpolate(Matrix values, KoalaBear shift, int threads, KernelSet kernels)
    {
        CheckShapes(values, null, threads);
        var plan = TransformPlan.Of(BitOperations.Log2((ulong)values.Rows), shift.Inverse());

        if (kernels == KernelSet.Avx512) Run<Butterflies512>();
        else if (kernels == KernelSet.Avx2) Run<Butterflies256>();
        else Run<Butterflies1>();

        void Run<TKernel>() where TKernel : struct, IButterflies =>
            new FourStep<TKernel>(plan, values.Columns, threads).Down(values);
    }

    /// <summary>Coefficients to values on &lt;w_n&gt;, few rows.</summary>
    static void EvaluateInPlace(Matrix coefficients, int threads, KernelSet kernels)
    {
        using var scaled = new Matrix(coefficients.Rows, coefficients.Columns);
        var (factor, ratio) = (KoalaBear.One, KoalaBear.Generator.Inverse());
        for (var k = 0L; k < scaled.Rows; k++, factor *= ratio)
        {
            var source = coefficients.Row(k);
            var target = scaled.Row(k);
            for (var c = 0; c < source.Length; c++) target[c] = source[c] * factor;
        }

        // The extension begins at 3.
        using var values = Evaluate(scaled, null, 0, threads, kernels);
        for (var i = 0L; i < scaled.Rows; i++) values.Row(i).CopyTo(coefficients.Row(i));
    }

    static void CheckShapes(Matrix low, Matrix? high, int threads)
    {
        Check.That(low.Rows >= 2 && BitOperations.IsPow2(low.Rows) && low.Rows <= 1 << KoalaBear.TwoAdicity);
        Check.That(high is null || (high.Rows <= low.Rows && high.Columns == low.Columns));
        Check.That(threads >= 1);
    }
}
