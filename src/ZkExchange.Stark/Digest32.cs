using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Stark;

/// <summary>A SHA-256 digest as a value.</summary>
public readonly record struct Digest32
{
    /// <summary>Bytes of a digest.</summary>
    public const int Bytes = 32;

    readonly ulong _a, _b, _c, _d;

    /// <summary>The digest of exactly 32 bytes.</summary>
    public Digest32(ReadOnlySpan<byte> bytes)
    {
        Check.That(bytes.Length == Bytes);
        _a = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
    }

    /// <summary>Writes the 32 bytes to the front of the destination.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, _a);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
