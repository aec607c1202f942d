using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ZkExchange.Fields.Kernels;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256 of sixteen messages.</summary>
readonly unsafe struct Sha256Kernel512 : ISha256Kernel
{
    public static int Lanes => 16;

    // Each 32-bit word in reverse order of bytes, within 128 bits.
    static Vector512<byte> Reversed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            Vector256.Create(Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)));
    }

    public static void Compress(uint* state, uint* message) => Sha256Rounds512.Compress(state, message);

    public static void CompressPadding(uint* state) => Sha256Rounds512.CompressPadding(state);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherResidues(uint** rows, int offset, uint* message)
    {
        Transpose512.Gather(rows, offset, message);
        for (var i = 0; i < 16; i++)
        {
            var vector = Lanes512.Canonical(Avx512F.LoadVector512(message + 16 * i));
            Avx512F.Store(message + 16 * i, Swap(vector));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherWords(uint** rows, int offset, uint* message)
    {
        Transpose512.Gather(rows, offset, message);
        for (var i = 0; i < 16; i++) Avx512F.Store(message + 16 * i, Swap(Avx512F.LoadVector512(message + 16 * i)));
    }

    public static void Scatter(uint* state, uint** digests)
    {
        for (var i = 0; i < 8; i++) Avx512F.Store(state + 16 * i, Swap(Avx512F.LoadVector512(state + 16 * i)));
        for (var lane = 0; lane < 16; lane++)
        {
            var digest = digests[lane];
            for (var i = 0; i < 8; i++) digest[i] = state[16 * i + lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Swap(Vector words) => Avx512BW.Shuffle(words.AsByte(), Reversed).AsUInt32();
}
