// Transforms between the coefficients of a polynomial and its values on a two-power subgroup, in the plainest form: the
// definition that the fast ones are compared with, and all that small polynomials need (specs/10-field.md).

using System.Numerics;

namespace ZkExchange.Fields;

/// <summary>Number-theoretic transforms in place, natural order on both sides.</summary>
public static class Ntt
{
    /// <summary>Coefficients, lowest first, to the values at shift * w^0, shift * w^1, ..</summary>
    /// <param name="values">A power of two of elements, at most 2^24; w is the root of unity of that order.</param>
    /// <param name="shift">The coset; not zero.</param>
    public static void Forward(Span<KoalaBear> values, KoalaBear shift)
    {
        Check.That(shift != KoalaBear.Zero);
        if (shift != KoalaBear.One) Scale(values, KoalaBear.One, shift);
        Transform(values, KoalaBear.RootOfUnity(Log2(values.Length)));
    }

    /// <summary>Coefficients, lowest first, to the values at w^0, w^1, ..</summary>
    public static void Forward(Span<KoalaBear> values) => Forward(values, KoalaBear.One);

    /// <summary>Values at shift * w^0, shift * w^1, .. to coefficients, lowest first.</summary>
    public static void Inverse(Span<KoalaBear> values, KoalaBear shift)
    {
        Check.That(shift != KoalaBear.Zero);
        Transform(values, KoalaBear.RootOfUnity(Log2(values.Length)).Inverse());
        Scale(values, KoalaBear.From((uint)values.Length).Inverse(), shift.Inverse());
    }

    /// <summary>Values at w^0, w^1, .. to coefficients, lowest first.</summary>
    public static void Inverse(Span<KoalaBear> values) => Inverse(values, KoalaBear.One);

    /// <summary>The same for coefficients and values in the extension: five transforms, one a coordinate.</summary>
    public static void Forward(Span<Quintic> values, KoalaBear shift) => Coordinates(values, shift, Forward);

    /// <summary>The same for coefficients and values in the extension: five transforms, one a coordinate.</summary>
    public static void Inverse(Span<Quintic> values, KoalaBear shift) => Coordinates(values, shift, Inverse);

    /// <summary>The value at a point of the polynomial with these coefficients, by Horner's rule.</summary>
    public static Quintic Evaluate(ReadOnlySpan<KoalaBear> coefficients, Quintic point)
    {
        var sum = Quintic.Zero;
        for (var k = coefficients.Length - 1; k >= 0; k--) sum = sum * point + Quintic.From(coefficients[k]);
        return sum;
    }

    /// <summary>The value at a point of the polynomial with these coefficients, by Horner's rule.</summary>
    public static Quintic Evaluate(ReadOnlySpan<Quintic> coefficients, Quintic point)
    {
        var sum = Quintic.Zero;
        for (var k = coefficients.Length - 1; k >= 0; k--) sum = sum * point + coefficients[k];
        return sum;
    }

    /// <summary>The low <paramref name="bits"/> bits of a number in reverse order.</summary>
    internal static long Reverse(long value, int bits)
    {
        if (bits == 0) return 0;
        var x = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((ulong)value);
        x = (x >> 4 & 0x0F0F0F0F0F0F0F0F) | (x & 0x0F0F0F0F0F0F0F0F) << 4;
        x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
        x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
        return (long)(x >> (64 - bits));
    }

    static int Log2(int length)
    {
        Check.That(BitOperations.IsPow2(length) && length <= 1 << KoalaBear.TwoAdicity);
        return BitOperations.Log2((uint)length);
    }

    /// <summary>values[k] *= first * ratio^k.</summary>
    static void Scale(Span<KoalaBear> values, KoalaBear first, KoalaBear ratio)
    {
        var factor = first;
        foreach (ref var value in values)
        {
            value *= factor;
            factor *= ratio;
        }
    }

    /// <summary>values[i] = sum_k values[k] root^(ik): bit reversal, then layers of half 1, 2, 4, ..</summary>
    static void Transform(Span<KoalaBear> values, KoalaBear root)
    {
        var bits = Log2(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            var j = (int)Reverse(i, bits);
            if (i < j) (values[i], values[j]) = (values[j], values[i]);
        }

        var powers = new KoalaBear[Math.Max(1, values.Length / 2)];
        powers[0] = KoalaBear.One;
        for (var k = 1; k < powers.Length; k++) powers[k] = powers[k - 1] * root;

        for (var half = 1; half < values.Length; half *= 2)
        {
            var step = values.Length / (2 * half);
            for (var block = 0; block < values.Length; block += 2 * half)
            {
                for (var i = 0; i < half; i++)
                {
                    var (even, odd) = (values[block + i], values[block + i + half] * powers[i * step]);
                    values[block + i] = even + odd;
                    values[block + i + half] = even - odd;
                }
            }
        }
    }

    delegate void Transformation(Span<KoalaBear> values, KoalaBear shift);

    static void Coordinates(Span<Quintic> values, KoalaBear shift, Transformation transform)
    {
        var coordinates = new KoalaBear[Quintic.Degree][];
        for (var c = 0; c < Quintic.Degree; c++)
        {
            var column = coordinates[c] = new KoalaBear[values.Length];
            for (var i = 0; i < values.Length; i++) column[i] = values[i][c];
            transform(column, shift);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new(coordinates[0][i], coordinates[1][i], coordinates[2][i], coordinates[3][i],
                coordinates[4][i]);
        }
    }
}
