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
        Transpose(rows, offset, message);
        for (var i = 0; i < 16; i++)
        {
            var vector = Lanes512.Canonical(Avx512F.LoadVector512(message + 16 * i));
            Avx512F.Store(message + 16 * i, Swap(vector));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherWords(uint** rows, int offset, uint* message)
    {
        Transpose(rows, offset, message);
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

    /// <summary>16 x 16 words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Transpose(uint** rows, int offset, uint* target)
    {
        Quads(rows, offset, out var b0, out var b1, out var b2, out var b3);
        Quads(rows + 4, offset, out var c0, out var c1, out var c2, out var c3);
        Quads(rows + 8, offset, out var d0, out var d1, out var d2, out var d3);
        Quads(rows + 12, offset, out var e0, out var e1, out var e2, out var e3);
        Columns(b0, c0, d0, e0, target);
        Columns(b1, c1, d1, e1, target + 16);
        Columns(b2, c2, d2, e2, target + 32);
        Columns(b3, c3, d3, e3, target + 48);
    }

    // Column q of each 128-bit quarter of four rows, one column an output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Quads(uint** rows, int offset, out Vector q0, out Vector q1, out Vector q2, out Vector q3)
    {
        var r0 = Avx512F.LoadVector512(rows[0] + offset);
        var r1 = Avx512F.LoadVector512(rows[1] + offset);
        var r2 = Avx512F.LoadVector512(rows[2] + offset);
        var r3 = Avx512F.LoadVector512(rows[3] + offset);
        var low01 = Avx512F.UnpackLow(r0, r1).AsUInt64();
        var high01 = Avx512F.UnpackHigh(r0, r1).AsUInt64();
        var low23 = Avx512F.UnpackLow(r2, r3).AsUInt64();
        var high23 = Avx512F.UnpackHigh(r2, r3).AsUInt64();
        q0 = Avx512F.UnpackLow(low01, low23).AsUInt32();
        q1 = Avx512F.UnpackHigh(low01, low23).AsUInt32();
        q2 = Avx512F.UnpackLow(high01, high23).AsUInt32();
        q3 = Avx512F.UnpackHigh(high01, high23).AsUInt32();
    }

    // Columns q, q + 4, q + 8, q + 12 of sixteen rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Columns(Vector b, Vector c, Vector d, Vector e, uint* target)
    {
        var t0 = Avx512F.Shuffle4x128(b, c, 0x88);
        var t1 = Avx512F.Shuffle4x128(b, c, 0xdd);
        var t2 = Avx512F.Shuffle4x128(d, e, 0x88);
        var t3 = Avx512F.Shuffle4x128(d, e, 0xdd);
        Avx512F.Store(target, Avx512F.Shuffle4x128(t0, t2, 0x88));
        Avx512F.Store(target + 64, Avx512F.Shuffle4x128(t1, t3, 0x88));
        Avx512F.Store(target + 128, Avx512F.Shuffle4x128(t0, t2, 0xdd));
        Avx512F.Store(target + 192, Avx512F.Shuffle4x128(t1, t3, 0xdd));
    }
}
