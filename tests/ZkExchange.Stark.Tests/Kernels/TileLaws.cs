using Xunit;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Tests.Kernels;

/// <summary>The tile kernels of every instruction set are the definition, word by word, edges included.</summary>
public sealed unsafe class TileLaws
{
    const int Count = 256;

    delegate void Binary(uint* d, uint* a, uint* b, int count);

    delegate void Unary(uint* d, uint* a, int count);

    delegate void Extension(uint* d, int ds, uint* a, int sa, uint* b, int sb, int count);

    delegate void Combination(uint* sum, int stride, uint** planes, int terms, uint* coefficients, int count);

    delegate void Transposition(uint** rows, int column, uint* planes, int stride);

    delegate void Weighting(uint* sums, uint** rows, int column, uint* weights, int count);

    static bool Has512 => KernelChoice.Strongest >= KernelSet.Avx512;

    static bool Has256 => KernelChoice.Strongest >= KernelSet.Avx2;

    [Fact]
    public void The_definition_is_the_field()
    {
        using var v = Drawn(3, Count);
        TileScalar.Multiply(v.Pointer(0), v.Pointer(1), v.Pointer(2), Count);
        for (var i = 0; i < Count; i++) Assert.Equal(v[1, i] * v[2, i], v[0, i]);
        TileScalar.Add(v.Pointer(0), v.Pointer(1), v.Pointer(2), Count);
        for (var i = 0; i < Count; i++) Assert.Equal(v[1, i] + v[2, i], v[0, i]);
        TileScalar.Subtract(v.Pointer(0), v.Pointer(1), v.Pointer(2), Count);
        for (var i = 0; i < Count; i++) Assert.Equal(v[1, i] - v[2, i], v[0, i]);
        TileScalar.Cube(v.Pointer(0), v.Pointer(1), Count);
        for (var i = 0; i < Count; i++) Assert.Equal(v[1, i].Power(3), v[0, i]);
    }

    [Fact]
    public void Sums_differences_and_products_agree()
    {
        Same(TileScalar.Add, Tile512.Add, Tile256.Add);
        Same(TileScalar.Subtract, Tile512.Subtract, Tile256.Subtract);
        Same(TileScalar.Multiply, Tile512.Multiply, Tile256.Multiply);
    }

    [Fact]
    public void Operations_with_constants_and_cubes_agree()
    {
        foreach (var c in new[] { 0u, 1u, 33554430u, KoalaBear.Modulus - 1 })
        {
            Same(
                (d, a, n) => TileScalar.AddConstant(d, a, c, n), (d, a, n) => Tile512.AddConstant(d, a, c, n),
                (d, a, n) => Tile256.AddConstant(d, a, c, n));
            Same(
                (d, a, n) => TileScalar.SubtractFromConstant(d, c, a, n),
                (d, a, n) => Tile512.SubtractFromConstant(d, c, a, n),
                (d, a, n) => Tile256.SubtractFromConstant(d, c, a, n));
            Same(
                (d, a, n) => TileScalar.MultiplyConstant(d, a, c, n),
                (d, a, n) => Tile512.MultiplyConstant(d, a, c, n),
                (d, a, n) => Tile256.MultiplyConstant(d, a, c, n));
        }

        Same(TileScalar.Cube, Tile512.Cube, Tile256.Cube);
    }

    [Fact]
    public void Products_of_the_extension_agree()
    {
        if (Has512) Check(Tile512.MultiplyExtension);
        if (Has256) Check(Tile256.MultiplyExtension);

        static void Check(Extension kernel)
        {
            using var v = Drawn(20, Count);
            var s = v.Stride;
            TileScalar.MultiplyExtension(v.Pointer(10), s, v.Pointer(0), s, v.Pointer(5), s, Count);
            kernel(v.Pointer(15), s, v.Pointer(0), s, v.Pointer(5), s, Count);
            for (var c = 0; c < Quintic.Degree; c++) Assert.True(v.Row(10 + c).SequenceEqual(v.Row(15 + c)));
            kernel(v.Pointer(0), s, v.Pointer(0), s, v.Pointer(5), s, Count);
            for (var c = 0; c < Quintic.Degree; c++) Assert.True(v.Row(10 + c).SequenceEqual(v.Row(c)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(33)]
    public void Combinations_of_planes_agree(int terms)
    {
        if (Has512) Check(Tile512.Dot);
        if (Has256) Check(Tile256.Dot);

        void Check(Combination kernel)
        {
            using var v = Drawn(terms, Count);
            using var coefficients = Drawn(1, terms * Quintic.Degree);
            using var expected = Drawn(Quintic.Degree, Count);
            using var sums = Drawn(Quintic.Degree, Count);
            var planes = stackalloc uint*[terms];
            for (var k = 0; k < terms; k++) planes[k] = v.Pointer(k);
            TileScalar.Dot(expected.Pointer(0), expected.Stride, planes, terms, coefficients.Pointer(0), Count);
            kernel(sums.Pointer(0), sums.Stride, planes, terms, coefficients.Pointer(0), Count);
            for (var c = 0; c < Quintic.Degree; c++) Assert.True(expected.Row(c).SequenceEqual(sums.Row(c)));
        }
    }

    [Fact]
    public void Transpositions_agree()
    {
        if (Has512) Check(Tile512.Transpose);
        if (Has256) Check(Tile256.Transpose);

        static void Check(Transposition kernel)
        {
            using var rows = Drawn(Matrix.Lanes, 40);
            using var planes = new Matrix(Matrix.Lanes, 48);
            var pointers = stackalloc uint*[Matrix.Lanes];
            for (var r = 0; r < Matrix.Lanes; r++) pointers[r] = rows.Pointer(r);
            kernel(pointers, 16, planes.Pointer(0) + 16, (int)(planes.Pointer(1) - planes.Pointer(0)));
            for (var r = 0; r < Matrix.Lanes; r++)
            {
                for (var c = 0; c < Matrix.Lanes; c++)
                {
                    var place = planes.Pointer(0) + 16 + c * (planes.Pointer(1) - planes.Pointer(0)) + r;
                    Assert.Equal(rows.Pointer(r)[16 + c], *place);
                }
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public void Weighted_sums_of_rows_agree(int count)
    {
        if (Has512) Check(Tile512.RowDot);
        if (Has256) Check(Tile256.RowDot);

        void Check(Weighting kernel)
        {
            using var rows = Drawn(count, 48);
            using var weights = Drawn(1, count * Quintic.Degree);
            using var expected = Drawn(1, Quintic.Degree * Matrix.Lanes);
            using var sums = Drawn(1, Quintic.Degree * Matrix.Lanes);
            var pointers = stackalloc uint*[count];
            for (var r = 0; r < count; r++) pointers[r] = rows.Pointer(r);
            TileScalar.RowDot(expected.Pointer(0), pointers, 32, weights.Pointer(0), count);
            kernel(sums.Pointer(0), pointers, 32, weights.Pointer(0), count);
            Assert.True(expected.Row(0).SequenceEqual(sums.Row(0)));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(512)]
    [InlineData(2048)]
    public void An_inversion_undoes_every_product_and_refuses_zero(int count)
    {
        using var values = Drawn(Quintic.Degree, count);
        for (var i = 0; i < count; i++) values[4, i] += KoalaBear.From(values[4, i] == -KoalaBear.One ? 2 : 1);
        using var inverses = new Matrix(Quintic.Degree, count);
        for (var c = 0; c < Quintic.Degree; c++) values.Row(c).CopyTo(inverses.Row(c));
        using var work = new Matrix(1, TileInversion.ExtensionWords);
        Assert.True(TileInversion.Extension(inverses.Pointer(0), inverses.Stride, count, work.Pointer(0)));
        for (var i = 0; i < count; i++)
        {
            var product = TileScalar.Get(values.Pointer(0) + i, values.Stride)
                * TileScalar.Get(inverses.Pointer(0) + i, inverses.Stride);
            Assert.Equal(Quintic.One, product);
        }

        for (var c = 0; c < Quintic.Degree; c++) values[c, count / 3] = KoalaBear.Zero;
        Assert.False(TileInversion.Extension(values.Pointer(0), values.Stride, count, work.Pointer(0)));
    }

    static void Same(Binary definition, Binary wide, Binary half)
    {
        using var v = Drawn(4, Count);
        definition(v.Pointer(2), v.Pointer(0), v.Pointer(1), Count);
        if (Has512) Check(wide);
        if (Has256) Check(half);

        void Check(Binary kernel)
        {
            kernel(v.Pointer(3), v.Pointer(0), v.Pointer(1), Count);
            Assert.True(v.Row(2).SequenceEqual(v.Row(3)));
        }
    }

    static void Same(Unary definition, Unary wide, Unary half) => Same(
        (d, a, _, n) => definition(d, a, n), (d, a, _, n) => wide(d, a, n), (d, a, _, n) => half(d, a, n));

    /// <summary>Residues, the ends of their range one time in four.</summary>
    static Matrix Drawn(long rows, int columns)
    {
        var random = new Random(columns);
        uint[] edges = [0, 1, KoalaBear.Modulus - 1, KoalaBear.Modulus - 2, 1 << 30];
        var matrix = new Matrix(rows, columns);
        for (var r = 0L; r < rows; r++)
        {
            foreach (ref var cell in matrix.Row(r))
            {
                cell = KoalaBear.FromResidue(random.Next(4) == 0
                    ? edges[random.Next(edges.Length)]
                    : (uint)random.NextInt64(KoalaBear.Modulus));
            }
        }

        return matrix;
    }
}
