using System.Runtime.InteropServices;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Nodes, one a lane.</summary>
sealed unsafe class Sha256Nodes<TKernel> : IDisposable
    where TKernel : struct, ISha256Kernel
{
    const int Vectors = 2 * Sha256State.Words + Sha256State.BlockWords;
    const uint TripleBits = 3 * 8 * Digest32.Bytes;

    readonly uint* _start;
    readonly uint* _state;
    readonly uint* _message;

    public Sha256Nodes()
    {
        _start = (uint*)NativeMemory.AlignedAlloc((nuint)(Vectors * TKernel.Lanes * sizeof(uint)), 64);
        _state = _start + Sha256State.Words * TKernel.Lanes;
        _message = _state + Sha256State.Words * TKernel.Lanes;
        Sha256State.FillInitial(_start, TKernel.Lanes);
    }

    /// <summary>Parents from .. to - 1, a multiple of the lanes.</summary>
    /// <param name="level">Twice as many digests as there are parents.</param>
    /// <param name="leaves">As many as there are parents, or null.</param>
    /// <param name="parents">Overwritten.</param>
    /// <param name="count">Parents of the whole level.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">Behind the last.</param>
    public void Hash(uint* level, uint* leaves, uint* parents, long count, long from, long to)
    {
        var stateWords = Sha256State.Words * TKernel.Lanes;
        var targets = stackalloc uint*[TKernel.Lanes];
        for (var i = from; i < to; i += TKernel.Lanes)
        {
            for (var lane = 0; lane < TKernel.Lanes; lane++) targets[lane] = parents + 8 * (i + lane);
            new ReadOnlySpan<uint>(_start, stateWords).CopyTo(new(_state, stateWords));
            TKernel.GatherDigests(level + 8 * i, _message);
            TKernel.GatherDigests(level + 8 * (i + count), _message + stateWords);
            TKernel.Compress(_state, _message);
            if (leaves == null) TKernel.CompressPadding(_state);
            else Inject(leaves + 8 * i);
            TKernel.Scatter(_state, targets);
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(_start);

    // The second block of 96 bytes: the leaf, 0x80, zeros, the number of bits.
    void Inject(uint* leaves)
    {
        TKernel.GatherDigests(leaves, _message);
        Fill(Sha256State.Words, Sha256State.Terminator);
        for (var i = Sha256State.Words + 1; i < Sha256State.BlockWords - 1; i++) Fill(i, 0);
        Fill(Sha256State.BlockWords - 1, TripleBits);
        TKernel.Compress(_state, _message);
    }

    void Fill(int vector, uint word) => Sha256State.Fill(_message + vector * TKernel.Lanes, word, TKernel.Lanes);
}
