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

    // Each 32-bit word in reverse order of bytes, within 128 bits. Spelled out: built of halves, it would be built anew
    // in memory at every use.
    static Vector512<byte> Reversed
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create(
            (byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
            3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
            3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12,
            3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    }

    public static void Compress(uint* state, uint* message) => Sha256Rounds512.Compress(state, message);

    public static void CompressPadding(uint* state) => Sha256Rounds512.CompressPadding(state);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(uint** rows, int offset, uint* message, int residues)
    {
        Transpose512.Gather(rows, offset, message);
        var i = 0;
        for (; i < residues; i++)
        {
            Avx512F.Store(message + 16 * i, Swap(Lanes512.Canonical(Avx512F.LoadVector512(message + 16 * i))));
        }

        for (; i < 16; i++) Avx512F.Store(message + 16 * i, Swap(Avx512F.LoadVector512(message + 16 * i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scatter(uint* state, uint** digests)
    {
        var words = stackalloc uint[256];
        var vectors = stackalloc uint*[16];
        for (var i = 0; i < 8; i++)
        {
            Avx512F.Store(state + 16 * i, Swap(Avx512F.LoadVector512(state + 16 * i)));
            vectors[i] = vectors[i + 8] = state + 16 * i;
        }

        Transpose512.Gather(vectors, 0, words);
        for (var lane = 0; lane < 16; lane++) Vector256.Load(words + 16 * lane).Store(digests[lane]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Swap(Vector words) => Avx512BW.Shuffle(words.AsByte(), Reversed).AsUInt32();
}
