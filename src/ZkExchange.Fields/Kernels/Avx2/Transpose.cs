using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Vector = System.Runtime.Intrinsics.Vector256<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>8 x 8 words between rows and lanes.</summary>
static unsafe class Transpose256
{
    /// <summary>target[8 i + lane] = rows[lane][offset + i], i = 0 .. 7.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Gather(uint** rows, int offset, uint* target)
    {
        Quads(rows, offset, out var b0, out var b1, out var b2, out var b3);
        Quads(rows + 4, offset, out var c0, out var c1, out var c2, out var c3);
        Columns(b0, c0, target);
        Columns(b1, c1, target + 8);
        Columns(b2, c2, target + 16);
        Columns(b3, c3, target + 24);
    }

    /// <summary>rows[lane][offset + i] = source[8 i + lane], i = 0 .. 7.</summary>
    public static void Scatter(uint* source, uint** rows, int offset)
    {
        var words = stackalloc uint[64];
        var vectors = stackalloc uint*[8];
        for (var i = 0; i < 8; i++) vectors[i] = source + 8 * i;
        Gather(vectors, 0, words);
        for (var lane = 0; lane < 8; lane++)
        {
            Vector256.Load(words + 8 * lane).Store(rows[lane] + offset);
        }
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
