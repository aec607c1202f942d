// HKDF-Expand with HMAC-SHA-256 (RFC 5869) of many contexts under one key, one a lane: nonces and salts of a million
// accounts. The platform's HKDF is the definition, and what remains behind the last whole group of lanes.
//
//   T(0) = ""    T(t) = HMAC(key, T(t-1) || info || u8 t)    HMAC(key, m) = H(key ^ opad || H(key ^ ipad || m))
//
// Both states behind a block of the key are computed once a call.

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>Keys derived on the lanes of the machine.</summary>
static unsafe class HkdfLanes
{
    /// <summary>The longest context, so that a lane's rows have one size.</summary>
    public const int InfoBytesMax = 192;

    const int HashBytes = SHA256.HashSizeInBytes;
    const int BlockBytes = Sha256State.BlockBytes;
    const int PaddingBytes = 1 + sizeof(ulong);                // 0x80 and the number of bits
    const int RowBytes = (HashBytes + InfoBytesMax + 1 + PaddingBytes + BlockBytes - 1) / BlockBytes * BlockBytes;

    /// <summary>output row i = HKDF-Expand(key, info i).</summary>
    /// <param name="key">32 bytes: what HKDF-Extract gave.</param>
    /// <param name="infos">One row a context, all of the same length.</param>
    /// <param name="lengths">How many bytes of each row are its context, at most <see cref="InfoBytesMax"/>.</param>
    /// <param name="output">One row a context, each a multiple of 32 bytes and at most 255 of these.</param>
    public static void Expand(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> infos, ReadOnlySpan<int> lengths, Span<byte> output) =>
        Expand(key, infos, lengths, output, KernelChoice.Selected);

    internal static void Expand(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> infos, ReadOnlySpan<int> lengths, Span<byte> output,
        KernelSet kernels)
    {
        if (lengths.IsEmpty) return;
        var (stride, row) = (infos.Length / lengths.Length, output.Length / lengths.Length);
        Check.That(key.Length == HashBytes && infos.Length == stride * (long)lengths.Length);
        Check.That(output.Length == row * (long)lengths.Length);
        Check.That(row % HashBytes == 0 && row / HashBytes is > 0 and < 256);
        foreach (var length in lengths) Check.That(length >= 0 && length <= Math.Min(stride, InfoBytesMax));
        var done = kernels switch
        {
            KernelSet.Avx512 => OnLanes<Sha256Kernel512>(key, infos, lengths, output),
            KernelSet.Avx2 => OnLanes<Sha256Kernel256>(key, infos, lengths, output),
            _ => 0,
        };
        for (var i = done; i < lengths.Length; i++)
        {
            HKDF.Expand(
                HashAlgorithmName.SHA256, key, output.Slice(i * row, row), infos.Slice(i * stride, lengths[i]));
        }
    }

    /// <summary>All whole groups of lanes; returns how many contexts that were.</summary>
    static int OnLanes<TKernel>(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> infos, ReadOnlySpan<int> lengths, Span<byte> output)
        where TKernel : struct, ISha256Kernel
    {
        var lanes = TKernel.Lanes;
        var whole = lengths.Length / lanes * lanes;
        if (whole == 0) return 0;

        var (stride, row) = (infos.Length / lengths.Length, output.Length / lengths.Length);
        using var space = new Space<TKernel>(key);
        var targets = stackalloc uint*[lanes];
        fixed (byte* outputs = output)
        {
            for (var first = 0; first < whole; first += lanes)
            {
                for (var at = 0; at < row; at += HashBytes)
                {
                    for (var lane = 0; lane < lanes; lane++)
                    {
                        var i = first + lane;
                        var target = outputs + (long)i * row + at;
                        space.Write(
                            lane, at == 0 ? default : new(target - HashBytes, HashBytes),
                            infos.Slice(i * stride, lengths[i]), (byte)(at / HashBytes + 1));
                        targets[lane] = (uint*)target;
                    }

                    TKernel.Scatter(space.Authenticate(), targets);
                }
            }
        }

        return whole;
    }

    /// <summary>The messages and states of all lanes; wiped at the end.</summary>
    readonly ref struct Space<TKernel>
        where TKernel : struct, ISha256Kernel
    {
        const int States = 4;                                  // behind the two key blocks, running, of ended messages

        readonly byte* _memory;
        readonly nuint _bytes;

        public Space(ReadOnlySpan<byte> key)
        {
            var lanes = TKernel.Lanes;
            _bytes = (nuint)(
                (States * Sha256State.Words + Sha256State.BlockWords) * lanes * sizeof(uint)
                + lanes * (RowBytes + sizeof(int)));
            _memory = (byte*)NativeMemory.AlignedAlloc(_bytes, 64);
            NativeMemory.Clear(_memory, _bytes);
            WriteKeyState(Inner, key, 0x36);
            WriteKeyState(Outer, key, 0x5c);
        }

        static int StateWords => Sha256State.Words * TKernel.Lanes;

        uint* Inner => (uint*)_memory;

        uint* Outer => Inner + StateWords;

        uint* State => Outer + StateWords;

        uint* Ended => State + StateWords;

        uint* Message => Ended + StateWords;

        byte* Rows => (byte*)(Message + Sha256State.BlockWords * TKernel.Lanes);

        int* Blocks => (int*)(Rows + TKernel.Lanes * RowBytes);

        /// <summary>before || info || counter of a lane, padded as the end of a message behind the key block.</summary>
        public void Write(int lane, ReadOnlySpan<byte> before, ReadOnlySpan<byte> info, byte counter)
        {
            var length = before.Length + info.Length + 1;
            var blocks = (length + PaddingBytes + BlockBytes - 1) / BlockBytes;
            var row = new Span<byte>(Rows + lane * RowBytes, blocks * BlockBytes);
            before.CopyTo(row);
            info.CopyTo(row[before.Length..]);
            row[length - 1] = counter;
            row[length] = 0x80;
            row[(length + 1)..].Clear();
            BinaryPrimitives.WriteUInt64BigEndian(row[^sizeof(ulong)..], 8 * (ulong)(BlockBytes + length));
            Blocks[lane] = blocks;
        }

        /// <summary>The states of HMAC of what was written for each lane; overwritten by the next call.</summary>
        public uint* Authenticate()
        {
            var lanes = TKernel.Lanes;
            var most = 0;
            for (var lane = 0; lane < lanes; lane++) most = Math.Max(most, Blocks[lane]);
            var rows = stackalloc uint*[lanes];
            for (var lane = 0; lane < lanes; lane++) rows[lane] = (uint*)(Rows + lane * RowBytes);
            Copy(Inner, State);
            for (var block = 0; block < most; block++)
            {
                // A lane whose message has ended goes on with the rest of its row, and nobody looks.
                TKernel.Gather(rows, block * Sha256State.BlockWords, Message);
                TKernel.Compress(State, Message);
                for (var lane = 0; lane < lanes; lane++)
                {
                    if (Blocks[lane] != block + 1) continue;
                    for (var w = 0; w < Sha256State.Words; w++) Ended[w * lanes + lane] = State[w * lanes + lane];
                }
            }

            // The inner digest, 0x80, zeros, and the bits of two blocks less half of one.
            new ReadOnlySpan<uint>(Ended, StateWords).CopyTo(new(Message, StateWords));
            Fill(Message + Sha256State.Words * lanes, Sha256State.Terminator);
            for (var w = Sha256State.Words + 1; w < Sha256State.BlockWords - 1; w++) Fill(Message + w * lanes, 0);
            Fill(Message + (Sha256State.BlockWords - 1) * lanes, 8 * (BlockBytes + HashBytes));
            Copy(Outer, State);
            TKernel.Compress(State, Message);
            return State;
        }

        public void Dispose()
        {
            CryptographicOperations.ZeroMemory(new(_memory, (int)_bytes));
            NativeMemory.AlignedFree(_memory);
        }

        void WriteKeyState(uint* state, ReadOnlySpan<byte> key, byte pad)
        {
            Span<byte> block = stackalloc byte[BlockBytes];
            block.Clear();
            key.CopyTo(block);
            for (var i = 0; i < block.Length; i++) block[i] ^= pad;
            for (var w = 0; w < Sha256State.BlockWords; w++)
                Fill(Message + w * TKernel.Lanes, BinaryPrimitives.ReadUInt32BigEndian(block[(w * sizeof(uint))..]));
            Sha256State.FillInitial(state, TKernel.Lanes);
            TKernel.Compress(state, Message);
            CryptographicOperations.ZeroMemory(block);
        }

        static void Copy(uint* source, uint* target) =>
            new ReadOnlySpan<uint>(source, StateWords).CopyTo(new(target, StateWords));

        static void Fill(uint* vector, uint word) => new Span<uint>(vector, TKernel.Lanes).Fill(word);
    }
}
