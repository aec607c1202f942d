using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>16 x 16 words between rows and lanes.</summary>
static unsafe class Transpose512
{
    /// <summary>target[16 i + lane] = rows[lane][offset + i], i = 0 .. 15.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gather(uint** rows, int offset, uint* target)
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

    /// <summary>rows[lane][offset + i] = source[16 i + lane], i = 0 .. 15.</summary>
    public static void Scatter(uint* source, uint** rows, int offset)
    {
        var words = stackalloc uint[256];
        var vectors = stackalloc uint*[16];
        for (var i = 0; i < 16; i++) vectors[i] = source + 16 * i;
        Gather(vectors, 0, words);
        for (var lane = 0; lane < 16; lane++)
        {
            Vector512.Load(words + 16 * lane).Store(rows[lane] + offset);
        }
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
