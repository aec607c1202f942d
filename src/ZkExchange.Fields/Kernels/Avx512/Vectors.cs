using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Isa = System.Runtime.Intrinsics.X86.Avx512F;
using Lanes = ZkExchange.Fields.Kernels.Lanes512;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;
using Words = System.Runtime.Intrinsics.Vector512<ulong>;

namespace ZkExchange.Fields.Kernels;

/// <summary>Runs of residues, sixteen at a time.</summary>
readonly unsafe struct Vectors512 : IVectors
{
    // Where the sums of the odd columns lie behind those of the even ones.
    const int Odd = Matrix.Lanes / 2;

    // p 2^32: what sums of products are kept below.
    static Words Top
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.Create((ulong)KoalaBear.Modulus << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(uint* d, uint* a, uint* b, int count)
    {
        for (var end = d + count; d < end; d += Lanes.Count, a += Lanes.Count, b += Lanes.Count)
        {
            Lanes.Store(d, Lanes.Add(Lanes.Load(a), Lanes.Load(b)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Subtract(uint* d, uint* a, uint* b, int count)
    {
        for (var end = d + count; d < end; d += Lanes.Count, a += Lanes.Count, b += Lanes.Count)
        {
            Lanes.Store(d, Lanes.Subtract(Lanes.Load(a), Lanes.Load(b)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(uint* d, uint* a, uint* b, int count)
    {
        for (var end = d + count; d < end; d += Lanes.Count, a += Lanes.Count, b += Lanes.Count)
        {
            Lanes.Store(d, Lanes.Multiply(Lanes.Load(a), Lanes.Load(b)));
        }
    }

    public static void Scale(uint* d, uint* a, uint factor, int count) =>
        Butterflies512.Scale(d, a, count, factor);

    public static void AddScaled(uint* d, uint* a, uint factor, int count) =>
        Butterflies512.AddScaled(d, a, count, factor);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyQuintic(uint* d, long ds, uint* a, long sa, uint* b, long sb, int count)
    {
        for (var end = d + count; d < end; d += Lanes.Count, a += Lanes.Count, b += Lanes.Count)
        {
            Product(d, ds, a, sa, b, sb);
        }
    }

    // Each lane runs through its elements with Montgomery's trick; the lanes' products are inverted side by side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool InvertQuintic(uint* d, long ds, uint* a, long sa, int count)
    {
        if (count == 0) return true;
        var step = Lanes.Count;
        for (var k = 0; k < Quintic.Degree; k++) Lanes.Store(d + k * ds, Lanes.Load(a + k * sa));
        for (var i = step; i < count; i += step) Product(d + i, ds, d + i - step, ds, a + i, sa);

        var running = stackalloc uint[Quintic.Degree * Lanes.Count];
        if (!InvertLanes(running, d + count - step, ds)) return false;
        for (var i = count - step; i > 0; i -= step)
        {
            Product(d + i, ds, d + i - step, ds, running, step);
            Product(running, step, running, step, a + i, sa);
        }

        for (var k = 0; k < Quintic.Degree; k++) Lanes.Store(d + k * ds, Lanes.Load(running + k * step));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateRows(
        ulong* sums, uint* rows, long stride, int count, int words, uint* weights, long ws)
    {
        for (var column = 0; column < words; column += Lanes.Count, rows += Lanes.Count)
        {
            var even = sums + column / Matrix.Lanes * Matrix.Lanes + column % Matrix.Lanes / 2;
            Accumulate(even, words, rows, stride, count, weights, ws);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CombineColumns(
        uint* results, uint* rows, long stride, int count, int words, uint* coefficients)
    {
        for (var r = 0; r < count; r++, rows += stride, results += Quintic.Degree)
        {
            CombineRow(results, rows, words, coefficients, coefficients + Quintic.Degree * words);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Accumulate(ulong* sums, long ks, uint* row, long stride, int count, uint* w, long ws)
    {
        var (e0, o0) = (LoadWords(sums), LoadWords(sums + Odd));
        var (e1, o1) = (LoadWords(sums + ks), LoadWords(sums + ks + Odd));
        var (e2, o2) = (LoadWords(sums + 2 * ks), LoadWords(sums + 2 * ks + Odd));
        var (e3, o3) = (LoadWords(sums + 3 * ks), LoadWords(sums + 3 * ks + Odd));
        var (e4, o4) = (LoadWords(sums + 4 * ks), LoadWords(sums + 4 * ks + Odd));
        for (var r = 0; r < count; r += 2, row += 2 * stride, w += 2)
        {
            var x = Lanes.Load(row);
            var xOdd = Lanes.OddLanes(x);
            var (y, yOdd) = (Vector.Zero, Vector.Zero);
            var (y0, y1, y2, y3, y4) = (y, y, y, y, y);
            if (r + 1 < count)
            {
                y = Lanes.Load(row + stride);
                yOdd = Lanes.OddLanes(y);
                y0 = Lanes.Broadcast(w + 1);
                y1 = Lanes.Broadcast(w + 1 + ws);
                y2 = Lanes.Broadcast(w + 1 + 2 * ws);
                y3 = Lanes.Broadcast(w + 1 + 3 * ws);
                y4 = Lanes.Broadcast(w + 1 + 4 * ws);
            }

            Pair(ref e0, ref o0, x, xOdd, Lanes.Broadcast(w), y, yOdd, y0);
            Pair(ref e1, ref o1, x, xOdd, Lanes.Broadcast(w + ws), y, yOdd, y1);
            Pair(ref e2, ref o2, x, xOdd, Lanes.Broadcast(w + 2 * ws), y, yOdd, y2);
            Pair(ref e3, ref o3, x, xOdd, Lanes.Broadcast(w + 3 * ws), y, yOdd, y3);
            Pair(ref e4, ref o4, x, xOdd, Lanes.Broadcast(w + 4 * ws), y, yOdd, y4);
        }

        StoreWords(sums, e0, o0);
        StoreWords(sums + ks, e1, o1);
        StoreWords(sums + 2 * ks, e2, o2);
        StoreWords(sums + 3 * ks, e3, o3);
        StoreWords(sums + 4 * ks, e4, o4);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void CombineRow(uint* results, uint* row, int words, uint* even, uint* odd)
    {
        var (e0, e1, e2, e3, e4) = (Words.Zero, Words.Zero, Words.Zero, Words.Zero, Words.Zero);
        var (o0, o1, o2, o3, o4) = (Words.Zero, Words.Zero, Words.Zero, Words.Zero, Words.Zero);
        for (var c = 0; c < words; c += Lanes.Count, row += Lanes.Count, even += Lanes.Count, odd += Lanes.Count)
        {
            var x = Lanes.Load(row);
            var xOdd = Lanes.OddLanes(x);
            Single(ref e0, ref o0, x, xOdd, Lanes.Load(even), Lanes.Load(odd));
            Single(ref e1, ref o1, x, xOdd, Lanes.Load(even + words), Lanes.Load(odd + words));
            Single(ref e2, ref o2, x, xOdd, Lanes.Load(even + 2 * words), Lanes.Load(odd + 2 * words));
            Single(ref e3, ref o3, x, xOdd, Lanes.Load(even + 3 * words), Lanes.Load(odd + 3 * words));
            Single(ref e4, ref o4, x, xOdd, Lanes.Load(even + 4 * words), Lanes.Load(odd + 4 * words));
        }

        results[0] = Total(e0, o0);
        results[1] = Total(e1, o1);
        results[2] = Total(e2, o2);
        results[3] = Total(e3, o3);
        results[4] = Total(e4, o4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Pair(
        ref Words even, ref Words odd, Vector x, Vector xOdd, Vector u, Vector y, Vector yOdd, Vector v)
    {
        even = Fold(Isa.Add(Isa.Add(even, Isa.Multiply(x, u)), Isa.Multiply(y, v)));
        odd = Fold(Isa.Add(Isa.Add(odd, Isa.Multiply(xOdd, u)), Isa.Multiply(yOdd, v)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Single(ref Words even, ref Words odd, Vector x, Vector xOdd, Vector u, Vector v)
    {
        even = Fold(Isa.Add(even, Isa.Multiply(x, u)));
        odd = Fold(Isa.Add(odd, Isa.Multiply(xOdd, v)));
    }

    // The sum of all lanes: each upper half is in (-p, p), eight of them and 8 p fit a word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static uint Total(Words even, Words odd)
    {
        var t = Isa.ShiftRightLogical(Lanes.Reduce(Fold(Isa.Add(even, odd))), 32).AsUInt32();
        var canonical = Isa.Min(t, Isa.Add(t, Lanes.P)).AsUInt64();
        var sum = Vector512.Sum(Isa.And(canonical, Vector512.Create(0xFFFF_FFFFul)));
        return (uint)(sum % KoalaBear.Modulus);
    }

    // x below 2 p 2^32 to below p 2^32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Words Fold(Words x) => Isa.Min(x, Isa.Subtract(x, Top));

    // a - b modulo p 2^32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Words Less(Words a, Words b)
    {
        var t = Isa.Subtract(a, b);
        return Isa.Min(t, Isa.Add(t, Top));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Words LoadWords(ulong* p) => Isa.LoadVector512(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreWords(ulong* p, Words even, Words odd)
    {
        Isa.Store(p, even);
        Isa.Store(p + Odd, odd);
    }

    /// <summary>One product in E a lane; the target may be a factor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Product(uint* d, long ds, uint* a, long sa, uint* b, long sb)
    {
        var a0 = Lanes.Load(a);
        var a1 = Lanes.Load(a + sa);
        var a2 = Lanes.Load(a + 2 * sa);
        var a3 = Lanes.Load(a + 3 * sa);
        var a4 = Lanes.Load(a + 4 * sa);
        var b0 = Lanes.Load(b);
        var b1 = Lanes.Load(b + sb);
        var b2 = Lanes.Load(b + 2 * sb);
        var b3 = Lanes.Load(b + 3 * sb);
        var b4 = Lanes.Load(b + 4 * sb);
        Half(
            a0, a1, a2, a3, a4, b0, b1, b2, b3, b4,
            out var e0, out var e1, out var e2, out var e3, out var e4);
        Half(
            Lanes.OddLanes(a0), Lanes.OddLanes(a1), Lanes.OddLanes(a2), Lanes.OddLanes(a3), Lanes.OddLanes(a4),
            Lanes.OddLanes(b0), Lanes.OddLanes(b1), Lanes.OddLanes(b2), Lanes.OddLanes(b3), Lanes.OddLanes(b4),
            out var o0, out var o1, out var o2, out var o3, out var o4);
        Lanes.Store(d, Lanes.Merge(e0.AsInt64(), o0.AsInt64()));
        Lanes.Store(d + ds, Lanes.Merge(e1.AsInt64(), o1.AsInt64()));
        Lanes.Store(d + 2 * ds, Lanes.Merge(e2.AsInt64(), o2.AsInt64()));
        Lanes.Store(d + 3 * ds, Lanes.Merge(e3.AsInt64(), o3.AsInt64()));
        Lanes.Store(d + 4 * ds, Lanes.Merge(e4.AsInt64(), o4.AsInt64()));
    }

    // The even lanes: upper halves of the results are in (-p, p).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Half(
        Vector a0, Vector a1, Vector a2, Vector a3, Vector a4, Vector b0, Vector b1, Vector b2, Vector b3, Vector b4,
        out Words r0, out Words r1, out Words r2, out Words r3, out Words r4)
    {
        var c8 = Isa.Multiply(a4, b4);
        var c7 = Isa.Add(Isa.Multiply(a3, b4), Isa.Multiply(a4, b3));                       // < p 2^32
        var c6 = Fold(Isa.Add(Isa.Add(Isa.Multiply(a2, b4), Isa.Multiply(a3, b3)), Isa.Multiply(a4, b2)));
        var c5 = Fold(Isa.Add(
            Isa.Add(Isa.Multiply(a1, b4), Isa.Multiply(a2, b3)), Isa.Add(Isa.Multiply(a3, b2), Isa.Multiply(a4, b1))));
        var t = Less(c5, c8);
        r0 = Lanes.Reduce(Fold(Isa.Add(Isa.Multiply(a0, b0), t)));
        var c1 = Isa.Add(Isa.Multiply(a0, b1), Isa.Multiply(a1, b0));
        r1 = Lanes.Reduce(Fold(Isa.Add(c1, c6)));
        var c2 = Fold(Isa.Add(Isa.Add(Isa.Multiply(a0, b2), Isa.Multiply(a1, b1)), Isa.Multiply(a2, b0)));
        r2 = Lanes.Reduce(Fold(Isa.Add(Less(c2, t), c7)));
        var c3 = Fold(Isa.Add(
            Isa.Add(Isa.Multiply(a0, b3), Isa.Multiply(a1, b2)), Isa.Add(Isa.Multiply(a2, b1), Isa.Multiply(a3, b0))));
        r3 = Lanes.Reduce(Fold(Isa.Add(Less(c3, c6), c8)));
        var c4 = Fold(Isa.Add(
            Isa.Add(Isa.Multiply(a0, b4), Isa.Multiply(a1, b3)), Isa.Add(Isa.Multiply(a2, b2), Isa.Multiply(a3, b1))));
        c4 = Fold(Isa.Add(c4, Isa.Multiply(a4, b0)));
        r4 = Lanes.Reduce(Less(c4, c7));
    }

    // The conjugates' product over the norm (Quintic.Inverse), a lane each.
    static bool InvertLanes(uint* d, uint* a, long sa)
    {
        var step = Lanes.Count;
        var words = Quintic.Degree * step;
        var conjugate = stackalloc uint[4 * words];
        Frobenius(conjugate, a, sa);
        for (var k = 1; k < 4; k++) Frobenius(conjugate + k * words, conjugate + (k - 1) * words, step);
        for (var k = 1; k < 4; k++) Product(conjugate, step, conjugate, step, conjugate + k * words, step);
        Product(d, step, a, sa, conjugate, step);

        var norm = Lanes.Load(d);
        if (Vector512.EqualsAny(norm, Vector.Zero)) return false;
        var inverse = Power(norm, KoalaBear.Modulus - 2);
        for (var k = 0; k < Quintic.Degree; k++)
        {
            Lanes.Store(d + k * step, Lanes.Multiply(Lanes.Load(conjugate + k * step), inverse));
        }

        return true;
    }

    static void Frobenius(uint* d, uint* a, long sa)
    {
        for (var i = 0; i < Quintic.Degree; i++)
        {
            var sum = i == 0 ? Lanes.Load(a) : Vector.Zero;
            for (var k = 1; k < Quintic.Degree; k++)
            {
                var factor = Vector512.Create(Quintic.FrobeniusResidue(k, i));
                sum = Lanes.Add(sum, Lanes.Multiply(Lanes.Load(a + k * sa), factor));
            }

            Lanes.Store(d + i * Lanes.Count, sum);
        }
    }

    static Vector Power(Vector value, uint exponent)
    {
        var result = Vector512.Create(KoalaBear.One.Residue);
        for (; exponent != 0; exponent >>= 1, value = Lanes.Multiply(value, value))
        {
            if ((exponent & 1) != 0) result = Lanes.Multiply(result, value);
        }

        return result;
    }
}
