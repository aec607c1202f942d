using System.Buffers.Binary;
using System.Numerics;

namespace ZkExchange.Ledger.Journal;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4): finds damage. Intent is the hash chain's business.</summary>
public static class Crc32C
{
    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
