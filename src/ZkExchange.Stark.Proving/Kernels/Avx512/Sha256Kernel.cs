using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ZkExchange.Fields.Kernels;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256 of 32 messages, two groups of sixteen lanes that take turns.</summary>
readonly unsafe struct Sha256Kernel512 : ISha256Kernel
{
    const int Group = 16;

    public static int Lanes => 2 * Group;

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

    public static void Gather(uint** rows, int offset, uint* message)
    {
        Transpose512.Gather(rows, offset, message, Lanes);
        Transpose512.Gather(rows + Group, offset, message + Group, Lanes);
        Swap(message, Sha256State.BlockWords);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherField(uint** rows, int offset, uint* message)
    {
        Transpose512.Gather(rows, offset, message, Lanes);
        Transpose512.Gather(rows + Group, offset, message + Group, Lanes);
        for (var end = message + Sha256State.BlockWords * Lanes; message < end; message += Lanes)
        {
            var first = Lanes512.Canonical(Avx512F.LoadVector512(message));
            var second = Lanes512.Canonical(Avx512F.LoadVector512(message + Group));
            Avx512F.Store(message, Swap(first));
            Avx512F.Store(message + Group, Swap(second));
        }
    }

    public static void GatherDigests(uint* digests, uint* message)
    {
        Transpose512.GatherEights(digests, message, Lanes);
        Transpose512.GatherEights(digests + Group * Sha256State.Words, message + Group, Lanes);
        Swap(message, Sha256State.Words);
    }

    public static void Scatter(uint* state, uint** digests)
    {
        Swap(state, Sha256State.Words);
        Transpose512.ScatterEights(state, Lanes, digests);
        Transpose512.ScatterEights(state + Group, Lanes, digests + Group);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Swap(uint* vectors, int count)
    {
        for (var end = vectors + count * Lanes; vectors < end; vectors += Group)
            Avx512F.Store(vectors, Swap(Avx512F.LoadVector512(vectors)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Swap(Vector words) => Avx512BW.Shuffle(words.AsByte(), Reversed).AsUInt32();
}
