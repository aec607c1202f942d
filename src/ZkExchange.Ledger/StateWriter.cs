using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ZkExchange.Ledger;

/// <summary>
/// Writes state in its canonical form: little-endian, fixed widths, lengths in front. Snapshots and state hashes are
/// the same bytes.
/// </summary>
public sealed class StateWriter
{
    byte[] _bytes = new byte[4096];
    int _count;

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    /// <summary>SHA-256 of what has been written.</summary>
    public byte[] Hash() => SHA256.HashData(Bytes);

    /// <summary>Starts anew in the same memory.</summary>
    public void Clear() => _count = 0;

    public void U8(byte value) => Next(1)[0] = value;

    public void Flag(bool value) => U8(value ? (byte)1 : (byte)0);

    public void I32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Next(4), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);

    public void I64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(8), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);

    public void Amount(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Next(16), value);

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Next(value.Length));

    /// <summary>Bytes with their length in front.</summary>
    public void Block(ReadOnlySpan<byte> value)
    {
        I32(value.Length);
        Raw(value);
    }

    Span<byte> Next(int length)
    {
        if (_count + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_count + length, 2 * _bytes.Length));
        _count += length;
        return _bytes.AsSpan(_count - length, length);
    }
}
