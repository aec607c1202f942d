using System.Buffers;
using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The bytes of a proof, in the order in which they are said.</summary>
sealed class ProofWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new(1 << 16);

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.Write(bytes);

    public void Write(Digest32 digest)
    {
        digest.CopyTo(_bytes.GetSpan(Digest32.Bytes));
        _bytes.Advance(Digest32.Bytes);
    }

    public void Write(KoalaBear value)
    {
        Canonical.Write(_bytes.GetSpan(Canonical.WordBytes), value);
        _bytes.Advance(Canonical.WordBytes);
    }

    public void Write(ulong nonce)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(sizeof(ulong)), nonce);
        _bytes.Advance(sizeof(ulong));
    }

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
