using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256(prefix || u64 counter), one counter a lane: messages of one block that differ in two or three
/// words.</summary>
/// <remarks>The prefix may be a secret: disposing wipes the memory.</remarks>
sealed unsafe class Sha256Counters<TKernel> : IDisposable
    where TKernel : struct, ISha256Kernel
{
    const int Vectors = 2 * Sha256State.BlockWords + 2 * Sha256State.Words;

    readonly int _counterWord;                               // the first that holds bytes of the counter
    readonly int _shift;                                     // bits of the prefix in that word
    readonly uint* _start;
    readonly uint* _constant;
    readonly uint* _state;
    readonly uint* _message;

    /// <param name="prefix">At most <see cref="SeedBlocks.PrefixBytesMax"/> bytes.</param>
    public Sha256Counters(ReadOnlySpan<byte> prefix)
    {
        Check.That(prefix.Length <= SeedBlocks.PrefixBytesMax);
        _counterWord = prefix.Length / sizeof(uint);
        _shift = prefix.Length % sizeof(uint) * 8;
        _start = (uint*)NativeMemory.AlignedAlloc(Bytes, 64);
        _constant = _start + Sha256State.Words * TKernel.Lanes;
        _state = _constant + Sha256State.BlockWords * TKernel.Lanes;
        _message = _state + Sha256State.Words * TKernel.Lanes;

        Span<byte> block = stackalloc byte[Sha256State.BlockBytes];
        block.Clear();
        prefix.CopyTo(block);
        block[prefix.Length + sizeof(ulong)] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(
            block[^sizeof(ulong)..], 8 * (ulong)(prefix.Length + sizeof(ulong)));
        for (var w = 0; w < Sha256State.BlockWords; w++)
        {
            var word = BinaryPrimitives.ReadUInt32BigEndian(block[(w * sizeof(uint))..]);
            new Span<uint>(_constant + w * TKernel.Lanes, TKernel.Lanes).Fill(word);
        }

        block.Clear();
        Sha256State.FillInitial(_start, TKernel.Lanes);
    }

    static nuint Bytes => (nuint)(Vectors * TKernel.Lanes * sizeof(uint));

    /// <summary>The states after the messages of counters first, first + step, ..; valid until the next call.</summary>
    public uint* Compress(ulong first, ulong step)
    {
        var lanes = TKernel.Lanes;
        new ReadOnlySpan<uint>(_start, Sha256State.Words * lanes).CopyTo(new(_state, Sha256State.Words * lanes));
        new ReadOnlySpan<uint>(_constant, Sha256State.BlockWords * lanes)
            .CopyTo(new(_message, Sha256State.BlockWords * lanes));

        var words = _message + _counterWord * lanes;
        for (var lane = 0; lane < lanes; lane++, first += step)
        {
            var bytes = BinaryPrimitives.ReverseEndianness(first);
            words[lane] |= (uint)(bytes >> (32 + _shift));
            words[lane + lanes] |= (uint)(bytes >> _shift);
            if (_shift != 0) words[lane + 2 * lanes] |= (uint)(bytes << (32 - _shift));
        }

        TKernel.Compress(_state, _message);
        return _state;
    }

    public void Dispose()
    {
        NativeMemory.Clear(_start, Bytes);
        NativeMemory.AlignedFree(_start);
    }
}
