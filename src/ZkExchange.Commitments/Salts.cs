// Everything secret or random of the commitments comes from this file (specs/40-statements.md section 9): two secrets
// of 32 bytes from the platform's generator, and what HKDF-SHA-256 (RFC 5869, without salt) derives of them. A verifier
// derives nothing: it reads nonce and salt from the customer's file.

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>What is derived from one secret. Account secrets last for life and give nonces; epoch secrets serve one
/// statement and give salts, blinds and positions.</summary>
public sealed class Salts
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretBytes = 32;

    /// <summary>The longest info of a derivation: label, zero byte, context.</summary>
    internal const int InfoBytesMax = 192;

    /// <summary>Bytes from which a salt or blind is made.</summary>
    internal const int ElementsBytes = Salt.Length * BytesPerElement;

    const int BytesPerElement = 16;                            // 128 bits mod p: no bias worth naming

    const ulong RadixOfHigh = (ulong.MaxValue % KoalaBear.Modulus) + 1;      // 2^64 mod p, up to p

    readonly byte[] _key = new byte[SHA256.HashSizeInBytes];   // HKDF-Extract, once

    /// <summary>Prepares derivations from a secret of 32 bytes.</summary>
    public Salts(ReadOnlySpan<byte> secret)
    {
        Check.That(secret.Length == SecretBytes);
        HKDF.Extract(HashAlgorithmName.SHA256, secret, [], _key);
    }

    /// <summary>What is expanded, for those who derive many values at once.</summary>
    internal ReadOnlySpan<byte> Key => _key;

    /// <summary>A fresh secret from the platform's generator, which throws when it fails.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The nonce of a customer, from the account secret.</summary>
    public byte[] Nonce(ReadOnlySpan<char> customerId)
    {
        Span<byte> info = stackalloc byte[InfoBytesMax];
        var nonce = new byte[AccountTag.NonceBytes];
        Expand(info[..WriteNonceInfo(customerId, info)], nonce);
        return nonce;
    }

    /// <summary>The salt of a position, from the epoch secret.</summary>
    public Salt Leaf(ulong epoch, ulong position)
    {
        Span<byte> info = stackalloc byte[InfoBytesMax];
        Span<byte> bytes = stackalloc byte[ElementsBytes];
        Expand(info[..WriteLeafInfo(epoch, position, info)], bytes);
        return Elements(bytes);
    }

    /// <summary>Writes the info of a customer's nonce; returns its length.</summary>
    internal static int WriteNonceInfo(ReadOnlySpan<char> customerId, Span<byte> info)
    {
        Check.That(AccountTag.IsCustomerId(customerId));
        Span<byte> context = stackalloc byte[2 + AccountTag.IdBytesMax];
        BinaryPrimitives.WriteUInt16LittleEndian(context, (ushort)customerId.Length);
        Encoding.ASCII.GetBytes(customerId, context[2..]);
        return WriteInfo("zkexchange-v1/nonce"u8, context[..(2 + customerId.Length)], info);
    }

    /// <summary>Writes the info of the salt of a position; returns its length.</summary>
    internal static int WriteLeafInfo(ulong epoch, ulong position, Span<byte> info)
    {
        Span<byte> context = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(context, epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(context[8..], position);
        return WriteInfo("zkexchange-v1/salt"u8, context, info);
    }

    /// <summary>The four elements that 64 derived bytes stand for.</summary>
    internal static Salt Elements(ReadOnlySpan<byte> bytes)
    {
        Check.That(bytes.Length == ElementsBytes);
        return new(Element(bytes), Element(bytes[16..]), Element(bytes[32..]), Element(bytes[48..]));
    }

    /// <summary>The blind of a node of the upper tree, from the epoch secret.</summary>
    public Salt Blind(ulong epoch, ulong level, ulong index)
    {
        Span<byte> context = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(context, epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(context[8..], level);
        BinaryPrimitives.WriteUInt64LittleEndian(context[16..], index);
        Span<byte> info = stackalloc byte[InfoBytesMax];
        Span<byte> bytes = stackalloc byte[ElementsBytes];
        Expand(info[..WriteInfo("zkexchange-v1/blind"u8, context, info)], bytes);
        return Elements(bytes);
    }

    /// <summary>A random position for each account, no two alike, from the epoch secret.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="accounts">How many positions are taken.</param>
    /// <param name="positions">How many there are.</param>
    /// <remarks>The first steps of a Fisher-Yates shuffle, driven by SHA-256(key, counter), without bias.</remarks>
    public int[] Positions(ulong epoch, int accounts, int positions)
    {
        Check.That(accounts >= 0 && accounts <= positions);
        Span<byte> context = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(context, epoch);
        var seed = new byte[SecretBytes];
        Span<byte> info = stackalloc byte[InfoBytesMax];
        Expand(info[..WriteInfo("zkexchange-v1/positions"u8, context, info)], seed);
        var stream = new Stream32(seed);
        var order = new int[positions];
        for (var i = 0; i < positions; i++) order[i] = i;
        for (var i = 0; i < accounts; i++)
        {
            var j = i + (int)stream.Below((uint)(positions - i));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order[..accounts];
    }

    // high 2^64 + low, in words of 64 bits: a division by a constant costs a few multiplications there.
    static KoalaBear Element(ReadOnlySpan<byte> bytes)
    {
        var high = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]) % KoalaBear.Modulus;
        var low = BinaryPrimitives.ReadUInt64LittleEndian(bytes) % KoalaBear.Modulus;
        return KoalaBear.From((high * RadixOfHigh) + low);     // < p^2 + p
    }

    static int WriteInfo(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> info)
    {
        label.CopyTo(info);
        info[label.Length] = 0;
        context.CopyTo(info[(label.Length + 1)..]);
        return label.Length + 1 + context.Length;
    }

    void Expand(ReadOnlySpan<byte> info, Span<byte> output) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _key, output, info);

    ref struct Stream32(byte[] seed)
    {
        readonly byte[] _seed = seed;
        readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
        ulong _counter;
        int _used = SHA256.HashSizeInBytes;

        // Uniform in 0 .. bound - 1: the incomplete last interval is drawn again.
        public uint Below(uint bound)
        {
            Check.That(bound > 0);
            var limit = (1UL << 32) / bound * bound;
            ulong word;
            do word = Word();
            while (word >= limit);
            return (uint)(word % bound);
        }

        uint Word()
        {
            if (_used == _block.Length)
            {
                Span<byte> input = stackalloc byte[SecretBytes + 8];
                _seed.CopyTo(input);
                BinaryPrimitives.WriteUInt64LittleEndian(input[SecretBytes..], _counter++);
                SHA256.HashData(input, _block);
                _used = 0;
            }

            _used += 4;
            return BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_used - 4));
        }
    }
}
