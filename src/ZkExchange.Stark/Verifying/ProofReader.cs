using System.Buffers.Binary;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Verifying;

/// <summary>Takes the fields of a proof in order. The first fault stays; what is read after it counts not.</summary>
ref struct ProofReader(ReadOnlySpan<byte> proof)
{
    readonly ReadOnlySpan<byte> _proof = proof;
    int _position;

    /// <summary>Acceptance, or <see cref="Outcome.BadLength"/> or <see cref="Outcome.BadEncoding"/> with the byte.
    /// </summary>
    public Verdict Fault { get; private set; } = Verdict.Accepted;

    /// <summary>Bytes taken so far.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes not yet taken.</summary>
    public readonly int Left => _proof.Length - _position;

    /// <summary>The next bytes; none if there are not as many.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (!Fault.IsAccepted) return [];
        if (count > Left)
        {
            Fault = Verdict.Reject(Outcome.BadLength, _proof.Length);
            return [];
        }

        var bytes = _proof.Slice(_position, (int)count);
        _position += (int)count;
        return bytes;
    }

    public Digest32 TakeDigest()
    {
        var bytes = Take(Digest32.Bytes);
        return bytes.IsEmpty ? default : new(bytes);
    }

    public ulong TakeNonce()
    {
        var bytes = Take(sizeof(ulong));
        return bytes.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Elements of E, and the bytes they were read from.</summary>
    public Quintic[] TakeElements(int count, out ReadOnlySpan<byte> bytes)
    {
        var start = _position;
        bytes = Take((long)count * Canonical.ElementBytes);
        if (!Fault.IsAccepted) return [];

        var elements = new Quintic[count];
        for (var i = 0; i < count; i++)
        {
            if (Canonical.TryRead(bytes[(i * Canonical.ElementBytes)..], out elements[i])) continue;

            Fault = Verdict.Reject(Outcome.BadEncoding, start + i * Canonical.ElementBytes);
            return [];
        }

        return elements;
    }
}
