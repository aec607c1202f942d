using System.Buffers.Binary;

namespace ZkExchange.Ledger;

/// <summary>
/// Reads what <see cref="StateWriter"/> wrote. Never reads past the end: too little data makes <see cref="IsSound"/>
/// false and every value zero.
/// </summary>
public ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    ReadOnlySpan<byte> _rest = bytes;
    bool _failed;

    /// <summary>True while nothing has been missing or out of range.</summary>
    public readonly bool IsSound => !_failed;

    /// <summary>True if everything has been read, and nothing was missing.</summary>
    public readonly bool IsComplete => !_failed && _rest.IsEmpty;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Notes that a value makes no sense.</summary>
    public void Fail() => _failed = true;

    public byte U8() => Next(1)[0];

    /// <summary>A byte that must be 0 or 1.</summary>
    public bool Flag()
    {
        var value = U8();
        _failed |= value > 1;
        return value == 1;
    }

    public int I32() => BinaryPrimitives.ReadInt32LittleEndian(Next(4));

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Next(4));

    public long I64() => BinaryPrimitives.ReadInt64LittleEndian(Next(8));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Next(8));

    public Int128 Amount() => BinaryPrimitives.ReadInt128LittleEndian(Next(16));

    /// <summary>
    /// A count of things that take at least so many bytes each, so a hostile one cannot reserve memory.
    /// </summary>
    public int Count(int bytesEach)
    {
        var count = I32();
        if (count >= 0 && (long)count * bytesEach <= _rest.Length)
            return count;
        _failed = true;
        return 0;
    }

    /// <summary>Bytes with their length in front.</summary>
    public ReadOnlySpan<byte> Block()
    {
        var length = Count(1);
        return length == 0 ? [] : Next(length);
    }

    /// <summary>So many bytes; zeros if there are fewer.</summary>
    public ReadOnlySpan<byte> Next(int length)
    {
        if (_failed || length < 0 || length > _rest.Length)
        {
            _failed = true;
            return new byte[Math.Max(1, length)];
        }
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }
}
