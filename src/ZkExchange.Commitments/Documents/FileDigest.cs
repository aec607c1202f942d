using System.Buffers.Binary;
using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>SHA-256 of the bytes of a file or key, as a value.</summary>
public readonly record struct FileDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Bytes = 32;

    readonly ulong _a, _b, _c, _d;

    /// <summary>The digest whose 32 bytes are given.</summary>
    public FileDigest(ReadOnlySpan<byte> bytes)
    {
        Check.That(bytes.Length == Bytes);
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>True for 32 bytes of zero: no earlier epoch.</summary>
    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>The digest of a file.</summary>
    public static FileDigest Of(ReadOnlySpan<byte> file) => new(SHA256.HashData(file));

    /// <summary>Reads 64 lower-case hexadecimal digits; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FileDigest digest)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        digest = default;
        if (!Hex.TryDecode(text, bytes)) return false;
        digest = new(bytes);
        return true;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>Writes the 32 bytes to the start of the destination.</summary>
    public void WriteBytes(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
