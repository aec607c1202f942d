// SHA-256 of messages of one block that differ in a counter only: the streams of random elements, the salts of leaves
// and the search for a nonce. As many messages as the machine has lanes are hashed at once.

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;
using ZkExchange.Stark.Proving.Kernels;

namespace ZkExchange.Stark.Proving;

/// <summary>SHA-256(prefix || u64 counter) for consecutive counters.</summary>
static unsafe class SeedBlocks
{
    /// <summary>Counters are taken this many at a time by callers that want all lanes busy.</summary>
    public const int BatchSize = 16;

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

    /// <summary>The smallest counter in first .. first + count - 1 whose digest starts with enough zero bits, or
    /// 2^64 - 1.</summary>
    /// <param name="prefix">At most 47 bytes.</param>
    /// <param name="first">The first counter.</param>
    /// <param name="count">A multiple of sixteen.</param>
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
        using var batch = new Batch<TKernel>(prefix);
        var targets = stackalloc uint*[lanes];
        fixed (Digest32* target = digests)
        {
            for (var i = 0; i < whole; i += lanes)
            {
                for (var lane = 0; lane < lanes; lane++) targets[lane] = (uint*)(target + i + lane);
                TKernel.Scatter(batch.Compress(first + (ulong)i), targets);
            }
        }

        OneByOne(prefix, first + (ulong)whole, digests[whole..]);
    }

    static ulong FindOnLanes<TKernel>(ReadOnlySpan<byte> prefix, ulong first, int count, int bits)
        where TKernel : struct, ISha256Kernel
    {
        using var batch = new Batch<TKernel>(prefix);
        var limit = bits >= 32 ? 0 : uint.MaxValue >> bits;
        for (var i = 0; i < count; i += TKernel.Lanes)
        {
            // The first word of a state is the first four bytes of its digest.
            var state = batch.Compress(first + (ulong)i);
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

    /// <summary>The messages of all lanes, which differ in two or three words.</summary>
    readonly ref struct Batch<TKernel>
        where TKernel : struct, ISha256Kernel
    {
        const int Vectors = 2 * Sha256State.BlockWords + Sha256State.Words;

        readonly byte[] _template = new byte[Sha256State.BlockWords * sizeof(uint)];
        readonly int _counterByte;
        readonly nint _space;

        public Batch(ReadOnlySpan<byte> prefix)
        {
            var lanes = TKernel.Lanes;
            _counterByte = prefix.Length;
            prefix.CopyTo(_template);
            _template[prefix.Length + sizeof(ulong)] = 0x80;
            BinaryPrimitives.WriteUInt64BigEndian(
                _template.AsSpan(_template.Length - sizeof(ulong)), 8 * (ulong)(prefix.Length + sizeof(ulong)));

            _space = (nint)NativeMemory.AlignedAlloc(SpaceBytes, 64);
            for (var w = 0; w < Sha256State.BlockWords; w++) Fill(Constant + w * lanes, WordAt(w));
        }

        /// <summary>The words that all lanes share.</summary>
        uint* Constant => (uint*)_space;

        uint* Message => Constant + Sha256State.BlockWords * TKernel.Lanes;

        uint* State => Message + Sha256State.BlockWords * TKernel.Lanes;

        /// <summary>The states after the messages of counters first, first + 1, ..</summary>
        public uint* Compress(ulong first)
        {
            var lanes = TKernel.Lanes;
            var (message, state) = ((nint)Message, (nint)State);
            Buffer.MemoryCopy(
                Constant, (uint*)message, Sha256State.BlockWords * lanes * 4, Sha256State.BlockWords * lanes * 4);
            for (var w = 0; w < Sha256State.Words; w++) Fill((uint*)state + w * lanes, Sha256State.Initial[w]);

            var from = _counterByte / sizeof(uint);
            var to = (_counterByte + sizeof(ulong) - 1) / sizeof(uint);
            for (var lane = 0; lane < lanes; lane++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(_template.AsSpan(_counterByte), first + (ulong)lane);
                for (var w = from; w <= to; w++) ((uint*)message)[w * lanes + lane] = WordAt(w);
            }

            TKernel.Compress((uint*)state, (uint*)message);
            return (uint*)state;
        }

        public void Dispose()
        {
            CryptographicOperations.ZeroMemory(_template);
            NativeMemory.Clear((void*)_space, SpaceBytes);
            NativeMemory.AlignedFree((void*)_space);
        }

        static nuint SpaceBytes => (nuint)(Vectors * TKernel.Lanes * sizeof(uint));

        uint WordAt(int index) => BinaryPrimitives.ReadUInt32BigEndian(_template.AsSpan(index * sizeof(uint)));

        static void Fill(uint* vector, uint word) => new Span<uint>(vector, TKernel.Lanes).Fill(word);
    }
}
