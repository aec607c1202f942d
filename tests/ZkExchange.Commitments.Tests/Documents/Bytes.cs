using System.Text;
using Xunit;

namespace ZkExchange.Commitments.Tests.Documents;

/// <summary>Edits of documents as text.</summary>
static class Bytes
{
    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The text with one occurrence of a part replaced, which must be there.</summary>
    public static string Replace(this string text, string part, string by)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, $"[{part}] is not in the document.");
        return string.Concat(text.AsSpan(0, at), by, text.AsSpan(at + part.Length));
    }
}
