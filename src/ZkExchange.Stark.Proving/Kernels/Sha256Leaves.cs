using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Leaves, one a lane.</summary>
/// <remarks>
/// Whole blocks of a source are taken from its rows; a block that holds the end of one, the salt or the padding is put
/// together in a staging area of sixteen words a lane. Field words come first in every block and stay residues until
/// the transposed vectors are swapped.
/// </remarks>
unsafe ref struct Sha256Leaves<TKernel>
    where TKernel : struct, ISha256Kernel
{
    const int HeaderBytes = 64;
    const int SaltBytes = 32;

    readonly LeafRows[] _sources;
    readonly byte* _salts;
    readonly uint* _start;                                   // the state behind the header
    readonly uint* _state;
    readonly uint* _message;
    readonly uint* _staging;
    readonly uint** _stagingRows;
    readonly uint** _rows;                                   // of every source, one a lane
    readonly uint** _targets;
    readonly uint** _saltRows;
    int _staged;                                             // words of the open block
    int _residues;                                           // so many of them are field words

    Sha256Leaves(byte[] header, LeafRows[] sources, byte* salts, uint* vectors, uint** pointers)
    {
        var lanes = TKernel.Lanes;
        _sources = sources;
        _salts = salts;
        _state = vectors;
        _start = _state + Sha256State.Words * lanes;
        _message = _start + Sha256State.Words * lanes;
        _staging = _message + Sha256State.BlockWords * lanes;
        _stagingRows = pointers;
        _targets = pointers + lanes;
        _saltRows = pointers + 2 * lanes;
        _rows = pointers + 3 * lanes;
        for (var lane = 0; lane < lanes; lane++) _stagingRows[lane] = _staging + Sha256State.BlockWords * lane;

        Sha256State.FillInitial(_start, lanes);
        fixed (byte* bytes = header)
        {
            for (var lane = 0; lane < lanes; lane++) _saltRows[lane] = (uint*)bytes;
            TKernel.Gather(_saltRows, 0, _message, 0);
        }

        TKernel.Compress(_start, _message);
    }

    /// <summary>The leaves of storage rows from .. to - 1, a multiple of the lanes.</summary>
    /// <param name="header">64 bytes.</param>
    /// <param name="sources">Of one height and blow-up.</param>
    /// <param name="salts">32 bytes a leaf, or null.</param>
    /// <param name="digests">One a leaf.</param>
    /// <param name="from">The first row in memory.</param>
    /// <param name="to">Behind the last.</param>
    public static void Hash(
        byte[] header, LeafRows[] sources, byte* salts, Digest32* digests, long from, long to)
    {
        const int vectors = 2 * Sha256State.Words + 2 * Sha256State.BlockWords;
        var lanes = TKernel.Lanes;
        var memory = (uint*)NativeMemory.AlignedAlloc((nuint)(vectors * lanes * sizeof(uint)), 64);
        var pointers = stackalloc uint*[(3 + sources.Length) * lanes];
        var tile = new Sha256Leaves<TKernel>(header, sources, salts, memory, pointers);
        for (var row = from; row < to; row += lanes) tile.Hash(digests, row, row + lanes < to);
        NativeMemory.AlignedFree(memory);
    }

    void Hash(Digest32* digests, long row, bool more)
    {
        var lanes = TKernel.Lanes;
        for (var lane = 0; lane < lanes; lane++)
        {
            var leaf = _sources[0].Leaf(row + lane);
            for (var s = 0; s < _sources.Length; s++) _rows[s * lanes + lane] = _sources[s].Pointer(row + lane);
            _targets[lane] = (uint*)(digests + leaf);
            _saltRows[lane] = (uint*)(_salts + SaltBytes * leaf);
        }

        new ReadOnlySpan<uint>(_start, Sha256State.Words * lanes).CopyTo(new(_state, Sha256State.Words * lanes));
        (_staged, _residues) = (0, 0);
        var words = 0;
        for (var s = 0; s < _sources.Length; s++)
        {
            Absorb(s, more);
            words += _sources[s].Words;
        }

        if (_salts != null)
        {
            AbsorbSalt();
            words += Sha256State.Words;
        }

        Finish(HeaderBytes + sizeof(uint) * (long)words);
        TKernel.Scatter(_state, _targets);
    }

    void Absorb(int s, bool more)
    {
        var words = _sources[s].Words;
        var rows = _rows + s * TKernel.Lanes;
        for (var at = 0; at < words;)
        {
            if (more) Prefetch(rows, at, _sources[s].Stride * TKernel.Lanes);
            if (_staged == 0 && words - at >= Sha256State.BlockWords)
            {
                TKernel.Gather(rows, at, _message, Sha256State.BlockWords);
                TKernel.Compress(_state, _message);
                at += Sha256State.BlockWords;
                continue;
            }

            var part = Math.Min(words - at, Sha256State.BlockWords - _staged);
            var isWhole = _staged == 0 && at + Sha256State.BlockWords <= _sources[s].Stride;
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                var source = rows[lane] + at;
                var target = _stagingRows[lane] + _staged;
                if (isWhole) Vector512.Load(source).Store(target);           // the words behind are overwritten
                else for (var i = 0; i < part; i++) target[i] = source[i];
            }

            at += part;
            _residues = _staged + part;
            Stage(part);
        }
    }

    void AbsorbSalt()
    {
        if (_staged <= Sha256State.BlockWords - Sha256State.Words)
        {
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                Vector256.Load(_saltRows[lane]).Store(_stagingRows[lane] + _staged);
            }

            Stage(Sha256State.Words);
            return;
        }

        for (var at = 0; at < Sha256State.Words;)
        {
            var part = Math.Min(Sha256State.Words - at, Sha256State.BlockWords - _staged);
            for (var lane = 0; lane < TKernel.Lanes; lane++)
            {
                var target = _stagingRows[lane] + _staged;
                for (var i = 0; i < part; i++) target[i] = _saltRows[lane][at + i];
            }

            at += part;
            Stage(part);
        }
    }

    // So many words joined the open block; a full one is compressed.
    void Stage(int words)
    {
        _staged += words;
        if (_staged < Sha256State.BlockWords) return;
        TKernel.Gather(_stagingRows, 0, _message, _residues);
        TKernel.Compress(_state, _message);
        (_staged, _residues) = (0, 0);
    }

    // Padding: 0x80, zeros, the number of bits in the last two words.
    void Finish(long bytes)
    {
        for (var lane = 0; lane < TKernel.Lanes; lane++)
        {
            _stagingRows[lane][_staged] = 0x80;
            for (var i = _staged + 1; i < Sha256State.BlockWords; i++) _stagingRows[lane][i] = 0;
        }

        if (_staged >= Sha256State.BlockWords - 2)
        {
            Stage(Sha256State.BlockWords - _staged);
            new Span<uint>(_staging, Sha256State.BlockWords * TKernel.Lanes).Clear();
        }

        for (var lane = 0; lane < TKernel.Lanes; lane++)
        {
            _stagingRows[lane][14] = BinaryPrimitives.ReverseEndianness((uint)((ulong)bytes >> 29));
            _stagingRows[lane][15] = BinaryPrimitives.ReverseEndianness((uint)(bytes << 3));
        }

        Stage(Sha256State.BlockWords - _staged);
    }

    static void Prefetch(uint** rows, int at, long distance)
    {
        if (!Sse.IsSupported) return;
        for (var lane = 0; lane < TKernel.Lanes; lane++) Sse.Prefetch0(rows[lane] + at + distance);
    }
}
