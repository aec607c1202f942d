using System.Buffers.Binary;
using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>What ties a leaf to a customer: a chain over the id and a nonce that only the exchange and she know
/// (specs/40-statements.md section 2).</summary>
public static class AccountTag
{
    /// <summary>The longest customer id, in bytes.</summary>
    public const int IdBytesMax = 128;

    /// <summary>Bytes of a nonce.</summary>
    public const int NonceBytes = 32;

    const int BytesPerWord = 3;                                // below 2^24, so below p
    const int BytesPerBlock = BytesPerWord * NodeDigest.Length;
    const int BlocksMax = (2 + IdBytesMax + NonceBytes + BytesPerBlock - 1) / BytesPerBlock;

    /// <summary>True for 1 .. 128 characters of 0x21 .. 0x7E without " and \: nothing is trimmed or folded.</summary>
    public static bool IsCustomerId(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > IdBytesMax) return false;
        foreach (var c in id)
        {
            if (c is < '!' or > '~' or '"' or '\\') return false;
        }

        return true;
    }

    /// <summary>The tag of a customer id with her nonce of 32 bytes.</summary>
    public static NodeDigest Of(ReadOnlySpan<char> customerId, ReadOnlySpan<byte> nonce)
    {
        Check.That(IsCustomerId(customerId));
        Check.That(nonce.Length == NonceBytes);
        Span<byte> message = stackalloc byte[BlocksMax * BytesPerBlock];
        message.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(message, (ushort)customerId.Length);
        Encoding.ASCII.GetBytes(customerId, message[2..]);
        nonce.CopyTo(message[(2 + customerId.Length)..]);
        var length = 2 + customerId.Length + NonceBytes;
        var blocks = (length + BytesPerBlock - 1) / BytesPerBlock;

        var state = NodeDigest.Of(HashDomain.Tag, (uint)length);
        Span<uint> words = stackalloc uint[NodeDigest.Length];
        for (var block = 0; block < blocks; block++)
        {
            for (var i = 0; i < words.Length; i++)
            {
                var bytes = message.Slice((block * BytesPerBlock) + (i * BytesPerWord), BytesPerWord);
                words[i] = bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);
            }

            state = Poseidon2.Compress(state, NodeDigest.Of(words));
        }

        return Poseidon2.Compress(state, NodeDigest.Of(HashDomain.Tag, (uint)blocks));
    }
}
