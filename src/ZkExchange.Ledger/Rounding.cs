namespace ZkExchange.Ledger;

/// <summary>
/// Division that says in its name how it rounds, and products wider than 128 bits. The core divides nowhere else.
/// </summary>
/// <remarks>
/// Whatever can round, rounds against the account and towards the house (specs/70-exchange-core.md section 2).
/// </remarks>
public static class Rounding
{
    /// <summary>Floor of a / b, for b above 0.</summary>
    public static Int128 FloorDiv(Int128 a, Int128 b)
    {
        Invariant.Holds(b > 0);
        var quotient = a / b;
        return a < 0 && quotient * b != a ? quotient - 1 : quotient;
    }

    /// <summary>Ceiling of a / b, for b above 0.</summary>
    public static Int128 CeilDiv(Int128 a, Int128 b)
    {
        Invariant.Holds(b > 0);
        var quotient = a / b;
        return a > 0 && quotient * b != a ? quotient + 1 : quotient;
    }

    /// <summary>
    /// Floor of a * b / c for 0 &lt;= a, b &lt; 2^127 and 0 &lt; c &lt; 2^127, of which the quotient is below 2^127.
    /// </summary>
    public static Int128 MulDivFloor(Int128 a, Int128 b, Int128 c) => MulDiv(a, b, c, out _);

    /// <summary>Ceiling of a * b / c, under the bounds of <see cref="MulDivFloor"/>.</summary>
    public static Int128 MulDivCeil(Int128 a, Int128 b, Int128 c)
    {
        var quotient = MulDiv(a, b, c, out var exact);
        return exact ? quotient : quotient + 1;
    }

    /// <summary>The sign of a * b - c * d, for operands of at most 127 bits and either sign.</summary>
    public static int CompareProducts(Int128 a, Int128 b, Int128 c, Int128 d)
    {
        var left = Int128.Sign(a) * Int128.Sign(b);
        var right = Int128.Sign(c) * Int128.Sign(d);
        if (left != right)
            return left < right ? -1 : 1;
        var (leftHigh, leftLow) = Multiply(Magnitude(a), Magnitude(b));
        var (rightHigh, rightLow) = Multiply(Magnitude(c), Magnitude(d));
        var order = leftHigh != rightHigh ? leftHigh.CompareTo(rightHigh) : leftLow.CompareTo(rightLow);
        return left < 0 ? -order : order;
    }

    static UInt128 Magnitude(Int128 value) => (UInt128)Int128.Abs(value);

    static Int128 MulDiv(Int128 a, Int128 b, Int128 c, out bool exact)
    {
        Invariant.Holds(a >= 0 && b >= 0 && c > 0);
        var bits = Bits(a) + Bits(b);
        if (bits <= 63)
        {
            var product = (ulong)a * (ulong)b;
            if (c > ulong.MaxValue)
            {
                exact = product == 0;
                return 0;
            }
            var (quotient, remainder) = Math.DivRem(product, (ulong)c);
            exact = remainder == 0;
            return quotient;
        }
        if (bits <= 126)
        {
            var product = a * b;
            var quotient = product / c;
            exact = quotient * c == product;
            return quotient;
        }
        return Divide(Multiply((UInt128)a, (UInt128)b), (UInt128)c, out exact);
    }

    static int Bits(Int128 value) => 128 - (int)Int128.LeadingZeroCount(value);

    // Schoolbook on 64-bit limbs.
    static (UInt128 High, UInt128 Low) Multiply(UInt128 a, UInt128 b)
    {
        unchecked
        {
            UInt128 a0 = (ulong)a, a1 = (ulong)(a >> 64), b0 = (ulong)b, b1 = (ulong)(b >> 64);
            var low = a0 * b0;
            var middle = (a1 * b0) + (low >> 64);                    // < 2^128: (2^64-1)^2 + 2^64 - 1
            var middle2 = (a0 * b1) + (ulong)middle;
            var high = (a1 * b1) + (middle >> 64) + (middle2 >> 64);
            return (high, (middle2 << 64) | (ulong)low);
        }
    }

    // Shift and subtract: rare, exact, easy to believe.
    static Int128 Divide((UInt128 High, UInt128 Low) product, UInt128 divisor, out bool exact)
    {
        Invariant.Holds(product.High < divisor);                     // else the quotient needs more than 128 bits
        var remainder = product.High;                                // < divisor < 2^127, so a shift by one fits
        UInt128 quotient = 0;
        for (var bit = 127; bit >= 0; bit--)
        {
            remainder = (remainder << 1) | ((product.Low >> bit) & 1);
            if (remainder < divisor)
                continue;
            remainder -= divisor;
            quotient |= UInt128.One << bit;
        }
        exact = remainder == 0;
        return (Int128)quotient;                                     // checked: below 2^127
    }
}
