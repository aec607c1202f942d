using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Nodes, one a lane.</summary>
static unsafe class Sha256Nodes<TKernel>
    where TKernel : struct, ISha256Kernel
{
    /// <summary>Parents from .. to - 1, a multiple of the lanes.</summary>
    /// <param name="level">Twice as many digests as there are parents.</param>
    /// <param name="leaves">As many as there are parents, or null.</param>
    /// <param name="parents">Overwritten.</param>
    /// <param name="count">Parents of the whole level.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    public static void Hash(uint* level, uint* leaves, uint* parents, long count, long from, long to)
    {
        const int vectors = 2 * Sha256State.Words + 2 * Sha256State.BlockWords;
        var lanes = TKernel.Lanes;
        var stateWords = Sha256State.Words * lanes;
        var state = (uint*)NativeMemory.AlignedAlloc((nuint)(vectors * lanes * sizeof(uint)), 64);
        var start = state + stateWords;
        var message = start + stateWords;
        var staging = message + Sha256State.BlockWords * lanes;
        var rows = stackalloc uint*[lanes];
        var targets = stackalloc uint*[lanes];
        for (var lane = 0; lane < lanes; lane++) rows[lane] = staging + Sha256State.BlockWords * lane;
        Sha256State.FillInitial(start, lanes);

        for (var i = from; i < to; i += lanes)
        {
            new ReadOnlySpan<uint>(start, stateWords).CopyTo(new(state, stateWords));
            for (var lane = 0; lane < lanes; lane++)
            {
                Vector256.Load(level + 8 * (i + lane)).Store(rows[lane]);
                Vector256.Load(level + 8 * (i + lane + count)).Store(rows[lane] + 8);
                targets[lane] = parents + 8 * (i + lane);
            }

            TKernel.Gather(rows, 0, message, 0);
            TKernel.Compress(state, message);
            if (leaves == null) TKernel.CompressPadding(state);
            else Inject(leaves + 8 * i, state, message, rows);
            TKernel.Scatter(state, targets);
        }

        NativeMemory.AlignedFree(state);
    }

    // The second block of 96 bytes: the leaf, 0x80, zeros, the number of bits.
    static void Inject(uint* leaves, uint* state, uint* message, uint** rows)
    {
        var padding = Vector256.Create(0x80u, 0, 0, 0, 0, 0, 0, BinaryPrimitives.ReverseEndianness(768u));
        for (var lane = 0; lane < TKernel.Lanes; lane++)
        {
            Vector256.Load(leaves + 8 * lane).Store(rows[lane]);
            padding.Store(rows[lane] + 8);
        }

        TKernel.Gather(rows, 0, message, 0);
        TKernel.Compress(state, message);
    }
}
