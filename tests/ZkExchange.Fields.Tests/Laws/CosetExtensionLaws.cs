using Xunit;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields.Tests.Laws;

public sealed class CosetExtensionLaws
{
    [Theory]
    [InlineData(1, 1, 1, 0)]
    [InlineData(2, 1, 3, 1)]
    [InlineData(3, 2, 17, 8)]
    [InlineData(4, 1, 16, 3)]
    [InlineData(5, 2, 5, 7)]
    [InlineData(6, 1, 33, 20)]
    [InlineData(7, 1, 20, 128)]
    [InlineData(8, 2, 1, 30)]
    [InlineData(9, 1, 40, 41)]
    [InlineData(10, 0, 17, 100)]
    [InlineData(11, 1, 12, 414)]
    [InlineData(12, 2, 21, 252)]
    [InlineData(13, 1, 7, 252)]
    public void An_extension_is_the_masked_polynomial_on_the_domain(int rowsLog2, int blowupLog2, int columns, int h)
    {
        var random = new FieldSource(rowsLog2);
        using var trace = random.Matrix(1L << rowsLog2, columns);
        using var mask = h == 0 ? null : random.Matrix(h, columns);
        var polynomials = Enumerable.Range(0, columns).Select(c => Masked(trace, mask, c)).ToArray();

        using var extension = CosetExtension.Extend(trace, mask, blowupLog2, threads: 2);

        Assert.Equal(1L << (rowsLog2 + blowupLog2), extension.Points);
        var checks = Math.Min(extension.Points, 24);
        for (var check = 0; check < checks; check++)
        {
            var index = check < 4 ? Math.Min(check, extension.Points - 1) : random.Below(extension.Points);
            var column = (int)random.Below(columns);
            var expected = Ntt.Evaluate(polynomials[column], Quintic.From(extension.Point(index)));
            Assert.Equal(expected.C0, extension.Row(index)[column]);
        }
    }

    [Theory]
    [InlineData(4, 2, 1)]
    [InlineData(7, 5, 30)]
    [InlineData(9, 4, 0)]
    [InlineData(11, 11, 414)]
    [InlineData(12, 6, 100)]
    public void Points_of_further_cosets_are_on_the_masked_polynomial(int rowsLog2, int pointsLog2, int h)
    {
        var random = new FieldSource(rowsLog2 + 200);
        using var trace = random.Matrix(1L << rowsLog2, 19);
        using var mask = h == 0 ? null : random.Matrix(h, 19);
        var polynomials = Enumerable.Range(0, 19).Select(c => Masked(trace, mask, c)).ToArray();
        KoalaBear[] shifts = [KoalaBear.From(9), random.Element()];
        Matrix[] values = [new(1L << pointsLog2, 19), new(1L << pointsLog2, 19)];

        using var extension = CosetExtension.Extend(trace, mask, 1, 2, shifts, values);

        var root = KoalaBear.RootOfUnity(pointsLog2);
        for (var check = 0; check < 32; check++)
        {
            var (coset, row, column) = (check % 2, random.Below(1L << pointsLog2), (int)random.Below(19));
            var point = Quintic.From(shifts[coset] * root.Power((ulong)row));
            Assert.Equal(Ntt.Evaluate(polynomials[column], point).C0, values[coset].Row(row)[column]);
        }

        foreach (var points in values) points.Dispose();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 4)]
    [InlineData(5, 1)]
    [InlineData(9, 17)]
    [InlineData(10, 0)]
    [InlineData(13, 200)]
    public void Coefficients_extend_like_the_values_they_interpolate(int rowsLog2, int h)
    {
        var random = new FieldSource(rowsLog2 + 100);
        using var values = random.Matrix(1L << rowsLog2, 9);
        using var high = h == 0 ? null : random.Matrix(h, 9);
        using var coefficients = values.Copy();
        CosetExtension.Interpolate(coefficients, KoalaBear.From(5), threads: 2);
        Reorder(coefficients);
        for (var c = 0; c < 9; c++)
        {
            var column = values.Column(c);
            Ntt.Inverse(column, KoalaBear.From(5));
            Assert.Equal(column, coefficients.Column(c));
        }

        using var extension = CosetExtension.Evaluate(coefficients, high, 1, threads: 1);
        for (var check = 0; check < 16; check++)
        {
            var (index, c) = (random.Below(extension.Points), (int)random.Below(9));
            KoalaBear[] all = [.. coefficients.Column(c), .. high?.Column(c) ?? []];
            Assert.Equal(
                Ntt.Evaluate(all, Quintic.From(extension.Point(index))).C0, extension.Row(index)[c]);
        }
    }

    [Theory]
    [InlineData(3, 1, 0)]
    [InlineData(6, 2, 8)]
    [InlineData(9, 1, 64)]
    [InlineData(11, 2, 300)]
    public void An_extension_may_begin_with_the_values_on_its_first_coset(int rowsLog2, int blowupLog2, int h)
    {
        var random = new FieldSource(rowsLog2 + 300);
        using var values = random.Matrix(1L << rowsLog2, 15);
        using var high = h == 0 ? null : random.Matrix(h, 15);
        using var given = values.Copy();

        using var extension = CosetExtension.ExtendCoset(given, high, blowupLog2, threads: 2);

        var vanishing = KoalaBear.Generator.Power((ulong)values.Rows);
        for (var check = 0; check < 24; check++)
        {
            var (index, c) = (random.Below(extension.Points), (int)random.Below(15));
            var low = values.Column(c);
            Ntt.Inverse(low, KoalaBear.Generator);
            var point = extension.Point(index);
            var expected = Ntt.Evaluate(low, Quintic.From(point)).C0;
            if (high is not null)
            {
                var factor = point.Power((ulong)values.Rows) - vanishing;
                expected += factor * Ntt.Evaluate(high.Column(c), Quintic.From(point)).C0;
            }

            Assert.Equal(expected, extension.Row(index)[c]);
        }

        for (var row = 0L; row < values.Rows; row++) Assert.True(extension.Row(0, row).SequenceEqual(values.Row(row)));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 20)]
    [InlineData(9, 33)]
    [InlineData(12, 16)]
    public void Every_instruction_set_and_thread_count_yields_the_same_words(int rowsLog2, int columns)
    {
        var random = new FieldSource(rowsLog2 + 200);
        using var trace = random.Matrix(1L << rowsLog2, columns);
        using var mask = random.Matrix(3, columns);
        using var expectedWork = trace.Copy();
        using var expected = CosetExtension.Extend(expectedWork, mask, 1, threads: 1, KernelSet.Scalar);
        foreach (var kernels in KernelChoice.Available)
        {
            using var work = trace.Copy();
            using var extension = CosetExtension.Extend(work, mask, 1, threads: 3, kernels);
            for (var index = 0L; index < extension.Points; index++)
            {
                Assert.True(expected.Row(index).SequenceEqual(extension.Row(index)), $"{kernels}, point {index}");
            }

            using var coefficients = trace.Copy();
            CosetExtension.Interpolate(coefficients, KoalaBear.One, threads: 2, kernels);
            Reorder(coefficients);
            using var again = CosetExtension.Evaluate(coefficients, null, 1, threads: 2, kernels);
            Assert.True(again.Points == expected.Points);
            using var plainWork = trace.Copy();
            using var plain = CosetExtension.Extend(plainWork, null, 1, threads: 1, KernelSet.Scalar);
            for (var index = 0L; index < plain.Points; index++)
            {
                Assert.True(plain.Row(index).SequenceEqual(again.Row(index)), $"{kernels}, point {index}");
            }
        }
    }

    [Fact]
    public void Every_natural_index_is_a_row_of_its_own()
    {
        var random = new FieldSource(7);
        using var trace = random.Matrix(64, 2);
        using var extension = CosetExtension.Extend(trace, null, 2, threads: 1);
        for (var index = 0L; index < 256; index++)
        {
            Assert.True(extension.Row(index) == extension.Row((int)(index % 4), index / 4));
        }
    }

    /// <summary>From n c_k in row bitrev(k) to c_k in row k.</summary>
    static void Reorder(Matrix matrix)
    {
        using var reversed = matrix.Copy();
        var scale = KoalaBear.From((ulong)matrix.Rows).Inverse();
        for (var k = 0L; k < matrix.Rows; k++)
        {
            var source = reversed.Row(Ntt.Reverse(k, System.Numerics.BitOperations.Log2((ulong)matrix.Rows)));
            for (var c = 0; c < source.Length; c++) matrix[k, c] = source[c] * scale;
        }
    }

    static KoalaBear[] Masked(Matrix trace, Matrix? mask, int column)
    {
        var f = trace.Column(column);
        var n = f.Length;
        Ntt.Inverse(f);
        Array.Resize(ref f, n + (int)(mask?.Rows ?? 0));
        for (var k = 0; mask is not null && k < mask.Rows; k++)
        {
            f[k] -= mask[k, column];
            f[n + k] = mask[k, column];
        }

        return f;
    }
}
