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

    const int BytesPerElement = 16;                            // 128 bits mod p: no bias worth naming

    readonly byte[] _key = new byte[SHA256.HashSizeInBytes];   // HKDF-Extract, once

    /// <summary>Prepares derivations from a secret of 32 bytes.</summary>
    public Salts(ReadOnlySpan<byte> secret)
    {
        Check.That(secret.Length == SecretBytes);
        HKDF.Extract(HashAlgorithmName.SHA256, secret, [], _key);
    }

    /// <summary>A fresh secret from the platform's generator, which throws when it fails.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>The nonce of a customer, from the account secret.</summary>
    public byte[] Nonce(ReadOnlySpan<char> customerId)
    {
        Check.That(AccountTag.IsCustomerId(customerId));
        Span<byte> context = stackalloc byte[2 + AccountTag.IdBytesMax];
        BinaryPrimitives.WriteUInt16LittleEndian(context, (ushort)customerId.Length);
        Encoding.ASCII.GetBytes(customerId, context[2..]);
        var nonce = new byte[AccountTag.NonceBytes];
        Derive("zkexchange-v1/nonce"u8, context[..(2 + customerId.Length)], nonce);
        return nonce;
    }

    /// <summary>The salt of a position, from the epoch secret.</summary>
    public Salt Leaf(ulong epoch, ulong position)
    {
        Span<byte> context = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(context, epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(context[8..], position);
        return Elements("zkexchange-v1/salt"u8, context);
    }

    /// <summary>The blind of a node of the upper tree, from the epoch secret.</summary>
    public Salt Blind(ulong epoch, ulong level, ulong index)
    {
        Span<byte> context = stackalloc byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(context, epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(context[8..], level);
        BinaryPrimitives.WriteUInt64LittleEndian(context[16..], index);
        return Elements("zkexchange-v1/blind"u8, context);
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
        Derive("zkexchange-v1/positions"u8, context, seed);
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

    Salt Elements(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context)
    {
        Span<byte> bytes = stackalloc byte[Salt.Length * BytesPerElement];
        Derive(label, context, bytes);
        return new(Element(bytes), Element(bytes[16..]), Element(bytes[32..]), Element(bytes[48..]));
    }

    static KoalaBear Element(ReadOnlySpan<byte> bytes) =>
        KoalaBear.From((uint)(BinaryPrimitives.ReadUInt128LittleEndian(bytes) % KoalaBear.Modulus));

    // info = label, a zero byte, context.
    void Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output)
    {
        Span<byte> info = stackalloc byte[label.Length + 1 + context.Length];
        label.CopyTo(info);
        info[label.Length] = 0;
        context.CopyTo(info[(label.Length + 1)..]);
        HKDF.Expand(HashAlgorithmName.SHA256, _key, output, info);
    }

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
