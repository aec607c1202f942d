using Xunit;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields.Tests.Laws;

public sealed unsafe class VectorLaws
{
    const int Count = 1024;

    delegate void Map(uint* d, uint* a, uint* b);

    [Fact]
    public void Every_width_computes_the_operations_of_the_field()
    {
        foreach (var set in KernelChoice.Available)
        {
            Compare(set, (d, a, b) => Add(set, d, a, b), (a, b) => a + b);
            Compare(set, (d, a, b) => Subtract(set, d, a, b), (a, b) => a - b);
            Compare(set, (d, a, b) => Multiply(set, d, a, b), (a, b) => a * b);
            var factor = KoalaBear.From(-3);
            Compare(set, (d, a, b) => Scale(set, d, a, factor.Residue), (a, b) => a * factor);
        }
    }

    [Fact]
    public void Every_width_multiplies_in_the_extension()
    {
        foreach (var set in KernelChoice.Available)
        {
            using var a = Elements(1);
            using var b = Elements(2);
            using var d = new Matrix(Quintic.Degree, Count);
            var s = a.Stride;
            MultiplyQuintic(set, d.Pointer(0), s, a.Pointer(0), s, b.Pointer(0), s);
            for (var i = 0; i < Count; i++) Assert.True(Element(a, i) * Element(b, i) == Element(d, i), $"{set} {i}");
            MultiplyQuintic(set, a.Pointer(0), s, a.Pointer(0), s, b.Pointer(0), s);
            for (var i = 0; i < Count; i++) Assert.Equal(Element(d, i), Element(a, i));
        }
    }

    [Fact]
    public void Every_width_inverts_in_the_extension_and_refuses_zero()
    {
        foreach (var set in KernelChoice.Available)
        {
            using var a = Elements(3);
            using var d = new Matrix(Quintic.Degree, Count);
            Assert.True(Invert(set, d, a));
            for (var i = 0; i < Count; i++)
            {
                Assert.True(Element(a, i) * Element(d, i) == Quintic.One, $"{set} {i}");
            }

            for (var k = 0; k < Quintic.Degree; k++) a[k, 517] = KoalaBear.Zero;
            Assert.False(Invert(set, d, a));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 16)]
    [InlineData(32, 33)]
    [InlineData(63, 164)]
    public void Every_width_sums_columns_and_rows_with_coefficients_of_the_extension(int rows, int columns)
    {
        var random = new FieldSource(columns);
        using var matrix = random.Matrix(rows, columns);
        var coefficients = Enumerable.Range(0, columns).Select(_ => random.Extension()).ToArray();
        var weights = Enumerable.Range(0, rows).Select(_ => random.Extension()).ToArray();
        using var combination = new RowCombination(coefficients);
        var sums = new Quintic[rows];
        combination.Apply(matrix, 0, sums);
        for (var r = 0; r < rows; r++)
        {
            var expected = Quintic.Zero;
            for (var c = 0; c < columns; c++) expected += coefficients[c] * matrix[r, c];
            Assert.Equal(expected, sums[r]);
        }

        using var table = new Matrix(Quintic.Degree, rows);
        for (var r = 0; r < rows; r++)
        {
            for (var k = 0; k < Quintic.Degree; k++) table[k, r] = weights[r][k];
        }

        foreach (var set in KernelChoice.Available)
        {
            var totals = new ulong[Quintic.Degree * matrix.Stride];
            fixed (ulong* total = totals) Accumulate(set, total, matrix, rows, table);
            for (var c = 0; c < columns; c++)
            {
                var expected = Quintic.Zero;
                for (var r = 0; r < rows; r++) expected += weights[r] * matrix[r, c];
                for (var k = 0; k < Quintic.Degree; k++)
                {
                    var place = k * matrix.Stride + c / 16 * 16 + c % 2 * 8 + c % 16 / 2;
                    Assert.Equal(expected[k].Residue, KoalaBear.Reduce(totals[place]));
                }
            }
        }
    }

    [Theory]
    [InlineData(null, KernelSet.Avx512, KernelSet.Avx512)]
    [InlineData("", KernelSet.Avx2, KernelSet.Avx2)]
    [InlineData("scalar", KernelSet.Avx512, KernelSet.Scalar)]
    [InlineData("avx2", KernelSet.Avx512, KernelSet.Avx2)]
    [InlineData("avx512", KernelSet.Avx2, KernelSet.Avx2)]
    [InlineData("avx512", KernelSet.Scalar, KernelSet.Scalar)]
    public void A_wish_only_lowers_the_choice(string? wish, KernelSet strongest, KernelSet expected) =>
        Assert.Equal(expected, KernelChoice.Select(wish, strongest));

    [Fact]
    public void An_unknown_wish_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => KernelChoice.Select("sse", KernelSet.Avx2));

    static void Compare(KernelSet set, Map kernel, Func<KoalaBear, KoalaBear, KoalaBear> definition)
    {
        var random = new FieldSource(11);
        using var values = random.Matrix(3, Count);
        kernel(values.Pointer(0), values.Pointer(1), values.Pointer(2));
        for (var i = 0; i < Count; i++)
        {
            Assert.True(definition(values[1, i], values[2, i]) == values[0, i], $"{set} {i}");
        }
    }

    static Matrix Elements(int seed)
    {
        var random = new FieldSource(seed);
        var matrix = random.Matrix(Quintic.Degree, Count);
        for (var i = 0; i < Count; i++)
        {
            if (Element(matrix, i) == Quintic.Zero) matrix[0, i] = KoalaBear.One;
            if (i % 8 != 1) continue;
            for (var k = 0; k < Quintic.Degree; k++) matrix[k, i] = KoalaBear.FromResidue(KoalaBear.Modulus - 1);
        }

        return matrix;
    }

    static Quintic Element(Matrix matrix, int i) =>
        new(matrix[0, i], matrix[1, i], matrix[2, i], matrix[3, i], matrix[4, i]);

    static void Add(KernelSet set, uint* d, uint* a, uint* b)
    {
        if (set == KernelSet.Avx512) Vectors512.Add(d, a, b, Count);
        else if (set == KernelSet.Avx2) Vectors256.Add(d, a, b, Count);
        else Vectors1.Add(d, a, b, Count);
    }

    static void Subtract(KernelSet set, uint* d, uint* a, uint* b)
    {
        if (set == KernelSet.Avx512) Vectors512.Subtract(d, a, b, Count);
        else if (set == KernelSet.Avx2) Vectors256.Subtract(d, a, b, Count);
        else Vectors1.Subtract(d, a, b, Count);
    }

    static void Multiply(KernelSet set, uint* d, uint* a, uint* b)
    {
        if (set == KernelSet.Avx512) Vectors512.Multiply(d, a, b, Count);
        else if (set == KernelSet.Avx2) Vectors256.Multiply(d, a, b, Count);
        else Vectors1.Multiply(d, a, b, Count);
    }

    static void Scale(KernelSet set, uint* d, uint* a, uint factor)
    {
        if (set == KernelSet.Avx512) Vectors512.Scale(d, a, factor, Count);
        else if (set == KernelSet.Avx2) Vectors256.Scale(d, a, factor, Count);
        else Vectors1.Scale(d, a, factor, Count);
    }

    static void MultiplyQuintic(KernelSet set, uint* d, long ds, uint* a, long sa, uint* b, long sb)
    {
        if (set == KernelSet.Avx512) Vectors512.MultiplyQuintic(d, ds, a, sa, b, sb, Count);
        else if (set == KernelSet.Avx2) Vectors256.MultiplyQuintic(d, ds, a, sa, b, sb, Count);
        else Vectors1.MultiplyQuintic(d, ds, a, sa, b, sb, Count);
    }

    static bool Invert(KernelSet set, Matrix d, Matrix a)
    {
        var s = a.Stride;
        if (set == KernelSet.Avx512) return Vectors512.InvertQuintic(d.Pointer(0), s, a.Pointer(0), s, Count);
        if (set == KernelSet.Avx2) return Vectors256.InvertQuintic(d.Pointer(0), s, a.Pointer(0), s, Count);
        return Vectors1.InvertQuintic(d.Pointer(0), s, a.Pointer(0), s, Count);
    }

    static void Accumulate(KernelSet set, ulong* sums, Matrix m, int rows, Matrix table)
    {
        var w = (nint)table.Pointer(0);
        for (var r = 0; r < rows; r++)
        {
            // One row at a time where rows are not contiguous; pairs of rows otherwise.
            var count = m.BlockRows == m.Rows ? rows : 1;
            var row = m.Pointer(r);
            if (set == KernelSet.Avx512)
            {
                Vectors512.AccumulateRows(sums, row, m.Stride, count, m.Stride, (uint*)w + r, table.Stride);
            }
            else if (set == KernelSet.Avx2)
            {
                Vectors256.AccumulateRows(sums, row, m.Stride, count, m.Stride, (uint*)w + r, table.Stride);
            }
            else
            {
                Vectors1.AccumulateRows(sums, row, m.Stride, count, m.Stride, (uint*)w + r, table.Stride);
            }

            if (count > 1) return;
        }
    }
}
