using System.Globalization;

namespace ZkExchange.Commitments;

/// <summary>The kinds of text that documents hold (specs/50-wire-formats.md section 2).</summary>
public static class CanonicalText
{
    /// <summary>The longest free text.</summary>
    public const int FreeTextMax = 128;

    /// <summary>The longest name of an exchange.</summary>
    public const int ExchangeNameMax = 64;

    /// <summary>The longest symbol.</summary>
    public const int NameMax = 32;

    const int TimeLength = 20;

    /// <summary>0x20 .. 0x7E without " and \: what any string of a document may hold.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' or '"' or '\\') return false;
        }

        return true;
    }

    /// <summary>1 .. <paramref name="lengthMax"/> plain characters, no blank at either end.</summary>
    public static bool IsFreeText(ReadOnlySpan<char> text, int lengthMax = FreeTextMax) =>
        text.Length >= 1 && text.Length <= lengthMax && IsPlain(text) && text[0] != ' ' && text[^1] != ' ';

    /// <summary>1 .. 32 of A-Z a-z 0-9 . _ -.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > NameMax) return false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-')) return false;
        }

        return true;
    }

    /// <summary>YYYY-MM-DDTHH:MM:SSZ, a real date of the years 1 .. 9999, seconds 0 .. 59.</summary>
    public static bool IsTime(ReadOnlySpan<char> text) =>
        text.Length == TimeLength && DateTime.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
