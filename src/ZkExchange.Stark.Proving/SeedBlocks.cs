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
    public const int Batch = 16;

    /// <summary>Prefix, counter, one byte of padding and eight of length are one block.</summary>
    const int PrefixBytesMax = Sha256State.BlockWords * sizeof(uint) - 2 * sizeof(ulong) - 1;

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
    }

    static void OnLanes<TKernel>(ReadOnlySpan<byte> prefix, ulong first, Span<Digest32> digests)
        where TKernel : struct, ISha256Kernel
    {
        var lanes = TKernel.Lanes;
        var whole = digests.Length / lanes * lanes;
        var block = stackalloc byte[Sha256State.BlockWords * sizeof(uint)];
        var template = new Span<byte>(block, Sha256State.BlockWords * sizeof(uint));
        template.Clear();
        prefix.CopyTo(template);
        template[prefix.Length + sizeof(ulong)] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(template[^sizeof(ulong)..], 8 * (ulong)(prefix.Length + sizeof(ulong)));

        // Vectors behind each other: the message, then the state; aligned by hand.
        var space = stackalloc uint[(Sha256State.BlockWords + Sha256State.Words + 1) * lanes];
        var message = (uint*)(((nint)space + lanes * sizeof(uint) - 1) & -(nint)(lanes * sizeof(uint)));
        var state = message + Sha256State.BlockWords * lanes;
        var targets = stackalloc uint*[lanes];
        var counterWord = prefix.Length / sizeof(uint);
        var counterWords = (prefix.Length % sizeof(uint) + sizeof(ulong) + sizeof(uint) - 1) / sizeof(uint);
        fixed (Digest32* target = digests)
        {
            for (var i = 0; i < whole; i += lanes)
            {
                for (var w = 0; w < Sha256State.Words; w++)
                    new Span<uint>(state + w * lanes, lanes).Fill(Sha256State.Initial[w]);

                for (var w = 0; w < Sha256State.BlockWords; w++)
                {
                    var word = BinaryPrimitives.ReadUInt32BigEndian(template[(w * sizeof(uint))..]);
                    new Span<uint>(message + w * lanes, lanes).Fill(word);
                }

                for (var lane = 0; lane < lanes; lane++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(template[prefix.Length..], first + (ulong)(i + lane));
                    for (var w = counterWord; w < counterWord + counterWords; w++)
                    {
                        message[w * lanes + lane] =
                            BinaryPrimitives.ReadUInt32BigEndian(template[(w * sizeof(uint))..]);
                    }

                    targets[lane] = (uint*)(target + i + lane);
                }

                TKernel.Compress(state, message);
                TKernel.Scatter(state, targets);
            }
        }

        OneByOne(prefix, first + (ulong)whole, digests[whole..]);
    }
}
