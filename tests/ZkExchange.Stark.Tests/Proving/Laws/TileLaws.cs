using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Fri;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Tests.Proving.Laws;

/// <summary>The kernels of this machine equal the definitions in Fields, on values with edges among them.</summary>
public sealed unsafe class TileLaws
{
    const int Count = 64;
    const int Stride = 80;

    static KoalaBear At(uint* words, int index) => KoalaBear.FromResidue(words[index]);

    [Fact]
    public void Sums_differences_products_and_cubes_are_those_of_the_field()
    {
        var random = new Random(1);
        for (var round = 0; round < 50; round++)
        {
            using var a = new Planes(Count, random);
            using var b = new Planes(Count, random);
            using var c = new Planes(Count, random);
            var constant = KoalaBear.FromResidue(a[0][3]);
            var (x, y, z) = ((nint)a[0], (nint)b[0], (nint)c[0]);

            TileMath.Add(c[0], a[0], b[0], Count);
            Each((l, r) => l + r);
            TileMath.Subtract(c[0], a[0], b[0], Count);
            Each((l, r) => l - r);
            TileMath.Multiply(c[0], a[0], b[0], Count);
            Each((l, r) => l * r);
            TileMath.AddConstant(c[0], a[0], constant.Residue, Count);
            Each((l, _) => l + constant);
            TileMath.SubtractFromConstant(c[0], constant.Residue, b[0], Count);
            Each((_, r) => constant - r);
            TileMath.MultiplyConstant(c[0], a[0], constant.Residue, Count);
            Each((l, _) => l * constant);
            TileMath.Cube(c[0], a[0], Count);
            Each((l, _) => l * l * l);
            TileMath.CubeSum(c[0], a[0], constant.Residue, Count);
            Each((l, _) => (l + constant) * (l + constant) * (l + constant));
            TileMath.MultiplyAdd(c[0], a[0], constant.Residue, b[0], Count);
            Each((l, r) => l * constant + r);

            void Each(Func<KoalaBear, KoalaBear, KoalaBear> law)
            {
                for (var i = 0; i < Count; i++)
                    Assert.Equal(law(At((uint*)x, i), At((uint*)y, i)), At((uint*)z, i));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public void A_chain_is_the_sum_of_its_planes(int terms)
    {
        var random = new Random(terms);
        using var values = new Planes(2 * terms * Tile.Points, random);
        var planes = stackalloc int[terms];
        for (var k = 0; k < terms; k++) planes[k] = random.Next(2 * terms);
        var expected = new KoalaBear[Tile.Points];
        for (var i = 0; i < Tile.Points; i++)
        {
            for (var k = 0; k < terms; k++) expected[i] += At(values[planes[k] * Tile.Points], i);
        }

        // The sum may take the place of a term.
        TileMath.Chain(values[planes[0] * Tile.Points], values[0], planes, terms, Tile.Points);
        for (var i = 0; i < Tile.Points; i++) Assert.Equal(expected[i], At(values[planes[0] * Tile.Points], i));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(181)]
    public void A_dot_product_is_the_sum_of_its_terms(int terms)
    {
        var random = new Random(terms);
        using var values = new Planes(terms * Count, random);
        using var weights = new Planes(terms * Quintic.Degree, random);
        using var sums = new Planes(Quintic.Degree * Stride, random);
        var expected = new Quintic[Count];
        var planes = stackalloc uint*[terms];
        for (var k = 0; k < terms; k++) planes[k] = values[k * Count];
        for (var i = 0; i < Count; i++)
        {
            expected[i] = TileScalar.Get(sums[i], Stride);
            for (var k = 0; k < terms; k++)
                expected[i] += TileScalar.Get(weights[k * Quintic.Degree], 1) * At(planes[k], i);
        }

        TileMath.Dot(sums[0], Stride, planes, terms, weights[0], Count);
        for (var i = 0; i < Count; i++) Assert.Equal(expected[i], TileScalar.Get(sums[i], Stride));
    }

    [Fact]
    public void Sums_over_the_worst_residues_do_not_overflow()
    {
        const int terms = 400;
        using var words = new Planes(terms * Quintic.Degree + 16, new Random(2));
        var planes = stackalloc uint*[terms];
        for (var i = 0; i < terms * Quintic.Degree + 16; i++) words[0][i] = KoalaBear.Modulus - 1;
        for (var k = 0; k < terms; k++) planes[k] = words[terms * Quintic.Degree];
        using var sums = new Planes(Quintic.Degree * 16, new Random(3));
        TileMath.Fill(sums[0], 0, Quintic.Degree * 16);

        TileMath.Dot(sums[0], 16, planes, terms, words[0], 16);
        var worst = KoalaBear.FromResidue(KoalaBear.Modulus - 1);
        var expected = worst * worst * KoalaBear.From(terms);
        for (var i = 0; i < Quintic.Degree * 16; i++) Assert.Equal(expected, At(sums[0], i));
    }

    [Fact]
    public void Products_in_the_extension_are_those_of_the_definition()
    {
        var random = new Random(4);
        using var a = new Planes(Quintic.Degree * Stride, random);
        using var b = new Planes(Quintic.Degree * Stride, random);
        using var c = new Planes(Quintic.Degree * Stride, random);
        TileMath.MultiplyExtension(c[0], Stride, a[0], Stride, b[0], Stride, Count);
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(
                TileScalar.Get(a[i], Stride) * TileScalar.Get(b[i], Stride), TileScalar.Get(c[i], Stride));
        }
    }

    [Fact]
    public void Rows_become_planes()
    {
        using var words = new Planes(16 * 48, new Random(5));
        using var planes = new Planes(16 * 32, new Random(6));
        var rows = stackalloc uint*[16];
        for (var i = 0; i < 16; i++) rows[i] = words[i * 48];
        TileMath.Transpose(rows, 16, planes[0], 32);
        for (var row = 0; row < 16; row++)
        {
            for (var column = 0; column < 16; column++)
                Assert.Equal(rows[row][16 + column], planes[0][column * 32 + row]);
        }
    }

    [Fact]
    public void Sums_over_rows_are_polynomials_at_a_point()
    {
        using var rows = new Matrix(100, 37);
        var random = new Random(7);
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var c = 0; c < rows.Columns; c++)
                rows[row, c] = KoalaBear.From((uint)random.NextInt64(KoalaBear.Modulus));
        }

        var point = new Quintic(KoalaBear.From(3), KoalaBear.One, default, KoalaBear.From(-5), KoalaBear.From(9));
        var values = RowSums.Polynomials(rows, point, new(2, default));
        for (var c = 0; c < rows.Columns; c++)
        {
            var column = Enumerable.Range(0, 100).Select(row => rows[row, c]).ToArray();
            Assert.Equal(Ntt.Evaluate(column, point), values[c]);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(2048)]
    public void Inverses_are_inverse(int count)
    {
        using var values = new Planes(Quintic.Degree * count, new Random(count));
        for (var i = 0; i < Quintic.Degree * count; i++) values[0][i] = Math.Max(1, values[0][i]);
        using var inverses = new Planes(Quintic.Degree * count, new Random(9));
        using var work = new Planes(TileInversion.ExtensionWords, new Random(10));
        inverses.CopyFrom(values);
        Assert.True(TileInversion.Extension(inverses[0], count, count, work[0]));
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(
                Quintic.One, TileScalar.Get(values[i], count) * TileScalar.Get(inverses[i], count));
        }

        inverses.CopyFrom(values);
        TileInversion.Base(inverses[0], count, work[0]);
        for (var i = 0; i < count; i++) Assert.Equal(KoalaBear.One, At(values[0], i) * At(inverses[0], i));
    }

    [Fact]
    public void A_zero_is_not_inverted()
    {
        using var values = new Planes(Quintic.Degree * 64, new Random(11));
        using var work = new Planes(TileInversion.ExtensionWords, new Random(12));
        for (var c = 0; c < Quintic.Degree; c++) values[c * 64 + 17][0] = 0;
        Assert.False(TileInversion.Extension(values[0], 64, 64, work[0]));
    }

    [Fact]
    public void Differences_from_a_point_of_the_extension_are_inverted()
    {
        const int count = 128;
        using var x = new Planes(count, new Random(13));
        using var inverses = new Planes(Quintic.Degree * count, new Random(14));
        using var work = new Planes(ExtensionInverses.WorkWords, new Random(15));
        var point = new Quintic(KoalaBear.From(8), default, KoalaBear.One, default, KoalaBear.From(77));
        new ExtensionInverses(point).Evaluate(inverses[0], count, x[0], count, work[0]);
        for (var i = 0; i < count; i++)
        {
            Assert.Equal(
                Quintic.One, TileScalar.Get(inverses[i], count) * (Quintic.From(At(x[0], i)) - point));
        }
    }

    [Fact]
    public void Powers_follow_each_other()
    {
        using var plane = new Planes(128, new Random(16));
        PointPlanes.Powers(plane[0], KoalaBear.From(5), KoalaBear.From(7), 128);
        for (var i = 0; i < 128; i++)
            Assert.Equal(KoalaBear.From(5) * KoalaBear.From(7).Power((ulong)i), At(plane[0], i));
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(9, 2)]
    [InlineData(10, 3)]
    public void A_fold_is_the_fold_of_the_protocol(int domainLog2, int arityLog2)
    {
        using var layer = new Matrix(Quintic.Degree, 1 << domainLog2);
        var random = new Random(17);
        for (var c = 0; c < Quintic.Degree; c++)
        {
            foreach (ref var word in layer.Row(c)) word = KoalaBear.From((uint)random.NextInt64(KoalaBear.Modulus));
        }

        var beta = new Quintic(KoalaBear.From(2), KoalaBear.From(3), default, KoalaBear.One, KoalaBear.From(11));
        var leaves = layer.Columns >> arityLog2;
        using var folded = FriProver.Fold(layer, domainLog2, arityLog2, beta, new(2, default));
        Assert.Equal(leaves, folded.Columns);

        var root = KoalaBear.RootOfUnity(domainLog2).Inverse();
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var members = Enumerable.Range(0, 1 << arityLog2)
                .Select(m => TileScalar.Get(layer.Pointer(0) + m * leaves + leaf, layer.Stride)).ToArray();
            Assert.Equal(
                Folding.Fold(members, beta * root.Power((ulong)leaf)),
                TileScalar.Get(folded.Pointer(0) + leaf, folded.Stride));
        }
    }
}
