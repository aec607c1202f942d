// The base field: integers modulo p = 2^31 - 2^24 + 1 = 127 * 2^24 + 1 (specs/10-field.md).
//
// Two properties chose it: p - 1 is divisible by 2^24, so transforms reach 2^24 points, and not by 3, so the cube is a
// permutation and can be the S-box of the hash inside the statements. Everything here is branch-free.

using System.Runtime.CompilerServices;

namespace ZkExchange.Fields;

/// <summary>An element of the field of order p = 2^31 - 2^24 + 1, stored as value * 2^32 mod p.</summary>
/// <remarks>Montgomery form: a product is reduced by its own low half, with no division. The stored word never leaves
/// memory: every encoding uses the canonical integer.</remarks>
public readonly record struct KoalaBear
{
    /// <summary>The order p of the field.</summary>
    public const uint Modulus = 0x7F00_0001;

    /// <summary>The largest k for which the field has a root of unity of order 2^k.</summary>
    public const int TwoAdicity = 24;

    internal const uint ModulusInverse = 0x8100_0001;        // Modulus * ModulusInverse = 1 (mod 2^32)
    const uint RadixSquared = 402124772;                     // 2^64 mod p: one product takes a value into the form
    const uint Root24 = 0x6AC4_9F88;                         // 3^127, of order 2^24

    readonly uint _residue;                                  // 0 <= residue < p, always

    KoalaBear(uint residue) => _residue = residue;

    /// <summary>The neutral element of the sum.</summary>
    public static KoalaBear Zero => default;

    /// <summary>The neutral element of the product.</summary>
    public static KoalaBear One => new(33554430);            // 2^32 mod p

    /// <summary>A generator of the multiplicative group, and the shift of every evaluation domain.</summary>
    public static KoalaBear Generator => From(3);

    /// <summary>The stored word, for kernels that work on memory.</summary>
    internal uint Residue => _residue;

    /// <summary>The element whose stored word is given; the word must be below p.</summary>
    internal static KoalaBear FromResidue(uint residue) => new(residue);

    /// <summary>The element of an integer, taken modulo p.</summary>
    public static KoalaBear From(uint value) => new(Multiply(value % Modulus, RadixSquared));

    /// <summary>The element of a signed integer of small size, taken modulo p.</summary>
    public static KoalaBear From(int value) => value < 0 ? -From((uint)-(long)value) : From((uint)value);

    /// <summary>The element of a 64-bit integer, taken modulo p.</summary>
    public static KoalaBear From(ulong value) => From((uint)(value % Modulus));

    /// <summary>The canonical integer, 0 .. p - 1.</summary>
    public uint ToUInt32() => Multiply(_residue, 1);

    /// <summary>A root of unity of order 2^<paramref name="log2"/>, 0 .. 24.</summary>
    public static KoalaBear RootOfUnity(int log2)
    {
        Check.That(log2 is >= 0 and <= TwoAdicity);
        var root = From(Root24);
        for (var k = TwoAdicity; k > log2; k--) root *= root;
        return root;
    }

    public static KoalaBear operator +(KoalaBear left, KoalaBear right) => new(Add(left._residue, right._residue));
    public static KoalaBear operator -(KoalaBear left, KoalaBear right) => new(Subtract(left._residue, right._residue));
    public static KoalaBear operator -(KoalaBear value) => new(Subtract(0, value._residue));
    public static KoalaBear operator *(KoalaBear left, KoalaBear right) => new(Multiply(left._residue, right._residue));

    /// <summary>The power with a non-negative exponent; anything to the power 0 is 1.</summary>
    public KoalaBear Power(ulong exponent)
    {
        var (result, square) = (One, this);
        for (; exponent != 0; exponent >>= 1, square *= square)
        {
            if ((exponent & 1) != 0) result *= square;
        }

        return result;
    }

    /// <summary>The multiplicative inverse.</summary>
    /// <exception cref="DivideByZeroException">The element is zero.</exception>
    public KoalaBear Inverse()
    {
        if (_residue == 0) Throw.ZeroHasNoInverse();
        return Power(Modulus - 2);
    }

    /// <summary>The canonical integer, in decimal.</summary>
    public override string ToString() => ToUInt32().ToString(System.Globalization.CultureInfo.InvariantCulture);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Add(uint a, uint b) => Wrap(a + b - Modulus);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Subtract(uint a, uint b) => Wrap(a - b);

    /// <summary>The Montgomery product a * b / 2^32 mod p of two words with a * b below p * 2^32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Multiply(uint a, uint b) => Reduce((ulong)a * b);

    /// <summary>The Montgomery reduction product / 2^32 mod p of a word below p * 2^32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Reduce(ulong product)
    {
        var quotient = (uint)product * ModulusInverse;       // quotient * p = product (mod 2^32),
        var multiple = (ulong)quotient * Modulus;            // so the two low halves cancel
        return Wrap((uint)(product >> 32) - (uint)(multiple >> 32));
    }

    /// <summary>Maps -p &lt;= t &lt; p, taken modulo 2^32, to the one of t and t + p that is canonical.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Wrap(uint t) => t + (Modulus & (uint)((int)t >> 31));
}
