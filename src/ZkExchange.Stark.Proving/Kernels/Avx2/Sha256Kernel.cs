using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ZkExchange.Fields.Kernels;
using Vector = System.Runtime.Intrinsics.Vector256<uint>;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256 of eight messages.</summary>
readonly unsafe struct Sha256Kernel256 : ISha256Kernel
{
    public static int Lanes => 8;

    // Each 32-bit word in reverse order of bytes, within 128 bits.
    static Vector256<byte> Reversed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
            3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    }

    public static void Compress(uint* state, uint* message) => Sha256Rounds256.Compress(state, message);

    public static void CompressPadding(uint* state) => Sha256Rounds256.CompressPadding(state);

    public static void Gather(uint** rows, int offset, uint* message)
    {
        Transpose256.Gather(rows, offset, message);
        Transpose256.Gather(rows, offset + 8, message + 64);
        Swap(message, Sha256State.BlockWords);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherField(uint** rows, int offset, uint* message)
    {
        Transpose256.Gather(rows, offset, message);
        Transpose256.Gather(rows, offset + 8, message + 64);
        for (var end = message + Sha256State.BlockWords * Lanes; message < end; message += Lanes)
            Swap(Lanes256.Canonical(Vector256.Load(message))).Store(message);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherDigests(uint* digests, uint* message)
    {
        var rows = stackalloc uint*[8];
        for (var lane = 0; lane < 8; lane++) rows[lane] = digests + Sha256State.Words * lane;
        Transpose256.Gather(rows, 0, message);
        Swap(message, Sha256State.Words);
    }

    public static void Scatter(uint* state, uint** digests)
    {
        Swap(state, Sha256State.Words);
        Transpose256.Scatter(state, digests, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Swap(uint* vectors, int count)
    {
        for (var i = 0; i < count * Lanes; i += Lanes) Swap(Vector256.Load(vectors + i)).Store(vectors + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Swap(Vector words) => Avx2.Shuffle(words.AsByte(), Reversed).AsUInt32();
}
