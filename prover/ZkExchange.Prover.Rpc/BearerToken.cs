using System.Security.Cryptography;
using System.Text;

namespace ZkExchange.Prover.Rpc;

/// <summary>The secret by which a prover knows its clients: <c>authorization: Bearer TOKEN</c> (RFC 6750).</summary>
/// <remarks>It crosses a network under TLS only, as the witnesses do (<see cref="PlaintextRule"/>).</remarks>
public sealed class BearerToken
{
    /// <summary>The name of the header.</summary>
    public const string Header = "authorization";

    /// <summary>Fewer characters could be guessed.</summary>
    public const int LengthMin = 32;

    /// <summary>More belong to no header.</summary>
    public const int LengthMax = 512;

    const string Scheme = "Bearer ";
    const string Others = "-._~+/=";

    readonly string _token;
    readonly byte[] _digest;

    BearerToken(string token) => (_token, _digest) = (token, DigestOf(token));

    /// <summary>What a client sends.</summary>
    public string HeaderValue => Scheme + _token;

    /// <summary>Reads a token from a file that holds it on its one line.</summary>
    /// <exception cref="InvalidDataException">It holds something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static BearerToken Read(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[LengthMax + 3];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var text = Encoding.Latin1.GetString(bytes, 0, length).TrimEnd('\r', '\n');
        CryptographicOperations.ZeroMemory(bytes);
        return TryCreate(text) ?? throw new InvalidDataException(
            $"{path}: a token is one line of {LengthMin} to {LengthMax} letters, digits or {Others}");
    }

    /// <summary>The token of a text, or null if it is none.</summary>
    public static BearerToken? TryCreate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= LengthMin and <= LengthMax && text.All(IsOfToken) ? new(text) : null;
    }

    /// <summary>True if the header holds this token. Takes as long for any text of the same length.</summary>
    public bool Matches(string? header)
    {
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        return CryptographicOperations.FixedTimeEquals(DigestOf(header[Scheme.Length..]), _digest);
    }

    /// <summary>Says nothing of the token.</summary>
    public override string ToString() => nameof(BearerToken);

    static byte[] DigestOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    static bool IsOfToken(char unit) =>
        char.IsAsciiLetterOrDigit(unit) || Others.Contains(unit, StringComparison.Ordinal);
}
