using System.Globalization;

namespace ZkExchange.Cli.Input;

/// <summary>The forms of texts that a statement takes (specs/40-statements.md section 9).</summary>
static class InputText
{
    /// <summary>The form of every time.</summary>
    public const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Printable ASCII without quote and backslash, no blank at either end, 1 .. longest characters.</summary>
    public static bool IsFree(string text, int longest)
    {
        if (text.Length < 1 || text.Length > longest || text[0] == ' ' || text[^1] == ' ') return false;
        foreach (var character in text)
            if (character is < ' ' or > '~' or '"' or '\\') return false;

        return true;
    }

    /// <summary>YYYY-MM-DDTHH:MM:SSZ, a real date.</summary>
    public static bool IsTime(string text) =>
        DateTime.TryParseExact(
            text, TimeForm, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out _);

    /// <summary>1 .. 128 bytes of 0x21 .. 0x7E but quote and backslash: a customer id.</summary>
    public static bool IsCustomer(ReadOnlySpan<byte> id)
    {
        if (id.Length is < 1 or > 128) return false;
        foreach (var character in id)
            if (character is < 0x21 or > 0x7E or (byte)'"' or (byte)'\\') return false;

        return true;
    }

    /// <summary>64 lower-case hexadecimal digits: a customer id of the wide form.</summary>
    public static bool IsHexId(ReadOnlySpan<byte> id)
    {
        if (id.Length != 64) return false;
        foreach (var character in id)
            if (character is not ((>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'))) return false;

        return true;
    }
}
