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

    /// <summary>The longest message, padded.</summary>
    internal const int MessageBytesMax =
        (2 + IdBytesMax + NonceBytes + BytesPerBlock - 1) / BytesPerBlock * BytesPerBlock;

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

    /// <summary>The same of the bytes of an id.</summary>
    internal static bool IsCustomerId(ReadOnlySpan<byte> id)
    {
        if (id.Length is 0 or > IdBytesMax) return false;
        foreach (var c in id)
        {
            if (c is < (byte)'!' or > (byte)'~' or (byte)'"' or (byte)'\\') return false;
        }

        return true;
    }

    /// <summary>The tag of a customer id with her nonce of 32 bytes.</summary>
    public static NodeDigest Of(ReadOnlySpan<char> customerId, ReadOnlySpan<byte> nonce)
    {
        Span<byte> message = stackalloc byte[MessageBytesMax];
        var length = WriteMessage(customerId, nonce, message);
        var state = Opening(length);
        for (var block = 0; block < BlocksOf(length); block++) state = Poseidon2.Compress(state, Block(message, block));
        return Poseidon2.Compress(state, Closing(BlocksOf(length)));
    }

    /// <summary>Writes u16le length of the id, id, nonce and zeros; returns the length without the zeros.</summary>
    internal static int WriteMessage(ReadOnlySpan<char> customerId, ReadOnlySpan<byte> nonce, Span<byte> message)
    {
        Check.That(IsCustomerId(customerId));
        Check.That(nonce.Length == NonceBytes && message.Length == MessageBytesMax);
        message.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(message, (ushort)customerId.Length);
        Encoding.ASCII.GetBytes(customerId, message[2..]);
        nonce.CopyTo(message[(2 + customerId.Length)..]);
        return 2 + customerId.Length + NonceBytes;
    }

    /// <summary>k: blocks of a message.</summary>
    internal static int BlocksOf(int length) => (length + BytesPerBlock - 1) / BytesPerBlock;

    /// <summary>t_0 = [CTAG, |m|, 0 ..].</summary>
    internal static NodeDigest Opening(int length) => NodeDigest.Of(HashDomain.Tag, (uint)length);

    /// <summary>The last block, [CTAG, k, 0 ..].</summary>
    internal static NodeDigest Closing(int blocks) => NodeDigest.Of(HashDomain.Tag, (uint)blocks);

    /// <summary>Three bytes little-endian a word, eight words.</summary>
    internal static NodeDigest Block(ReadOnlySpan<byte> message, int block)
    {
        Span<uint> words = stackalloc uint[NodeDigest.Length];
        for (var i = 0; i < words.Length; i++)
        {
            var bytes = message.Slice((block * BytesPerBlock) + (i * BytesPerWord), BytesPerWord);
            words[i] = bytes[0] | ((uint)bytes[1] << 8) | ((uint)bytes[2] << 16);
        }

        return NodeDigest.Of(words);
    }
}
