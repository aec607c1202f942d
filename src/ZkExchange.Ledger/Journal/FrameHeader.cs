using System.Buffers.Binary;

namespace ZkExchange.Ledger.Journal;

/// <summary>
/// The head of a frame: the commands that one flush made durable. 112 bytes, little-endian (specs/70-exchange-core.md
/// section 8).
/// </summary>
/// <param name="Length">Bytes of the whole frame.</param>
/// <param name="Count">Commands in it; 0 closes a journal in good order.</param>
/// <param name="FirstSequence">Sequence number of its first command.</param>
/// <param name="Time">Time of its last command in nanoseconds.</param>
/// <param name="ParametersHash">SHA-256 of the parameter set in force when it was written.</param>
/// <param name="EventDigest">Digest of all events before this frame: a replay that went another way is found
/// here.</param>
/// <param name="Previous">Hash of the frame before, zeros for the first.</param>
public sealed record FrameHeader(
    int Length,
    int Count,
    ulong FirstSequence,
    long Time,
    byte[] ParametersHash,
    ulong EventDigest,
    byte[] Previous)
{
    /// <summary>Bytes of the head.</summary>
    public const int Bytes = 112;

    /// <summary>Bytes after the payload: the hash, the length again, the closing word.</summary>
    public const int TrailerBytes = 40;

    /// <summary>A frame is never longer.</summary>
    public const int LengthMax = 1 << 26;

    internal const int HashedBytes = 104;

    const uint Magic = 0x4A584B5A;              // "ZKXJ"
    const ushort Version = 1;

    internal const uint Closing = 0x4A4B585A;

    internal void Write(Span<byte> to, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], Count);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], Time);
        ParametersHash.CopyTo(to[32..]);
        BinaryPrimitives.WriteUInt64LittleEndian(to[64..], EventDigest);
        Previous.CopyTo(to[72..]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[104..], Crc32C.Of(to[..HashedBytes]));
        BinaryPrimitives.WriteUInt32LittleEndian(to[108..], Crc32C.Of(payload));
    }

    /// <summary>The head at the start of some bytes, or null if there is none that can be trusted.</summary>
    internal static FrameHeader? TryRead(ReadOnlySpan<byte> from)
    {
        if (from.Length < Bytes
            || BinaryPrimitives.ReadUInt32LittleEndian(from) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(from[104..]) != Crc32C.Of(from[..HashedBytes])
            || BinaryPrimitives.ReadUInt16LittleEndian(from[4..]) != Version
            || BinaryPrimitives.ReadUInt16LittleEndian(from[6..]) != 0)
            return null;
        var header = new FrameHeader(
            BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(from[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[24..]),
            from[32..64].ToArray(),
            BinaryPrimitives.ReadUInt64LittleEndian(from[64..]),
            from[72..104].ToArray());
        return header.Length is >= Bytes + TrailerBytes and <= LengthMax && header.Count >= 0 ? header : null;
    }
}
