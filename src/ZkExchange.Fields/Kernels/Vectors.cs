namespace ZkExchange.Fields.Kernels;

/// <summary>The operations of <see cref="IVectors"/> on the kernels of the process.</summary>
static unsafe class Vectors
{
    /// <summary>d = a + b.</summary>
    public static void Add(uint* d, uint* a, uint* b, int count)
    {
        Check.That(count % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512) Vectors512.Add(d, a, b, count);
        else if (KernelChoice.Selected == KernelSet.Avx2) Vectors256.Add(d, a, b, count);
        else Vectors1.Add(d, a, b, count);
    }

    /// <summary>d = a - b.</summary>
    public static void Subtract(uint* d, uint* a, uint* b, int count)
    {
        Check.That(count % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512) Vectors512.Subtract(d, a, b, count);
        else if (KernelChoice.Selected == KernelSet.Avx2) Vectors256.Subtract(d, a, b, count);
        else Vectors1.Subtract(d, a, b, count);
    }

    /// <summary>d = a b.</summary>
    public static void Multiply(uint* d, uint* a, uint* b, int count)
    {
        Check.That(count % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512) Vectors512.Multiply(d, a, b, count);
        else if (KernelChoice.Selected == KernelSet.Avx2) Vectors256.Multiply(d, a, b, count);
        else Vectors1.Multiply(d, a, b, count);
    }

    /// <summary>d = a factor.</summary>
    public static void Scale(uint* d, uint* a, KoalaBear factor, int count)
    {
        Check.That(count % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512) Vectors512.Scale(d, a, factor.Residue, count);
        else if (KernelChoice.Selected == KernelSet.Avx2) Vectors256.Scale(d, a, factor.Residue, count);
        else Vectors1.Scale(d, a, factor.Residue, count);
    }

    /// <summary>d += a factor.</summary>
    public static void AddScaled(uint* d, uint* a, KoalaBear factor, int count)
    {
        Check.That(count % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512) Vectors512.AddScaled(d, a, factor.Residue, count);
        else if (KernelChoice.Selected == KernelSet.Avx2) Vectors256.AddScaled(d, a, factor.Residue, count);
        else Vectors1.AddScaled(d, a, factor.Residue, count);
    }

    /// <summary>d = a b in E; coordinate k lies k strides behind coordinate 0.</summary>
    public static void MultiplyQuintic(uint* d, long ds, uint* a, long sa, uint* b, long sb, int count)
    {
        Check.That(count % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512) Vectors512.MultiplyQuintic(d, ds, a, sa, b, sb, count);
        else if (KernelChoice.Selected == KernelSet.Avx2) Vectors256.MultiplyQuintic(d, ds, a, sa, b, sb, count);
        else Vectors1.MultiplyQuintic(d, ds, a, sa, b, sb, count);
    }

    /// <summary>d = 1 / a in E; false where some a is zero, d is then undefined. d may not be a.</summary>
    public static bool InvertQuintic(uint* d, long ds, uint* a, long sa, int count)
    {
        Check.That(count % Matrix.Lanes == 0 && d != a);
        if (KernelChoice.Selected == KernelSet.Avx512) return Vectors512.InvertQuintic(d, ds, a, sa, count);
        if (KernelChoice.Selected == KernelSet.Avx2) return Vectors256.InvertQuintic(d, ds, a, sa, count);
        return Vectors1.InvertQuintic(d, ds, a, sa, count);
    }

    /// <summary>sum += weight_r row_r; see <see cref="IVectors.AccumulateRows"/>.</summary>
    public static void AccumulateRows(
        ulong* sums, uint* rows, long stride, int count, int words, uint* weights, long ws)
    {
        Check.That(words % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512)
        {
            Vectors512.AccumulateRows(sums, rows, stride, count, words, weights, ws);
        }
        else if (KernelChoice.Selected == KernelSet.Avx2)
        {
            Vectors256.AccumulateRows(sums, rows, stride, count, words, weights, ws);
        }
        else
        {
            Vectors1.AccumulateRows(sums, rows, stride, count, words, weights, ws);
        }
    }

    /// <summary>results[5 r + k] = coordinate k of sum_c coefficient_c row_r[c]; see
    /// <see cref="IVectors.CombineColumns"/>.</summary>
    public static void CombineColumns(
        uint* results, uint* rows, long stride, int count, int words, uint* coefficients)
    {
        Check.That(words % Matrix.Lanes == 0);
        if (KernelChoice.Selected == KernelSet.Avx512)
        {
            Vectors512.CombineColumns(results, rows, stride, count, words, coefficients);
        }
        else if (KernelChoice.Selected == KernelSet.Avx2)
        {
            Vectors256.CombineColumns(results, rows, stride, count, words, coefficients);
        }
        else
        {
            Vectors1.CombineColumns(results, rows, stride, count, words, coefficients);
        }
    }
}
