using System.Runtime.CompilerServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>The definition of every tile kernel, one point at a time.</summary>
/// <remarks>Words are residues below p. A plane is the values of one column or one coordinate at the points of a tile;
/// an element of E is five planes, <c>stride</c> words apart.</remarks>
static unsafe class TileScalar
{
    const ulong Fold = (ulong)KoalaBear.Modulus << 32;

    public static void Add(uint* sum, uint* left, uint* right, int count)
    {
        for (var i = 0; i < count; i++) sum[i] = KoalaBear.Add(left[i], right[i]);
    }

    public static void Subtract(uint* difference, uint* left, uint* right, int count)
    {
        for (var i = 0; i < count; i++) difference[i] = KoalaBear.Subtract(left[i], right[i]);
    }

    public static void Multiply(uint* product, uint* left, uint* right, int count)
    {
        for (var i = 0; i < count; i++) product[i] = KoalaBear.Multiply(left[i], right[i]);
    }

    public static void AddConstant(uint* sum, uint* left, uint constant, int count)
    {
        for (var i = 0; i < count; i++) sum[i] = KoalaBear.Add(left[i], constant);
    }

    public static void SubtractFromConstant(uint* difference, uint constant, uint* right, int count)
    {
        for (var i = 0; i < count; i++) difference[i] = KoalaBear.Subtract(constant, right[i]);
    }

    public static void MultiplyConstant(uint* product, uint* left, uint constant, int count)
    {
        for (var i = 0; i < count; i++) product[i] = KoalaBear.Multiply(left[i], constant);
    }

    public static void Cube(uint* cube, uint* value, int count)
    {
        for (var i = 0; i < count; i++)
            cube[i] = KoalaBear.Multiply(KoalaBear.Multiply(value[i], value[i]), value[i]);
    }

    /// <summary>(value + constant)^3.</summary>
    public static void CubeSum(uint* cube, uint* value, uint constant, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var sum = KoalaBear.Add(value[i], constant);
            cube[i] = KoalaBear.Multiply(KoalaBear.Multiply(sum, sum), sum);
        }
    }

    /// <summary>left constant + other. The sum may be any of the others.</summary>
    public static void MultiplyAdd(uint* sum, uint* left, uint constant, uint* other, int count)
    {
        for (var i = 0; i < count; i++) sum[i] = KoalaBear.Add(KoalaBear.Multiply(left[i], constant), other[i]);
    }

    /// <summary>The sum of planes of <paramref name="first"/>, which lie <see cref="Tile.Points"/> words apart, and
    /// which it may be one of. At least one term; the count is a multiple of 64.</summary>
    public static void Chain(uint* sum, uint* first, int* planes, int terms, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var word = 0U;
            for (var k = 0; k < terms; k++) word = KoalaBear.Add(word, first[(long)planes[k] * Tile.Points + i]);
            sum[i] = word;
        }
    }

    /// <summary>sum += sum over k of coefficients[k] * planes[k], coefficients in E, five words each.</summary>
    public static void Dot(uint* sum, int stride, uint** planes, int terms, uint* coefficients, int count)
    {
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < Quintic.Degree; c++)
            {
                var wide = 0UL;                              // < p * 2^32 after every term
                for (var k = 0; k < terms; k++)
                {
                    wide += (ulong)planes[k][i] * coefficients[k * Quintic.Degree + c];
                    wide = Math.Min(wide, wide - Fold);
                }

                ref var word = ref sum[c * stride + i];
                word = KoalaBear.Add(word, Reduce(wide));
            }
        }
    }

    /// <summary>Products in E, point by point. The product may be one of the factors.</summary>
    public static void MultiplyExtension(
        uint* product, int productStride, uint* left, int leftStride, uint* right, int rightStride, int count)
    {
        for (var i = 0; i < count; i++)
            Put(product + i, productStride, Get(left + i, leftStride) * Get(right + i, rightStride));
    }

    /// <summary>Sixteen rows of sixteen words to sixteen planes.</summary>
    public static void Transpose(uint** rows, int column, uint* planes, int stride)
    {
        for (var row = 0; row < Matrix.Lanes; row++)
        {
            for (var c = 0; c < Matrix.Lanes; c++) planes[c * stride + row] = rows[row][column + c];
        }
    }

    /// <summary>sums[5 column + c] += sum over rows of weights[row][c] * row[column], for sixteen columns.</summary>
    public static void RowDot(uint* sums, uint** rows, int column, uint* weights, int count)
    {
        for (var lane = 0; lane < Matrix.Lanes; lane++)
        {
            for (var c = 0; c < Quintic.Degree; c++)
            {
                var wide = 0UL;
                for (var row = 0; row < count; row++)
                {
                    wide += (ulong)rows[row][column + lane] * weights[row * Quintic.Degree + c];
                    wide = Math.Min(wide, wide - Fold);
                }

                ref var word = ref sums[c * Matrix.Lanes + lane];
                word = KoalaBear.Add(word, Reduce(wide));
            }
        }
    }

    /// <summary>The element of E at a point.</summary>
    public static Quintic Get(uint* planes, int stride) => new(
        KoalaBear.FromResidue(planes[0]), KoalaBear.FromResidue(planes[stride]),
        KoalaBear.FromResidue(planes[2 * stride]), KoalaBear.FromResidue(planes[3 * stride]),
        KoalaBear.FromResidue(planes[4 * stride]));

    /// <summary>Stores an element of E at a point.</summary>
    public static void Put(uint* planes, int stride, Quintic value)
    {
        planes[0] = value.C0.Residue;
        planes[stride] = value.C1.Residue;
        planes[2 * stride] = value.C2.Residue;
        planes[3 * stride] = value.C3.Residue;
        planes[4 * stride] = value.C4.Residue;
    }

    /// <summary>wide / 2^32 mod p, for wide below p * 2^32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Reduce(ulong wide)
    {
        var quotient = (uint)wide * KoalaBear.ModulusInverse;
        var multiple = (ulong)quotient * KoalaBear.Modulus;
        return KoalaBear.Subtract((uint)(wide >> 32), (uint)(multiple >> 32));
    }
}
