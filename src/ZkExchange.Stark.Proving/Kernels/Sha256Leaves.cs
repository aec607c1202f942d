using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Leaves, one a lane.</summary>
/// <remarks>
/// Everything is a vector of message words: those of the rows come out of the transpose, a salt is the state of the
/// lanes that made it, and the padding is the same for all. So the words behind the last whole block only need to be
/// put in their places. A row is padded to a multiple of sixteen words, so a block of it may be read whole.
/// </remarks>
sealed unsafe class Sha256Leaves<TKernel> : IDisposable
    where TKernel : struct, ISha256Kernel
{
    const int TailBlocks = 2;                                // 15 words, a salt, 1 word of padding and 2 of length
    const int Vectors = 2 * Sha256State.Words + TailBlocks * Sha256State.BlockWords;

    readonly LeafRows _rows;
    readonly Sha256Counters<TKernel>? _salts;
    readonly long _messageBits;
    readonly uint* _start;                                   // the state behind the header
    readonly uint* _state;
    readonly uint* _message;

    /// <param name="header">64 bytes.</param>
    /// <param name="rows">At least as many as there are lanes in each coset.</param>
    /// <param name="saltPrefix">The prefix of the salts' stream, or empty for leaves without salts.</param>
    public Sha256Leaves(ReadOnlySpan<byte> header, LeafRows rows, ReadOnlySpan<byte> saltPrefix)
    {
        Check.That(header.Length == Sha256State.BlockBytes && rows.CosetRows >= TKernel.Lanes);
        _rows = rows;
        _salts = saltPrefix.IsEmpty ? null : new(saltPrefix);
        _messageBits = 8L * (Sha256State.BlockBytes + sizeof(uint) * (rows.Words + SaltWords));
        _start = (uint*)NativeMemory.AlignedAlloc(Bytes, 64);
        _state = _start + Sha256State.Words * TKernel.Lanes;
        _message = _state + Sha256State.Words * TKernel.Lanes;

        Sha256State.FillInitial(_start, TKernel.Lanes);
        for (var i = 0; i < Sha256State.BlockWords; i++)
            Fill(i, BinaryPrimitives.ReadUInt32BigEndian(header[(i * sizeof(uint))..]));
        TKernel.Compress(_start, _message);
    }

    int SaltWords => _salts is null ? 0 : Sha256State.Words;

    static nuint Bytes => (nuint)(Vectors * TKernel.Lanes * sizeof(uint));

    /// <summary>The leaves of storage rows from .. to - 1, a multiple of the lanes, all of one coset.</summary>
    /// <param name="digests">One a leaf.</param>
    /// <param name="from">The first row in memory.</param>
    /// <param name="to">Behind the last.</param>
    public void Hash(Digest32* digests, long from, long to)
    {
        var rows = stackalloc uint*[TKernel.Lanes];
        var targets = stackalloc uint*[TKernel.Lanes];
        for (var row = from; row < to; row += TKernel.Lanes)
        {
            var leaf = _rows.Leaf(row);
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                rows[lane] = _rows.Pointer(row + lane);
                targets[lane] = (uint*)(digests + leaf + ((long)lane << _rows.BlowupLog2));
            }

            Hash(rows, (ulong)leaf, row + TKernel.Lanes < to);
            TKernel.Scatter(_state, targets);
        }
    }

    public void Dispose()
    {
        _salts?.Dispose();
        NativeMemory.Clear(_start, Bytes);
        NativeMemory.AlignedFree(_start);
    }

    void Hash(uint** rows, ulong leaf, bool more)
    {
        var salts = _salts is null ? null : _salts.Compress(leaf, 1UL << _rows.BlowupLog2);
        Copy(_state, _start, Sha256State.Words);
        var words = _rows.Words;
        var at = 0;
        for (; at + Sha256State.BlockWords <= words; at += Sha256State.BlockWords)
        {
            TKernel.GatherField(rows, at, _message);
            if (more) Prefetch(rows, at);                    // it comes while the block is compressed
            TKernel.Compress(_state, _message);
        }

        var tail = words - at;
        if (tail > 0)
        {
            TKernel.GatherField(rows, at, _message);
            if (more) Prefetch(rows, at);
        }

        if (salts != null) Copy(_message + tail * TKernel.Lanes, salts, Sha256State.Words);
        Finish(tail + SaltWords);
    }

    /// <summary>The padding behind so many words, and the blocks that they fill.</summary>
    void Finish(int words)
    {
        Fill(words++, Sha256State.Terminator);
        var blocks = words + 2 <= Sha256State.BlockWords ? 1 : TailBlocks;
        var length = blocks * Sha256State.BlockWords - 2;
        while (words < length) Fill(words++, 0);
        Fill(length, (uint)(_messageBits >> 32));
        Fill(length + 1, (uint)_messageBits);
        TKernel.Compress(_state, _message);
        if (blocks > 1) TKernel.Compress(_state, _message + Sha256State.BlockWords * TKernel.Lanes);
    }

    void Fill(int vector, uint word) => Sha256State.Fill(_message + vector * TKernel.Lanes, word, TKernel.Lanes);

    static void Copy(uint* target, uint* source, int vectors) =>
        new ReadOnlySpan<uint>(source, vectors * TKernel.Lanes).CopyTo(new(target, vectors * TKernel.Lanes));

    /// <summary>Asks for the share of a block in the rows of the next group, which lie one group further: in the order
    /// of addresses, in which memory answers fastest.</summary>
    void Prefetch(uint** rows, int at)
    {
        var next = rows[0] + ((long)_rows.Stride + at) * TKernel.Lanes;
        for (var lane = 0; lane < TKernel.Lanes; lane++) Tile.Prefetch(next + lane * Matrix.Lanes);
    }
}
