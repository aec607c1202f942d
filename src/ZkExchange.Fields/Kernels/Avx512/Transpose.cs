using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>Words between sixteen rows and sixteen lanes.</summary>
static unsafe class Transpose512
{
    /// <summary>target[stride i + lane] = rows[lane][offset + i], i = 0 .. 15.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gather(uint** rows, int offset, uint* target, int stride)
    {
        Quads(rows, offset, out var b0, out var b1, out var b2, out var b3);
        Quads(rows + 4, offset, out var c0, out var c1, out var c2, out var c3);
        Quads(rows + 8, offset, out var d0, out var d1, out var d2, out var d3);
        Quads(rows + 12, offset, out var e0, out var e1, out var e2, out var e3);
        Columns(b0, c0, d0, e0, target, stride);
        Columns(b1, c1, d1, e1, target + stride, stride);
        Columns(b2, c2, d2, e2, target + 2 * stride, stride);
        Columns(b3, c3, d3, e3, target + 3 * stride, stride);
    }

    /// <summary>rows[lane][offset + i] = source[16 i + lane], i = 0 .. 15.</summary>
    public static void Scatter(uint* source, uint** rows, int offset)
    {
        var words = stackalloc uint[256];
        var vectors = stackalloc uint*[16];
        for (var i = 0; i < 16; i++) vectors[i] = source + 16 * i;
        Gather(vectors, 0, words, 16);
        for (var lane = 0; lane < 16; lane++)
        {
            Vector512.Load(words + 16 * lane).Store(rows[lane] + offset);
        }
    }

    /// <summary>target[stride i + lane] = source[8 lane + i], i = 0 .. 7.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void GatherEights(uint* source, uint* target, int stride)
    {
        Halves(source, out var u0, out var v0);
        Halves(source + 8, out var u1, out var v1);
        Halves(source + 16, out var u2, out var v2);
        Halves(source + 24, out var u3, out var v3);
        Quads(u0, u1, u2, u3, out var q0, out var q1, out var q2, out var q3);
        Avx512F.Store(target, q0);
        Avx512F.Store(target + stride, q1);
        Avx512F.Store(target + 2 * stride, q2);
        Avx512F.Store(target + 3 * stride, q3);
        Quads(v0, v1, v2, v3, out q0, out q1, out q2, out q3);
        Avx512F.Store(target + 4 * stride, q0);
        Avx512F.Store(target + 5 * stride, q1);
        Avx512F.Store(target + 6 * stride, q2);
        Avx512F.Store(target + 7 * stride, q3);
    }

    /// <summary>rows[lane][i] = source[stride i + lane], i = 0 .. 7.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void ScatterEights(uint* source, int stride, uint** rows)
    {
        Quads(
            Avx512F.LoadVector512(source), Avx512F.LoadVector512(source + stride),
            Avx512F.LoadVector512(source + 2 * stride), Avx512F.LoadVector512(source + 3 * stride),
            out var u0, out var u1, out var u2, out var u3);
        Quads(
            Avx512F.LoadVector512(source + 4 * stride), Avx512F.LoadVector512(source + 5 * stride),
            Avx512F.LoadVector512(source + 6 * stride), Avx512F.LoadVector512(source + 7 * stride),
            out var v0, out var v1, out var v2, out var v3);
        Rows(u0, v0, rows);
        Rows(u1, v1, rows + 1);
        Rows(u2, v2, rows + 2);
        Rows(u3, v3, rows + 3);
    }

    // Column q of each 128-bit quarter of four rows, one column an output.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Quads(uint** rows, int offset, out Vector q0, out Vector q1, out Vector q2, out Vector q3) => Quads(
        Avx512F.LoadVector512(rows[0] + offset), Avx512F.LoadVector512(rows[1] + offset),
        Avx512F.LoadVector512(rows[2] + offset), Avx512F.LoadVector512(rows[3] + offset),
        out q0, out q1, out q2, out q3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Quads(
        Vector r0, Vector r1, Vector r2, Vector r3, out Vector q0, out Vector q1, out Vector q2, out Vector q3)
    {
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
    static void Columns(Vector b, Vector c, Vector d, Vector e, uint* target, int stride)
    {
        var t0 = Avx512F.Shuffle4x128(b, c, 0x88);
        var t1 = Avx512F.Shuffle4x128(b, c, 0xdd);
        var t2 = Avx512F.Shuffle4x128(d, e, 0x88);
        var t3 = Avx512F.Shuffle4x128(d, e, 0xdd);
        Avx512F.Store(target, Avx512F.Shuffle4x128(t0, t2, 0x88));
        Avx512F.Store(target + 4 * stride, Avx512F.Shuffle4x128(t1, t3, 0x88));
        Avx512F.Store(target + 8 * stride, Avx512F.Shuffle4x128(t0, t2, 0xdd));
        Avx512F.Store(target + 12 * stride, Avx512F.Shuffle4x128(t1, t3, 0xdd));
    }

    // Of the rows 0, 4, 8, 12 behind a pointer, eight words each: the first four words of each, and the last four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Halves(uint* rows, out Vector first, out Vector last)
    {
        var low = Avx512F.InsertVector256(
            Avx.LoadVector256(rows).ToVector512Unsafe(), Avx.LoadVector256(rows + 32), 1);
        var high = Avx512F.InsertVector256(
            Avx.LoadVector256(rows + 64).ToVector512Unsafe(), Avx.LoadVector256(rows + 96), 1);
        first = Avx512F.Shuffle4x128(low, high, 0x88);
        last = Avx512F.Shuffle4x128(low, high, 0xdd);
    }

    // The reverse: rows 0, 4, 8, 12 of a list from their halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Rows(Vector first, Vector last, uint** rows)
    {
        var low = Avx512F.PermuteVar8x64x2(
            first.AsUInt64(), Vector512.Create(0ul, 1, 8, 9, 2, 3, 10, 11), last.AsUInt64()).AsUInt32();
        var high = Avx512F.PermuteVar8x64x2(
            first.AsUInt64(), Vector512.Create(4ul, 5, 12, 13, 6, 7, 14, 15), last.AsUInt64()).AsUInt32();
        Avx.Store(rows[0], low.GetLower());
        Avx.Store(rows[4], Avx512F.ExtractVector256(low, 1));
        Avx.Store(rows[8], high.GetLower());
        Avx.Store(rows[12], Avx512F.ExtractVector256(high, 1));
    }
}
