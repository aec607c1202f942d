// SHA-256 of many messages at once, for leaves and nodes of the commitment trees (specs/30-proof-system.md section
// 4.2). What the verifier computes with the platform's SHA-256 the prover computes one message a lane; the results
// are equal, or no proof would be accepted.
//
//   leaf     header, one block whose state is computed once || rows, canonical words || salt || padding
//   node     left || right || a constant block
//   inject   left || right || leaf || padding

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Leaves and nodes of trees, on the lanes of the machine.</summary>
static unsafe class Sha256Lanes
{
    const int HeaderBytes = 64;
    const int SaltBytes = 32;
    const long RowsAtATime = 256;

    /// <summary>digests[j] = SHA-256(header || row j of every source, canonical || salt j).</summary>
    /// <param name="header">64 bytes.</param>
    /// <param name="sources">At least one, all of the same height and blow-up.</param>
    /// <param name="salts">32 bytes a leaf, in the order of leaves; or empty.</param>
    /// <param name="digests">One a leaf.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static void HashRows(
        ReadOnlySpan<byte> header, ReadOnlySpan<LeafRows> sources, ReadOnlySpan<byte> salts, Span<Digest32> digests,
        int threads) => HashRows(header, sources, salts, digests, threads, KernelChoice.Selected);

    /// <summary>parents[i] = SHA-256(level[i] || level[i + m]), m parents, 2 m digests of the level.</summary>
    public static void HashPairs(ReadOnlySpan<Digest32> level, Span<Digest32> parents, int threads) =>
        HashPairs(level, parents, threads, KernelChoice.Selected);

    /// <summary>parents[i] = SHA-256(level[i] || level[i + m] || leaves[i]), m parents and leaves.</summary>
    public static void HashTriples(
        ReadOnlySpan<Digest32> level, ReadOnlySpan<Digest32> leaves, Span<Digest32> parents, int threads) =>
        HashTriples(level, leaves, parents, threads, KernelChoice.Selected);

    internal static void HashRows(
        ReadOnlySpan<byte> header, ReadOnlySpan<LeafRows> sources, ReadOnlySpan<byte> salts, Span<Digest32> digests,
        int threads, KernelSet kernels)
    {
        Check.That(header.Length == HeaderBytes && sources.Length >= 1);
        var count = sources[0].Count;
        Check.That(digests.Length == count && (salts.IsEmpty || salts.Length == SaltBytes * count));
        foreach (var source in sources) Check.That(source.Count == count && source.BlowupLog2 == sources[0].BlowupLog2);

        var rows = sources.ToArray();
        var headerBytes = header.ToArray();
        fixed (byte* salt = salts)
        fixed (Digest32* digest = digests)
        {
            var (saltsAt, digestsAt) = ((nint)salt, (nint)digest);
            Workers.Share(count, RowsAtATime, threads, (from, to) =>
            {
                if (kernels == KernelSet.Avx512) Leaves<Sha256Kernel512>();
                else if (kernels == KernelSet.Avx2) Leaves<Sha256Kernel256>();
                else ScalarLeaves(headerBytes, rows, (byte*)saltsAt, (Digest32*)digestsAt, from, to);

                void Leaves<TKernel>() where TKernel : struct, ISha256Kernel
                {
                    var lanes = TKernel.Lanes;
                    var end = from + (to - from) / lanes * lanes;
                    LeafTile<TKernel>.Hash(headerBytes, rows, (byte*)saltsAt, (Digest32*)digestsAt, from, end);
                    ScalarLeaves(headerBytes, rows, (byte*)saltsAt, (Digest32*)digestsAt, end, to);
                }
            });
        }
    }

    internal static void HashPairs(
        ReadOnlySpan<Digest32> level, Span<Digest32> parents, int threads, KernelSet kernels) =>
        HashTriples(level, default, parents, threads, kernels);

    internal static void HashTriples(
        ReadOnlySpan<Digest32> level, ReadOnlySpan<Digest32> leaves, Span<Digest32> parents, int threads,
        KernelSet kernels)
    {
        Check.That(level.Length == 2 * (long)parents.Length && (leaves.IsEmpty || leaves.Length == parents.Length));
        var count = parents.Length;
        fixed (Digest32* left = level, leaf = leaves, parent = parents)
        {
            var (leftAt, leafAt, parentAt) = ((nint)left, (nint)leaf, (nint)parent);
            Workers.Share(count, RowsAtATime, threads, (from, to) =>
            {
                if (kernels == KernelSet.Avx512) Nodes<Sha256Kernel512>();
                else if (kernels == KernelSet.Avx2) Nodes<Sha256Kernel256>();
                else ScalarNodes((Digest32*)leftAt, (Digest32*)leafAt, (Digest32*)parentAt, count, from, to);

                void Nodes<TKernel>() where TKernel : struct, ISha256Kernel
                {
                    var lanes = TKernel.Lanes;
                    var end = from + (to - from) / lanes * lanes;
                    NodeTile<TKernel>.Hash((uint*)leftAt, (uint*)leafAt, (uint*)parentAt, count, from, end);
                    ScalarNodes((Digest32*)leftAt, (Digest32*)leafAt, (Digest32*)parentAt, count, end, to);
                }
            });
        }
    }

    static void ScalarLeaves(
        byte[] header, LeafRows[] sources, byte* salts, Digest32* digests, long from, long to)
    {
        var words = 0;
        foreach (var source in sources) words += source.Words;
        var message = new byte[HeaderBytes + sizeof(uint) * words + (salts == null ? 0 : SaltBytes)];
        header.CopyTo(message, 0);
        Span<byte> digest = stackalloc byte[Digest32.Bytes];
        for (var row = from; row < to; row++)
        {
            var leaf = sources[0].Leaf(row);
            var at = HeaderBytes;
            foreach (var source in sources)
            {
                foreach (var word in source.Row(leaf))
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at), word.ToUInt32());
                    at += sizeof(uint);
                }
            }

            if (salts != null) new ReadOnlySpan<byte>(salts + SaltBytes * leaf, SaltBytes).CopyTo(message.AsSpan(at));
            SHA256.HashData(message, digest);
            digests[leaf] = new(digest);
        }
    }

    static void ScalarNodes(Digest32* level, Digest32* leaves, Digest32* parents, long count, long from, long to)
    {
        Span<byte> message = stackalloc byte[3 * Digest32.Bytes];
        Span<byte> digest = stackalloc byte[Digest32.Bytes];
        for (var i = from; i < to; i++)
        {
            level[i].CopyTo(message);
            level[i + count].CopyTo(message[Digest32.Bytes..]);
            if (leaves != null) leaves[i].CopyTo(message[(2 * Digest32.Bytes)..]);
            SHA256.HashData(leaves == null ? message[..(2 * Digest32.Bytes)] : message, digest);
            parents[i] = new(digest);
        }
    }

    static class LeafTile<TKernel> where TKernel : struct, ISha256Kernel
    {
        /// <summary>The leaves of storage rows from .. to - 1, a multiple of the lanes.</summary>
        public static void Hash(
            byte[] header, LeafRows[] sources, byte* salts, Digest32* digests, long from, long to)
        {
            var lanes = TKernel.Lanes;
            var state = (uint*)NativeMemory.AlignedAlloc((nuint)((8 + 16 + 16 + 8) * lanes * sizeof(uint)), 64);
            var message = state + 8 * lanes;
            var staging = message + 16 * lanes;              // 16 words of each lane
            var start = staging + 16 * lanes;
            var stagingRows = stackalloc uint*[lanes];
            for (var lane = 0; lane < lanes; lane++) stagingRows[lane] = staging + 16 * lane;
            var rows = stackalloc uint*[lanes * sources.Length];
            var targets = stackalloc uint*[lanes];
            var saltRows = stackalloc uint*[lanes];

            Fill(start, Sha256State.Initial);
            fixed (byte* bytes = header)
            {
                for (var lane = 0; lane < lanes; lane++) saltRows[lane] = (uint*)bytes;
                TKernel.GatherWords(saltRows, 0, message);
            }

            TKernel.Compress(start, message);
            for (var row = from; row < to; row += lanes)
            {
                for (var lane = 0; lane < lanes; lane++)
                {
                    var leaf = sources[0].Leaf(row + lane);
                    for (var s = 0; s < sources.Length; s++) rows[s * lanes + lane] = sources[s].Pointer(row + lane);
                    targets[lane] = (uint*)(digests + leaf);
                    saltRows[lane] = salts == null ? null : (uint*)(salts + SaltBytes * leaf);
                }

                new ReadOnlySpan<uint>(start, 8 * lanes).CopyTo(new(state, 8 * lanes));
                Absorb(sources, rows, saltRows, state, message, staging, stagingRows, row + lanes < to);
                TKernel.Scatter(state, targets);
            }

            NativeMemory.AlignedFree(state);
        }

        static void Absorb(
            LeafRows[] sources, uint** rows, uint** salts, uint* state, uint* message, uint* staging,
            uint** stagingRows, bool more)
        {
            var lanes = TKernel.Lanes;
            var (staged, total) = (0, 0);                    // words of the open block, of the message
            for (var s = 0; s < sources.Length; s++)
            {
                var (words, at) = (sources[s].Words, 0);
                var source = rows + s * lanes;
                total += words;
                while (at < words)
                {
                    if (staged == 0 && words - at >= Sha256State.BlockWords)
                    {
                        if (more) Prefetch(source, at, sources[s].Stride * lanes);
                        TKernel.GatherResidues(source, at, message);
                        TKernel.Compress(state, message);
                        at += Sha256State.BlockWords;
                        continue;
                    }

                    var part = Math.Min(words - at, Sha256State.BlockWords - staged);
                    for (var lane = 0; lane < lanes; lane++)
                    {
                        var (from, to) = ((nint)(source[lane] + at), (nint)(stagingRows[lane] + staged));
                        for (var i = 0; i < part; i++) ((uint*)to)[i] = KoalaBear.Multiply(((uint*)from)[i], 1);
                    }

                    at += part;
                    staged = Staged(staged + part, state, message, stagingRows);
                }
            }

            if (salts[0] != null)
            {
                total += Sha256State.Words;
                for (var at = 0; at < Sha256State.Words;)
                {
                    var part = Math.Min(Sha256State.Words - at, Sha256State.BlockWords - staged);
                    for (var lane = 0; lane < lanes; lane++)
                    {
                        new ReadOnlySpan<uint>(salts[lane] + at, part).CopyTo(new(stagingRows[lane] + staged, part));
                    }

                    at += part;
                    staged = Staged(staged + part, state, message, stagingRows);
                }
            }

            Finish(staged, HeaderBytes + sizeof(uint) * (long)total, state, message, staging, stagingRows);
        }

        // A full block is compressed; returns the words of the open one.
        static int Staged(int staged, uint* state, uint* message, uint** stagingRows)
        {
            if (staged < Sha256State.BlockWords) return staged;
            TKernel.GatherWords(stagingRows, 0, message);
            TKernel.Compress(state, message);
            return 0;
        }

        // Padding: 0x80, zeros, the number of bits in the last two words.
        static void Finish(
            int staged, long bytes, uint* state, uint* message, uint* staging, uint** stagingRows)
        {
            var lanes = TKernel.Lanes;
            for (var lane = 0; lane < lanes; lane++) stagingRows[lane][staged] = 0x80;
            Clear(staging, staged + 1);
            if (staged >= Sha256State.BlockWords - 2)
            {
                Staged(Sha256State.BlockWords, state, message, stagingRows);
                Clear(staging, 0);
            }

            for (var lane = 0; lane < lanes; lane++)
            {
                stagingRows[lane][14] = BinaryPrimitives.ReverseEndianness((uint)((ulong)bytes >> 29));
                stagingRows[lane][15] = BinaryPrimitives.ReverseEndianness((uint)(bytes << 3));
            }

            Staged(Sha256State.BlockWords, state, message, stagingRows);
        }

        static void Clear(uint* staging, int from)
        {
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                for (var i = from; i < Sha256State.BlockWords; i++) staging[16 * lane + i] = 0;
            }
        }

        static void Prefetch(uint** rows, int at, long distance)
        {
            if (!Sse.IsSupported) return;
            for (var lane = 0; lane < TKernel.Lanes; lane++) Sse.Prefetch0(rows[lane] + at + distance);
        }

        static void Fill(uint* state, ReadOnlySpan<uint> words)
        {
            var lanes = TKernel.Lanes;
            for (var i = 0; i < words.Length; i++) new Span<uint>(state + i * lanes, lanes).Fill(words[i]);
        }
    }

    static class NodeTile<TKernel> where TKernel : struct, ISha256Kernel
    {
        /// <summary>Parents from .. to - 1, a multiple of the lanes; leaves may be null.</summary>
        public static void Hash(uint* level, uint* leaves, uint* parents, long count, long from, long to)
        {
            var lanes = TKernel.Lanes;
            var state = (uint*)NativeMemory.AlignedAlloc((nuint)((8 + 16 + 16) * lanes * sizeof(uint)), 64);
            var message = state + 8 * lanes;
            var staging = message + 16 * lanes;
            var rows = stackalloc uint*[lanes];
            var targets = stackalloc uint*[lanes];
            for (var lane = 0; lane < lanes; lane++) rows[lane] = staging + 16 * lane;

            for (var i = from; i < to; i += lanes)
            {
                for (var w = 0; w < 8; w++) new Span<uint>(state + w * lanes, lanes).Fill(Sha256State.Initial[w]);
                for (var lane = 0; lane < lanes; lane++)
                {
                    Copy(level + 8 * (i + lane), rows[lane]);
                    Copy(level + 8 * (i + lane + count), rows[lane] + 8);
                    targets[lane] = parents + 8 * (i + lane);
                }

                TKernel.GatherWords(rows, 0, message);
                TKernel.Compress(state, message);
                if (leaves == null) TKernel.CompressPadding(state);
                else Inject(leaves + 8 * i, state, message, rows);
                TKernel.Scatter(state, targets);
            }

            NativeMemory.AlignedFree(state);
        }

        static void Inject(uint* leaves, uint* state, uint* message, uint** rows)
        {
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                Copy(leaves + 8 * lane, rows[lane]);
                new Span<uint>(rows[lane] + 8, 8).Clear();
                rows[lane][8] = 0x80;
                rows[lane][15] = BinaryPrimitives.ReverseEndianness(3u * 8 * Digest32.Bytes);
            }

            TKernel.GatherWords(rows, 0, message);
            TKernel.Compress(state, message);
        }

        static void Copy(uint* digest, uint* target) =>
            new ReadOnlySpan<uint>(digest, Sha256State.Words).CopyTo(new(target, Sha256State.Words));
    }
}
