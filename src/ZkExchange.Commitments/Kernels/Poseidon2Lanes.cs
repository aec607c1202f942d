// Poseidon2 of many inputs at once, one a lane. The definition is Poseidon2; the results are equal word by word.

using System.Runtime.InteropServices;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Commitments.Kernels;

/// <summary>Compressions and table rows on the lanes of the machine.</summary>
static unsafe class Poseidon2Lanes
{
    const int LanesMax = 16;
    const int AloneMax = 1;                                    // so many permutations cost less one by one

    // Residue - p of the 64 + 20 + 64 constants; as long as the process lives.
    static readonly nint s_constants = Constants();

    /// <summary>parents[i] = Compress(children[2 i], children[2 i + 1]).</summary>
    /// <param name="children">Twice as many as parents.</param>
    /// <param name="parents">Overwritten; apart from the children.</param>
    public static void CompressPairs(ReadOnlySpan<NodeDigest> children, Span<NodeDigest> parents) =>
        CompressPairs(children, parents, KernelChoice.Selected);

    /// <summary>Writes the cells of permutations, row by row, as <see cref="Poseidon2.Trace"/> does.</summary>
    /// <param name="inputs">Left and right of each permutation, one after the other.</param>
    /// <param name="cells">164 words a permutation, overwritten.</param>
    /// <param name="digests">One a permutation, overwritten.</param>
    public static void Trace(ReadOnlySpan<NodeDigest> inputs, Span<KoalaBear> cells, Span<NodeDigest> digests) =>
        Trace(inputs, cells, digests, KernelChoice.Selected);

    internal static void CompressPairs(
        ReadOnlySpan<NodeDigest> children, Span<NodeDigest> parents, KernelSet kernels)
    {
        Check.That(children.Length == 2 * (long)parents.Length);
        var done = kernels switch
        {
            KernelSet.Avx512 => Run<Poseidon2Kernel512>(children, default, parents),
            KernelSet.Avx2 => Run<Poseidon2Kernel256>(children, default, parents),
            _ => 0,
        };
        if (parents.Length - done > AloneMax && kernels != KernelSet.Scalar)
        {
            // A group that is not full costs as much as a full one, and that is less than a few single ones.
            Span<NodeDigest> pairs = stackalloc NodeDigest[2 * LanesMax];
            Span<NodeDigest> group = stackalloc NodeDigest[kernels == KernelSet.Avx512 ? LanesMax : LanesMax / 2];
            children[(2 * done)..].CopyTo(pairs);
            CompressPairs(pairs[..(2 * group.Length)], group, kernels);
            group[..(parents.Length - done)].CopyTo(parents[done..]);
            return;
        }

        for (var i = done; i < parents.Length; i++)
        {
            parents[i] = Poseidon2.Compress(children[2 * i], children[2 * i + 1]);
        }
    }

    internal static void Trace(
        ReadOnlySpan<NodeDigest> inputs, Span<KoalaBear> cells, Span<NodeDigest> digests, KernelSet kernels)
    {
        Check.That(inputs.Length == 2 * (long)digests.Length);
        Check.That(cells.Length == Poseidon2.TraceCells * (long)digests.Length);
        var done = kernels switch
        {
            KernelSet.Avx512 => Run<Poseidon2Kernel512>(inputs, cells, digests),
            KernelSet.Avx2 => Run<Poseidon2Kernel256>(inputs, cells, digests),
            _ => 0,
        };
        for (var i = done; i < digests.Length; i++)
        {
            var row = cells.Slice(i * Poseidon2.TraceCells, Poseidon2.TraceCells);
            digests[i] = Poseidon2.Trace(inputs[2 * i], inputs[2 * i + 1], row);
        }
    }

    /// <summary>All whole groups of lanes; returns how many permutations that were. No cells, no rows.</summary>
    static int Run<TKernel>(ReadOnlySpan<NodeDigest> inputs, Span<KoalaBear> cells, Span<NodeDigest> digests)
        where TKernel : struct, IPoseidon2Kernel
    {
        var lanes = TKernel.Lanes;
        var groups = digests.Length / lanes;
        if (groups == 0) return 0;

        var vectors = (uint*)NativeMemory.AlignedAlloc(
            (nuint)((Poseidon2.TraceCells + Poseidon2.Width) * lanes * sizeof(uint)), 64);
        var state = vectors + Poseidon2.TraceCells * lanes;
        var rows = stackalloc uint*[lanes];
        fixed (NodeDigest* input = inputs, digest = digests)
        fixed (KoalaBear* cell = cells)
        {
            for (var first = 0; first < groups * lanes; first += lanes)
            {
                for (var lane = 0; lane < lanes; lane++) rows[lane] = (uint*)(input + 2 * (first + lane));
                for (var at = 0; at < Poseidon2.Width; at += lanes) TKernel.Gather(rows, at, vectors + at * lanes);
                Permute<TKernel>(state, vectors, keepsStates: cell != null);
                if (cell != null) WriteCells<TKernel>(vectors, (uint*)cell + (long)first * Poseidon2.TraceCells);

                TKernel.Add(state, state, vectors, NodeDigest.Length * lanes);
                WriteDigests<TKernel>(state, (uint*)(digest + first));
            }
        }

        NativeMemory.AlignedFree(vectors);
        return groups * lanes;
    }

    /// <summary>From the inputs, which are the first sixteen vectors of the cells, to the last state.</summary>
    static void Permute<TKernel>(uint* state, uint* vectors, bool keepsStates)
        where TKernel : struct, IPoseidon2Kernel
    {
        var words = Poseidon2.Width * TKernel.Lanes;
        var constants = (uint*)s_constants;
        var cell = vectors + words;
        Copy(vectors, state, words);
        TKernel.Linear(state);
        Externals(Poseidon2.ExternalRounds);
        TKernel.Internal(state, constants, Poseidon2.InternalRounds, cell);
        constants += Poseidon2.InternalRounds;
        cell += Poseidon2.InternalRounds * TKernel.Lanes;
        Externals(Poseidon2.ExternalRounds);

        void Externals(int rounds)
        {
            if (!keepsStates)
            {
                TKernel.External(state, constants, rounds);
                constants += rounds * Poseidon2.Width;
                cell += rounds * words;
                return;
            }

            for (var round = 0; round < rounds; round++)
            {
                TKernel.External(state, constants, 1);
                constants += Poseidon2.Width;
                Copy(state, cell, words);
                cell += words;
            }
        }
    }

    // Whole squares of lanes; the last one overlaps the one before it.
    static void WriteCells<TKernel>(uint* vectors, uint* cells)
        where TKernel : struct, IPoseidon2Kernel
    {
        var lanes = TKernel.Lanes;
        var rows = stackalloc uint*[lanes];
        for (var lane = 0; lane < lanes; lane++) rows[lane] = cells + lane * Poseidon2.TraceCells;
        for (var at = 0; at < Poseidon2.TraceCells; at += lanes)
        {
            var from = Math.Min(at, Poseidon2.TraceCells - lanes);
            TKernel.Scatter(vectors + from * lanes, rows, from);
        }
    }

    static void WriteDigests<TKernel>(uint* state, uint* digests)
        where TKernel : struct, IPoseidon2Kernel
    {
        for (var lane = 0; lane < TKernel.Lanes; lane++)
        {
            for (var i = 0; i < NodeDigest.Length; i++) *digests++ = state[i * TKernel.Lanes + lane];
        }
    }

    static void Copy(uint* source, uint* target, int words) =>
        new ReadOnlySpan<uint>(source, words).CopyTo(new(target, words));

    static nint Constants()
    {
        uint[] integers =
            [.. Poseidon2Constants.Initial, .. Poseidon2Constants.Internal, .. Poseidon2Constants.Final];
        var constants = (uint*)NativeMemory.AlignedAlloc((nuint)(integers.Length * sizeof(uint)), 64);
        for (var i = 0; i < integers.Length; i++)
        {
            constants[i] = unchecked(KoalaBear.From(integers[i]).Residue - KoalaBear.Modulus);
        }

        return (nint)constants;
    }
}
