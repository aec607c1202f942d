namespace ZkExchange.Fields.Kernels;

/// <summary>The definition of the operations on runs, one element at a time.</summary>
readonly unsafe struct Vectors1 : IVectors
{
    public static void Add(uint* d, uint* a, uint* b, int count)
    {
        for (var i = 0; i < count; i++) d[i] = KoalaBear.Add(a[i], b[i]);
    }

    public static void Subtract(uint* d, uint* a, uint* b, int count)
    {
        for (var i = 0; i < count; i++) d[i] = KoalaBear.Subtract(a[i], b[i]);
    }

    public static void Multiply(uint* d, uint* a, uint* b, int count)
    {
        for (var i = 0; i < count; i++) d[i] = KoalaBear.Multiply(a[i], b[i]);
    }

    public static void Scale(uint* d, uint* a, uint factor, int count) => Butterflies1.Scale(d, a, count, factor);

    public static void AddScaled(uint* d, uint* a, uint factor, int count) =>
        Butterflies1.AddScaled(d, a, count, factor);

    public static void MultiplyQuintic(uint* d, long ds, uint* a, long sa, uint* b, long sb, int count)
    {
        for (var i = 0; i < count; i++) Write(d + i, ds, Read(a + i, sa) * Read(b + i, sb));
    }

    public static bool InvertQuintic(uint* d, long ds, uint* a, long sa, int count)
    {
        if (count == 0) return true;
        var product = Quintic.One;
        for (var i = 0; i < count; i++)
        {
            Write(d + i, ds, product);
            product *= Read(a + i, sa);
        }

        if (product == Quintic.Zero) return false;
        var inverse = product.Inverse();
        for (var i = count - 1; i >= 0; i--)
        {
            Write(d + i, ds, inverse * Read(d + i, ds));
            inverse *= Read(a + i, sa);
        }

        return true;
    }

    public static void AccumulateRows(
        ulong* sums, uint* rows, long stride, int count, int words, uint* weights, long ws)
    {
        for (var r = 0; r < count; r++, rows += stride, weights++)
        {
            for (var k = 0; k < Quintic.Degree; k++)
            {
                for (var c = 0; c < words; c++)
                {
                    var place = sums + k * words + c / 16 * 16 + c % 2 * 8 + c % 16 / 2;
                    *place = Fold(*place + (ulong)rows[c] * weights[k * ws]);
                }
            }
        }
    }

    public static void CombineColumns(
        uint* results, uint* rows, long stride, int count, int words, uint* coefficients)
    {
        for (var r = 0; r < count; r++, rows += stride, results += Quintic.Degree)
        {
            for (var k = 0; k < Quintic.Degree; k++)
            {
                var sum = 0u;
                for (var c = 0; c < words; c++)
                {
                    sum = KoalaBear.Add(sum, KoalaBear.Multiply(rows[c], coefficients[k * words + c]));
                }

                results[k] = sum;
            }
        }
    }

    // x below 2 p 2^32 to below p 2^32.
    static ulong Fold(ulong x)
    {
        const ulong top = (ulong)KoalaBear.Modulus << 32;
        var t = x - top;
        return t + (top & (ulong)((long)t >> 63));
    }

    static Quintic Read(uint* a, long stride) => new(
        KoalaBear.FromResidue(a[0]), KoalaBear.FromResidue(a[stride]), KoalaBear.FromResidue(a[2 * stride]),
        KoalaBear.FromResidue(a[3 * stride]), KoalaBear.FromResidue(a[4 * stride]));

    static void Write(uint* d, long stride, Quintic value)
    {
        for (var k = 0; k < Quintic.Degree; k++) d[k * stride] = value[k].Residue;
    }
}
