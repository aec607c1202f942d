// SHA-256 of messages of one block that differ in a counter only: the streams of random elements, the salts of leaves
// and the search for a nonce. As many messages as the machine has lanes are hashed at once.

using System.Buffers.Binary;
using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Stark.Proving;

/// <summary>SHA-256(prefix || u64 counter) for consecutive counters.</summary>
static unsafe class SeedBlocks
{
    /// <summary>Counters are taken this many at a time by callers that want all lanes busy.</summary>
    public const int BatchSize = 32;

    /// <summary>Prefix, counter, one byte of padding and eight of length are one block.</summary>
    public const int PrefixBytesMax = Sha256State.BlockBytes - 2 * sizeof(ulong) - 1;

    /// <summary>The digests of counters first, first + 1, ..</summary>
    /// <param name="prefix">At most 47 bytes.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="digests">Receives as many digests as fit.</param>
    public static void Hash(ReadOnlySpan<byte> prefix, ulong first, Span<Digest32> digests)
    {
        Check.That(prefix.Length <= PrefixBytesMax);
        if (KernelChoice.Selected == KernelSet.Avx512) OnLanes<Sha256Kernel512>(prefix, first, digests);
        else if (KernelChoice.Selected == KernelSet.Avx2) OnLanes<Sha256Kernel256>(prefix, first, digests);
        else OneByOne(prefix, first, digests);
    }

    /// <summary>The smallest counter in first .. first + count - 1 whose digest starts with enough zero bits, or
    /// 2^64 - 1.</summary>
    /// <param name="prefix">At most 47 bytes.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="count">A multiple of <see cref="BatchSize"/>.</param>
    /// <param name="bits">Zero bits, 1 or more.</param>
    public static ulong Find(ReadOnlySpan<byte> prefix, ulong first, int count, int bits)
    {
        Check.That(prefix.Length <= PrefixBytesMax && count % BatchSize == 0 && bits > 0);
        if (KernelChoice.Selected == KernelSet.Avx512) return FindOnLanes<Sha256Kernel512>(prefix, first, count, bits);
        if (KernelChoice.Selected == KernelSet.Avx2) return FindOnLanes<Sha256Kernel256>(prefix, first, count, bits);
        return FindOneByOne(prefix, first, count, bits);
    }

    static void OneByOne(ReadOnlySpan<byte> prefix, ulong first, Span<Digest32> digests)
    {
        Span<byte> message = stackalloc byte[prefix.Length + sizeof(ulong)];
        Span<byte> digest = stackalloc byte[Digest32.Bytes];
        prefix.CopyTo(message);
        for (var i = 0; i < digests.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(message[prefix.Length..], first + (ulong)i);
            SHA256.HashData(message, digest);
            digests[i] = new(digest);
        }

        CryptographicOperations.ZeroMemory(message);         // a prefix may be a seed
        CryptographicOperations.ZeroMemory(digest);
    }

    static void OnLanes<TKernel>(ReadOnlySpan<byte> prefix, ulong first, Span<Digest32> digests)
        where TKernel : struct, ISha256Kernel
    {
        var lanes = TKernel.Lanes;
        var whole = digests.Length / lanes * lanes;
        if (whole == 0)
        {
            OneByOne(prefix, first, digests);
            return;
        }

        using var batch = new Sha256Counters<TKernel>(prefix);
        var targets = stackalloc uint*[lanes];
        fixed (Digest32* target = digests)
        {
            for (var i = 0; i < whole; i += lanes)
            {
                for (var lane = 0; lane < lanes; lane++) targets[lane] = (uint*)(target + i + lane);
                TKernel.Scatter(batch.Compress(first + (ulong)i, 1), targets);
            }
        }

        OneByOne(prefix, first + (ulong)whole, digests[whole..]);
    }

    static ulong FindOnLanes<TKernel>(ReadOnlySpan<byte> prefix, ulong first, int count, int bits)
        where TKernel : struct, ISha256Kernel
    {
        using var batch = new Sha256Counters<TKernel>(prefix);
        var limit = bits >= 32 ? 0 : uint.MaxValue >> bits;
        for (var i = 0; i < count; i += TKernel.Lanes)
        {
            // The first word of a state is the first four bytes of its digest.
            var state = batch.Compress(first + (ulong)i, 1);
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                if (state[lane] > limit) continue;

                var found = FindOneByOne(prefix, first + (ulong)(i + lane), 1, bits);
                if (found != ulong.MaxValue) return found;
            }
        }

        return ulong.MaxValue;
    }

    static ulong FindOneByOne(ReadOnlySpan<byte> prefix, ulong first, int count, int bits)
    {
        Span<Digest32> digest = stackalloc Digest32[1];
        Span<byte> bytes = stackalloc byte[Digest32.Bytes];
        for (var counter = first; counter < first + (ulong)count; counter++)
        {
            OneByOne(prefix, counter, digest);
            digest[0].CopyTo(bytes);
            if (Transcript.LeadingZeros(bytes) >= bits) return counter;
        }

        return ulong.MaxValue;
    }
}
