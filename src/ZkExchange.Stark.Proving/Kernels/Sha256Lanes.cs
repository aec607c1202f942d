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
    const long RowsAtATime = 256;

    /// <summary>digests[j] = SHA-256(header || row j, canonical || salt j), salt j = SHA-256(prefix || u64 j).
    /// </summary>
    /// <param name="header">64 bytes.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="saltPrefix">At most <see cref="SeedBlocks.PrefixBytesMax"/> bytes; empty where leaves have no
    /// salts.</param>
    /// <param name="digests">One a leaf.</param>
    /// <param name="threads">At least 1; the result does not depend on it.</param>
    public static void HashRows(
        ReadOnlySpan<byte> header, LeafRows rows, ReadOnlySpan<byte> saltPrefix, Span<Digest32> digests, int threads) =>
        HashRows(header, rows, saltPrefix, digests, threads, KernelChoice.Selected);

    /// <summary>parents[i] = SHA-256(level[i] || level[i + m]), m parents, 2 m digests of the level.</summary>
    public static void HashPairs(ReadOnlySpan<Digest32> level, Span<Digest32> parents, int threads) =>
        HashPairs(level, parents, threads, KernelChoice.Selected);

    /// <summary>parents[i] = SHA-256(level[i] || level[i + m] || leaves[i]), m parents and leaves.</summary>
    public static void HashTriples(
        ReadOnlySpan<Digest32> level, ReadOnlySpan<Digest32> leaves, Span<Digest32> parents, int threads) =>
        HashTriples(level, leaves, parents, threads, KernelChoice.Selected);

    internal static void HashRows(
        ReadOnlySpan<byte> header, LeafRows rows, ReadOnlySpan<byte> saltPrefix, Span<Digest32> digests, int threads,
        KernelSet kernels)
    {
        Check.That(header.Length == Sha256State.BlockBytes && digests.Length == rows.Count);
        Check.That(saltPrefix.Length <= SeedBlocks.PrefixBytesMax);
        var (first, prefix) = (header.ToArray(), saltPrefix.ToArray());
        fixed (Digest32* digest = digests)
        {
            var target = (nint)digest;
            if (kernels == KernelSet.Avx512) Leaves<Sha256Kernel512>();
            else if (kernels == KernelSet.Avx2) Leaves<Sha256Kernel256>();
            else Scalar();

            void Leaves<TKernel>() where TKernel : struct, ISha256Kernel
            {
                if (rows.CosetRows < TKernel.Lanes)
                {
                    Scalar();
                    return;
                }

                Workers.Share(
                    rows.Count, Math.Min(rows.CosetRows, RowsAtATime), threads,
                    () => new Sha256Leaves<TKernel>(first, rows, prefix),
                    (tile, from, to) => tile.Hash((Digest32*)target, from, to), tile => tile.Dispose());
            }

            void Scalar() => Workers.Share(rows.Count, RowsAtATime, threads, (from, to) =>
                ScalarLeaves(first, rows, prefix, (Digest32*)target, from, to));
        }

        CryptographicOperations.ZeroMemory(prefix);
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
            if (kernels == KernelSet.Avx512) Nodes<Sha256Kernel512>();
            else if (kernels == KernelSet.Avx2) Nodes<Sha256Kernel256>();
            else Scalar(0);

            void Nodes<TKernel>() where TKernel : struct, ISha256Kernel
            {
                var whole = count / TKernel.Lanes * TKernel.Lanes;
                Workers.Share(
                    whole, RowsAtATime, threads, () => new Sha256Nodes<TKernel>(),
                    (tile, from, to) => tile.Hash((uint*)leftAt, (uint*)leafAt, (uint*)parentAt, count, from, to),
                    tile => tile.Dispose());
                Scalar(whole);
            }

            void Scalar(long start) => Workers.Share(count - start, RowsAtATime, threads, (from, to) => ScalarNodes(
                (Digest32*)leftAt, (Digest32*)leafAt, (Digest32*)parentAt, count, start + from, start + to));
        }
    }

    static void ScalarLeaves(
        byte[] header, LeafRows rows, byte[] saltPrefix, Digest32* digests, long from, long to)
    {
        var salted = saltPrefix.Length > 0;
        var message = new byte[header.Length + sizeof(uint) * rows.Words + (salted ? Digest32.Bytes : 0)];
        header.CopyTo(message, 0);
        Span<byte> digest = stackalloc byte[Digest32.Bytes];
        Span<Digest32> salt = stackalloc Digest32[1];
        for (var row = from; row < to; row++)
        {
            var leaf = rows.Leaf(row);
            var at = header.Length;
            foreach (var word in rows.Row(leaf))
            {
                BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at), word.ToUInt32());
                at += sizeof(uint);
            }

            if (salted)
            {
                SeedBlocks.Hash(saltPrefix, (ulong)leaf, salt);
                salt[0].CopyTo(message.AsSpan(at));
            }

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
