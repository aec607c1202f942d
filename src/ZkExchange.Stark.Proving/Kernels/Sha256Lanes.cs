// SHA-256 of many messages at once, for leaves and nodes of the commitment trees (specs/30-proof-system.md section
// 4.2). What the verifier computes with the platform's SHA-256 the prover computes one message a lane; the results
// are equal, or no proof would be accepted.
//
//   leaf     header, one block whose state is computed once || rows, canonical words || salt || padding
//   node     left || right || a constant block
//   inject   left || right || leaf || padding

using System.Buffers.Binary;
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
                    Sha256Leaves<TKernel>.Hash(headerBytes, rows, (byte*)saltsAt, (Digest32*)digestsAt, from, end);
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
                    Sha256Nodes<TKernel>.Hash((uint*)leftAt, (uint*)leafAt, (uint*)parentAt, count, from, end);
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
}
