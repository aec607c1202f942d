using System.Globalization;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>Amounts: unsigned integers below 2^90 in an asset's smallest unit (specs/40-statements.md section 1).
/// </summary>
public static class Amount
{
    /// <summary>Every amount, weight and total is below 2^90.</summary>
    public const int Bits = 90;

    /// <summary>Elements of an amount inside a hash.</summary>
    public const int Words = 3;

    /// <summary>Bits of one of them.</summary>
    public const int WordBits = 30;

    const uint WordMask = (1u << WordBits) - 1;

    /// <summary>2^90, the first integer that is no amount.</summary>
    public static UInt128 Limit => UInt128.One << Bits;

    /// <summary>True below 2^90.</summary>
    public static bool IsValid(UInt128 value) => value < Limit;

    /// <summary>Word 0 .. 2 of an amount, 30 bits each, the least significant first.</summary>
    public static uint Word(UInt128 value, int index)
    {
        Check.That(IsValid(value));
        return (uint)(value >> (WordBits * index)) & WordMask;
    }

    /// <summary>An amount in whole coins, exactly: no digit is dropped but zeros at the end.</summary>
    public static string ToText(UInt128 value, int decimals)
    {
        Check.That(decimals >= 0);
        var digits = value.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }
}
