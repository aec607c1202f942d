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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(uint** rows, int offset, uint* message, int residues)
    {
        Transpose256.Gather(rows, offset, message);
        Transpose256.Gather(rows, offset + 8, message + 64);
        var i = 0;
        for (; i < residues; i++)
        {
            Swap(Lanes256.Canonical(Vector256.Load(message + 8 * i))).Store(message + 8 * i);
        }

        for (; i < 16; i++) Swap(Vector256.Load(message + 8 * i)).Store(message + 8 * i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(uint* state, uint** digests)
    {
        for (var i = 0; i < 8; i++) Swap(Vector256.Load(state + 8 * i)).Store(state + 8 * i);
        Transpose256.Scatter(state, digests, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Swap(Vector words) => Avx2.Shuffle(words.AsByte(), Reversed).AsUInt32();
}
