using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The hashes of a tree (specs/30-proof-system.md section 4.2), many at a time.</summary>
static unsafe class LeafHash
{
    /// <summary>SHA-256(header || row || salt) of sixteen rows.</summary>
    /// <param name="header">64 bytes.</param>
    /// <param name="rows">Sixteen rows of residues.</param>
    /// <param name="words">Words of a row.</param>
    /// <param name="salts">Sixteen salts, or nothing.</param>
    /// <param name="digests">Receives sixteen digests.</param>
    public static void Leaves(
        ReadOnlySpan<byte> header, uint** rows, int words, ReadOnlySpan<byte> salts, Span<byte> digests)
    {
        var saltBytes = salts.Length / Matrix.Lanes;
        var message = new byte[header.Length + words * sizeof(uint) + saltBytes];
        header.CopyTo(message);
        var row = MemoryMarshal.Cast<byte, uint>(message.AsSpan(header.Length, words * sizeof(uint)));
        for (var i = 0; i < Matrix.Lanes; i++)
        {
            for (var c = 0; c < words; c++) row[c] = KoalaBear.FromResidue(rows[i][c]).ToUInt32();
            salts.Slice(i * saltBytes, saltBytes).CopyTo(message.AsSpan(message.Length - saltBytes));
            SHA256.HashData(message, digests.Slice(i * Digest32.Bytes, Digest32.Bytes));
        }
    }

    /// <summary>SHA-256(left || right) or SHA-256(left || right || leaf) of neighbouring nodes.</summary>
    /// <param name="left">Digests.</param>
    /// <param name="right">As many.</param>
    /// <param name="leaves">As many, or null.</param>
    /// <param name="parents">Receives as many.</param>
    /// <param name="count">How many.</param>
    public static void Nodes(byte* left, byte* right, byte* leaves, byte* parents, long count)
    {
        Span<byte> message = stackalloc byte[3 * Digest32.Bytes];
        if (leaves is null) message = message[..(2 * Digest32.Bytes)];
        for (var i = 0L; i < count; i++)
        {
            Digest(left, i).CopyTo(message);
            Digest(right, i).CopyTo(message[Digest32.Bytes..]);
            if (leaves is not null) Digest(leaves, i).CopyTo(message[(2 * Digest32.Bytes)..]);
            SHA256.HashData(message, Digest(parents, i));
        }
    }

    static Span<byte> Digest(byte* digests, long index) => new(digests + index * Digest32.Bytes, Digest32.Bytes);
}
