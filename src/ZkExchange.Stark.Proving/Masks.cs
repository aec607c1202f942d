// All randomness of a proof is on this page (specs/30-proof-system.md section 12.6). One 32-byte seed a proof:
//
//   seed   = HMAC-SHA-256(key, statement digest || digest of the witness)        key: 32 bytes from the platform
//   stream = SHA-256(seed || u32 purpose || u64 counter), counter = 0, 1, ..     integers little-endian
//
// The key makes the seed unpredictable; digest and witness make it fresh even where a generator repeats itself. A
// generator that fails throws, and the proof ends there: nothing falls back to the witness alone.

using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;

namespace ZkExchange.Stark.Proving;

/// <summary>The random elements that hide the witness, drawn from one seed.</summary>
/// <remarks>Disposing wipes the seed. Streams are independent of each other and of the order of use, so any number of
/// threads may draw from different ones.</remarks>
sealed class Masks : IDisposable
{
    /// <summary>Bytes of a key, of the seed and of a digest.</summary>
    public const int SeedBytes = 32;

    readonly byte[] _seed;

    Masks(byte[] seed) => _seed = seed;

    /// <summary>Makes the seed of one proof.</summary>
    /// <param name="key">32 bytes from the platform's generator; a test may pin them.</param>
    /// <param name="statement">The statement digest, 32 bytes.</param>
    /// <param name="witness">The digest of the witness.</param>
    public static Masks From(ReadOnlySpan<byte> key, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> witness)
    {
        Check.That(key.Length == SeedBytes && statement.Length == SeedBytes && witness.Length == SeedBytes);

        Span<byte> data = stackalloc byte[2 * SeedBytes];
        statement.CopyTo(data);
        witness.CopyTo(data[SeedBytes..]);
        return new(HMACSHA256.HashData(key, data));
    }

    /// <summary>32 fresh bytes of the platform's generator.</summary>
    /// <exception cref="CryptographicException">The generator failed; there must be no proof.</exception>
    public static byte[] PlatformKey() => Key(RandomNumberGenerator.Fill);

    /// <summary>32 bytes of a generator that may fail, by a word or by zeros.</summary>
    internal static byte[] Key(Action<Span<byte>> fill)
    {
        var key = new byte[SeedBytes];
        fill(key);
        if (key.AsSpan().IndexOfAnyExcept((byte)0) < 0)
            throw new CryptographicException("The platform's generator returned zeros.");

        return key;
    }

    /// <summary>A stream of its own for each purpose and sub-stream; to be disposed, which wipes it.</summary>
    public MaskStream Stream(MaskPurpose purpose, int index = 0)
    {
        Check.That(index is >= 0 and < 1 << 24);
        return new(_seed, (uint)purpose << 24 | (uint)index);
    }

    /// <summary>The salt of a leaf: block <c>leaf</c> of the stream of its tree and class.</summary>
    /// <param name="tree">The kind of the tree.</param>
    /// <param name="leavesLog2">The class, by its number of leaves.</param>
    /// <param name="leaf">The leaf.</param>
    public Digest32 Salt(TreeKind tree, int leavesLog2, long leaf)
    {
        Span<byte> prefix = stackalloc byte[MaskStream.PrefixBytes];
        WriteSaltPrefix(tree, leavesLog2, prefix);
        Span<Digest32> salt = stackalloc Digest32[1];
        SeedBlocks.Hash(prefix, (ulong)leaf, salt);
        CryptographicOperations.ZeroMemory(prefix);
        return salt[0];
    }

    /// <summary>What comes before the counter in that stream. It holds the seed: the caller wipes it.</summary>
    /// <param name="tree">The kind of the tree.</param>
    /// <param name="leavesLog2">The class, by its number of leaves.</param>
    /// <param name="prefix">Receives <see cref="MaskStream.PrefixBytes"/> bytes.</param>
    public void WriteSaltPrefix(TreeKind tree, int leavesLog2, Span<byte> prefix) =>
        MaskStream.WritePrefix(prefix, _seed, (uint)MaskPurpose.Salt << 24 | (uint)tree << 8 | (uint)leavesLog2);

    public void Dispose() => CryptographicOperations.ZeroMemory(_seed);
}
