// Amounts and prices as people write them, read exactly: digits, at most one point with digits on both sides, nothing
// else. No floating point, no culture, no rounding.

using System.Numerics;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Cli.Input;

/// <summary>Why a text is no decimal number that fits.</summary>
enum DecimalFault
{
    None,
    Empty,
    Negative,
    Comma,
    Exponent,
    Form,
    Decimals,
    TooLarge,
}

/// <summary>A decimal number exactly: Digits * 10^-Scale.</summary>
readonly record struct ExactDecimal(BigInteger Digits, int Scale)
{
    /// <summary>This number times 10^power, which must be whole: false if it is not.</summary>
    public bool TryScale(int power, out BigInteger whole)
    {
        whole = Digits;
        if (power >= Scale)
        {
            whole *= BigInteger.Pow(10, power - Scale);
            return true;
        }

        whole = BigInteger.DivRem(Digits, BigInteger.Pow(10, Scale - power), out var rest);
        return rest.IsZero;
    }
}

/// <summary>Reads decimal numbers from ASCII text.</summary>
static class DecimalText
{
    /// <summary>The most decimals an asset can have.</summary>
    public const int DecimalsMax = 30;

    // A price has at most so many characters; more are a mistake or an attack on the reader's time.
    const int ExactLengthMax = 120;

    static readonly UInt128[] s_powers = Powers();

    /// <summary>Reads an amount of whole coins as smallest units.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="decimals">Of the asset, 0..30.</param>
    /// <param name="units">The amount, below 2^90.</param>
    public static DecimalFault TryAmount(ReadOnlySpan<byte> text, int decimals, out UInt128 units)
    {
        Check.That(decimals is >= 0 and <= DecimalsMax);
        units = UInt128.Zero;
        var fault = FaultOfForm(text, out var point);
        if (fault != DecimalFault.None) return fault;

        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (fraction.Length > decimals) return DecimalFault.Decimals;

        // Up to 19 digits fit 64 bits.
        if (whole.Length + decimals <= 19)
        {
            var small = Digits(Digits(0, whole), fraction) * (ulong)s_powers[decimals - fraction.Length];
            units = small;
            return DecimalFault.None;
        }

        foreach (var digits in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var digit in digits ? whole : fraction)
            {
                units = units * 10 + (uint)(digit - '0');
                if (units >= Amount.Limit) return DecimalFault.TooLarge;
            }
        }

        // units < 2^90 and the power < 2^100, so the product may not fit 128 bits: divide the limit instead.
        var power = s_powers[decimals - fraction.Length];
        if (units > (Amount.Limit - 1) / power) return DecimalFault.TooLarge;
        units *= power;
        return DecimalFault.None;
    }

    /// <summary>Reads a number of any size and scale, without trailing zeros in its scale.</summary>
    public static DecimalFault TryExact(ReadOnlySpan<byte> text, out ExactDecimal value)
    {
        value = default;
        var fault = FaultOfForm(text, out var point);
        if (fault != DecimalFault.None) return fault;
        if (text.Length > ExactLengthMax) return DecimalFault.TooLarge;

        var digits = BigInteger.Zero;
        foreach (var character in text)
            if (character != '.') digits = digits * 10 + (character - '0');

        var scale = point < 0 ? 0 : text.Length - point - 1;
        while (scale > 0)
        {
            var shorter = BigInteger.DivRem(digits, 10, out var last);
            if (!last.IsZero) break;
            (digits, scale) = (shorter, scale - 1);
        }

        value = new(digits, scale);
        return DecimalFault.None;
    }

    /// <summary>Reads a whole number below a limit.</summary>
    public static DecimalFault TryWhole(ReadOnlySpan<byte> text, int limit, out int value)
    {
        value = 0;
        var fault = FaultOfForm(text, out var point);
        if (fault != DecimalFault.None) return fault;
        if (point >= 0) return DecimalFault.Form;

        long number = 0;
        foreach (var digit in text)
        {
            number = number * 10 + (digit - '0');
            if (number >= limit) return DecimalFault.TooLarge;
        }

        value = (int)number;
        return DecimalFault.None;
    }

    /// <summary>Writes smallest units as whole coins, without trailing zeros after the point.</summary>
    public static string Format(BigInteger units, int decimals)
    {
        var digits = BigInteger.Abs(units).ToString("D", System.Globalization.CultureInfo.InvariantCulture)
            .PadLeft(decimals + 1, '0');
        var (whole, fraction) = (digits[..^decimals], digits[^decimals..].TrimEnd('0'));
        var sign = units.Sign < 0 ? "-" : "";
        return fraction.Length == 0 ? sign + whole : $"{sign}{whole}.{fraction}";
    }

    static DecimalFault FaultOfForm(ReadOnlySpan<byte> text, out int point)
    {
        point = -1;
        if (text.IsEmpty) return DecimalFault.Empty;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is >= (byte)'0' and <= (byte)'9') continue;
            if (character == '.' && point < 0 && i > 0 && i < text.Length - 1)
            {
                point = i;
                continue;
            }

            return character switch
            {
                (byte)'-' when i == 0 => DecimalFault.Negative,
                (byte)',' => DecimalFault.Comma,
                (byte)'e' or (byte)'E' when i > 0 => DecimalFault.Exponent,
                _ => DecimalFault.Form,
            };
        }

        return DecimalFault.None;
    }

    static ulong Digits(ulong start, ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits) start = start * 10 + (uint)(digit - '0');
        return start;
    }

    static UInt128[] Powers()
    {
        var powers = new UInt128[DecimalsMax + 1];
        powers[0] = UInt128.One;
        for (var i = 1; i < powers.Length; i++) powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
