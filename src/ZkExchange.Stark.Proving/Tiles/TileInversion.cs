// Many inverses for the price of one (Montgomery's trick) as a tree of products: each level is one run of a kernel over
// half as many points, so that nothing waits for the product before it.

using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Inverses of planes of base-field values and of extension values.</summary>
static unsafe class TileInversion
{
    /// <summary>Points inverted together.</summary>
    public const int Points = 2048;

    const int Narrowest = Matrix.Lanes;

    /// <summary>Words of work space that <see cref="Base"/> needs.</summary>
    public const int BaseWords = 2 * Points;

    /// <summary>Words of work space that <see cref="Extension"/> needs.</summary>
    public const int ExtensionWords = 2 * Points * Quintic.Degree;

    /// <summary>Inverts in place.</summary>
    /// <param name="values">Residues, none zero.</param>
    /// <param name="count">A power of two, 16 .. 2048.</param>
    /// <param name="work"><see cref="BaseWords"/> words.</param>
    public static void Base(uint* values, int count, uint* work)
    {
        if (count == Narrowest)
        {
            PowerOfInverse(values, work);
            return;
        }

        var half = count / 2;
        TileMath.Multiply(work, values, values + half, half);
        Base(work, half, work + half);
        TileMath.Multiply(work + half, work, values, half);
        TileMath.Multiply(values, work, values + half, half);
        Buffer.MemoryCopy(work + half, values + half, half * sizeof(uint), half * sizeof(uint));
    }

    /// <summary>Inverts in place; false, with the content lost, if a value is zero.</summary>
    /// <param name="values">Five planes of residues.</param>
    /// <param name="stride">Words from plane to plane.</param>
    /// <param name="count">A power of two, 16 .. 2048.</param>
    /// <param name="work"><see cref="ExtensionWords"/> words.</param>
    public static bool Extension(uint* values, int stride, int count, uint* work)
    {
        if (count == Narrowest) return Few(values, stride);

        var half = count / 2;
        var next = work + half * Quintic.Degree;
        TileMath.MultiplyExtension(work, half, values, stride, values + half, stride, half);
        if (!Extension(work, half, half, next)) return false;

        TileMath.MultiplyExtension(next, half, work, half, values, stride, half);
        TileMath.MultiplyExtension(values, stride, work, half, values + half, stride, half);
        for (var c = 0; c < Quintic.Degree; c++)
        {
            Buffer.MemoryCopy(
                next + c * half, values + c * stride + half, half * sizeof(uint), half * sizeof(uint));
        }

        return true;
    }

    /// <summary>x^(p - 2), sixteen lanes of it.</summary>
    static void PowerOfInverse(uint* values, uint* work)
    {
        var square = work;
        var result = work + Narrowest;
        Buffer.MemoryCopy(values, square, Narrowest * sizeof(uint), Narrowest * sizeof(uint));
        TileMath.Fill(result, KoalaBear.One.Residue, Narrowest);
        for (var exponent = KoalaBear.Modulus - 2; exponent != 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0) TileMath.Multiply(result, result, square, Narrowest);
            TileMath.Multiply(square, square, square, Narrowest);
        }

        Buffer.MemoryCopy(result, values, Narrowest * sizeof(uint), Narrowest * sizeof(uint));
    }

    static bool Few(uint* values, int stride)
    {
        Span<Quintic> products = stackalloc Quintic[Narrowest];
        var product = Quintic.One;
        for (var i = 0; i < Narrowest; i++)
        {
            products[i] = product;
            product *= TileScalar.Get(values + i, stride);
        }

        if (product == Quintic.Zero) return false;

        var inverse = product.Inverse();
        for (var i = Narrowest - 1; i >= 0; i--)
        {
            var value = TileScalar.Get(values + i, stride);
            TileScalar.Put(values + i, stride, inverse * products[i]);
            inverse *= value;
        }

        return true;
    }
}
