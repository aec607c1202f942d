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
        get => Vector256.Create(Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    }

    public static void Compress(uint* state, uint* message) => Sha256Rounds256.Compress(state, message);

    public static void CompressPadding(uint* state) => Sha256Rounds256.CompressPadding(state);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherResidues(uint** rows, int offset, uint* message)
    {
        Transpose(rows, offset, message);
        Transpose(rows, offset + 8, message + 64);
        for (var i = 0; i < 16; i++)
        {
            Swap(Lanes256.Canonical(Vector256.Load(message + 8 * i))).Store(message + 8 * i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherWords(uint** rows, int offset, uint* message)
    {
        Transpose(rows, offset, message);
        Transpose(rows, offset + 8, message + 64);
        for (var i = 0; i < 16; i++) Swap(Vector256.Load(message + 8 * i)).Store(message + 8 * i);
    }

    public static void Scatter(uint* state, uint** digests)
    {
        for (var i = 0; i < 8; i++) Swap(Vector256.Load(state + 8 * i)).Store(state + 8 * i);
        for (var lane = 0; lane < 8; lane++)
        {
            var digest = digests[lane];
            for (var i = 0; i < 8; i++) digest[i] = state[8 * i + lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Swap(Vector words) => Avx2.Shuffle(words.AsByte(), Reversed).AsUInt32();

    /// <summary>8 x 8 words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Transpose(uint** rows, int offset, uint* target)
    {
        Quads(rows, offset, out var b0, out var b1, out var b2, out var b3);
        Quads(rows + 4, offset, out var c0, out var c1, out var c2, out var c3);
        Columns(b0, c0, target);
        Columns(b1, c1, target + 8);
        Columns(b2, c2, target + 16);
        Columns(b3, c3, target + 24);
    }

    // Column q of each 128-bit half of four rows, one column an output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Quads(uint** rows, int offset, out Vector q0, out Vector q1, out Vector q2, out Vector q3)
    {
        var r0 = Vector256.Load(rows[0] + offset);
        var r1 = Vector256.Load(rows[1] + offset);
        var r2 = Vector256.Load(rows[2] + offset);
        var r3 = Vector256.Load(rows[3] + offset);
        var low01 = Avx2.UnpackLow(r0, r1).AsUInt64();
        var high01 = Avx2.UnpackHigh(r0, r1).AsUInt64();
        var low23 = Avx2.UnpackLow(r2, r3).AsUInt64();
        var high23 = Avx2.UnpackHigh(r2, r3).AsUInt64();
        q0 = Avx2.UnpackLow(low01, low23).AsUInt32();
        q1 = Avx2.UnpackHigh(low01, low23).AsUInt32();
        q2 = Avx2.UnpackLow(high01, high23).AsUInt32();
        q3 = Avx2.UnpackHigh(high01, high23).AsUInt32();
    }

    // Columns q and q + 4 of eight rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Columns(Vector b, Vector c, uint* target)
    {
        Avx2.Permute2x128(b, c, 0x20).Store(target);
        Avx2.Permute2x128(b, c, 0x31).Store(target + 32);
    }
}
