// The tile kernels on eight lanes. Raw intrinsics in the large methods: the inliner's budget would leave calls there,
// and vectors would pass through memory. Bounds and formulas: specs/10-field.md.
//
// One 64-bit word:  product | high         | low |
//                   q * p   | high'        | low |    equal low halves, by the choice of q
//                   result  | high - high' |  0  |    and no borrow crosses the middle

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ZkExchange.Fields;
using Isa = System.Runtime.Intrinsics.X86.Avx2;
using Lanes = System.Runtime.Intrinsics.Vector256<uint>;
using Wide = System.Runtime.Intrinsics.Vector256<ulong>;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>What <see cref="TileScalar"/> defines, eight points at a time; counts are multiples of sixteen.</summary>
static unsafe class Tile256
{
    const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;
    const int Step = 8;

    static Lanes Modulus
    {
        [MethodImpl(Inlined)]
        get => Vector256.Create(KoalaBear.Modulus);
    }

    static Lanes Inverse
    {
        [MethodImpl(Inlined)]
        get => Vector256.Create(KoalaBear.ModulusInverse);
    }

    /// <summary>p * 2^32: sums of products are kept below it.</summary>
    static Wide Fold
    {
        [MethodImpl(Inlined)]
        get => Vector256.Create((ulong)KoalaBear.Modulus << 32);
    }

    public static void Add(uint* sum, uint* left, uint* right, int count)
    {
        for (var i = 0; i < count; i += Step)
            Vector256.Store(Plus(Vector256.Load(left + i), Vector256.Load(right + i)), sum + i);
    }

    public static void Subtract(uint* difference, uint* left, uint* right, int count)
    {
        for (var i = 0; i < count; i += Step)
            Vector256.Store(Minus(Vector256.Load(left + i), Vector256.Load(right + i)), difference + i);
    }

    public static void Multiply(uint* product, uint* left, uint* right, int count)
    {
        for (var i = 0; i < count; i += Step)
            Vector256.Store(Times(Vector256.Load(left + i), Vector256.Load(right + i)), product + i);
    }

    public static void AddConstant(uint* sum, uint* left, uint constant, int count)
    {
        var right = Vector256.Create(constant);
        for (var i = 0; i < count; i += Step) Vector256.Store(Plus(Vector256.Load(left + i), right), sum + i);
    }

    public static void SubtractFromConstant(uint* difference, uint constant, uint* right, int count)
    {
        var left = Vector256.Create(constant);
        for (var i = 0; i < count; i += Step) Vector256.Store(Minus(left, Vector256.Load(right + i)), difference + i);
    }

    public static void MultiplyConstant(uint* product, uint* left, uint constant, int count)
    {
        var factor = Vector256.Create(constant);
        var quotient = Vector256.Create(constant * KoalaBear.ModulusInverse);
        for (var i = 0; i < count; i += Step)
            Vector256.Store(TimesConstant(Vector256.Load(left + i), factor, quotient), product + i);
    }

    public static void Cube(uint* cube, uint* value, int count)
    {
        for (var i = 0; i < count; i += Step)
        {
            // The halves stay apart between the two products: q * p of the first is below p * 2^32, so its reduced
            // upper half lies in (-p, p), and signed products take it as it is.
            var x = Vector256.Load(value + i);
            var odd = Odd(x);
            var even2 = Signed(Isa.Multiply(x.AsInt32(), x.AsInt32()));
            var odd2 = Signed(Isa.Multiply(odd.AsInt32(), odd.AsInt32()));
            var even3 = Signed(Isa.Multiply(Odd(even2.AsUInt32()).AsInt32(), x.AsInt32()));
            var odd3 = Signed(Isa.Multiply(Odd(odd2.AsUInt32()).AsInt32(), odd.AsInt32()));
            var t = Isa.Blend(Odd(even3.AsUInt32()), odd3.AsUInt32(), 0xAA);
            Vector256.Store(Isa.Min(t, Isa.Add(t, Modulus)), cube + i);
        }
    }

    public static void CubeSum(uint* cube, uint* value, uint constant, int count)
    {
        // The sum less p lies in [-p, p), and signed products take it as it is.
        var addend = Vector256.Create(constant - KoalaBear.Modulus);
        for (var i = 0; i < count; i += Step)
        {
            var x = Isa.Add(Vector256.Load(value + i), addend);
            var odd = Odd(x);
            var even2 = Signed(Isa.Multiply(x.AsInt32(), x.AsInt32()));
            var odd2 = Signed(Isa.Multiply(odd.AsInt32(), odd.AsInt32()));
            var even3 = Signed(Isa.Multiply(Odd(even2.AsUInt32()).AsInt32(), x.AsInt32()));
            var odd3 = Signed(Isa.Multiply(Odd(odd2.AsUInt32()).AsInt32(), odd.AsInt32()));
            var t = Isa.Blend(Odd(even3.AsUInt32()), odd3.AsUInt32(), 0xAA);
            Vector256.Store(Isa.Min(t, Isa.Add(t, Modulus)), cube + i);
        }
    }

    public static void MultiplyAdd(uint* sum, uint* left, uint constant, uint* other, int count)
    {
        var factor = Vector256.Create(constant);
        var quotient = Vector256.Create(constant * KoalaBear.ModulusInverse);
        for (var i = 0; i < count; i += Step)
        {
            var product = TimesConstant(Vector256.Load(left + i), factor, quotient);
            Vector256.Store(Plus(product, Vector256.Load(other + i)), sum + i);
        }
    }

    public static void Chain(uint* sum, uint* first, int* planes, int terms, int count)
    {
        for (var i = 0; i < count; i += 4 * Step)
        {
            Lanes a = default, b = default, c = default, d = default;
            for (var k = 0; k < terms; k++)
            {
                var term = first + (long)planes[k] * Tile.Points + i;
                a = Plus(a, Vector256.Load(term));
                b = Plus(b, Vector256.Load(term + Step));
                c = Plus(c, Vector256.Load(term + 2 * Step));
                d = Plus(d, Vector256.Load(term + 3 * Step));
            }

            Vector256.Store(a, sum + i);
            Vector256.Store(b, sum + i + Step);
            Vector256.Store(c, sum + i + 2 * Step);
            Vector256.Store(d, sum + i + 3 * Step);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Dot(uint* sum, int stride, uint** planes, int terms, uint* coefficients, int count)
    {
        var fold = Fold;
        for (var i = 0; i < count; i += Step)
        {
            Wide e0 = default, e1 = default, e2 = default, e3 = default, e4 = default;
            Wide o0 = default, o1 = default, o2 = default, o3 = default, o4 = default;
            var f = coefficients;
            var k = 0;
            for (; k + 2 <= terms; k += 2, f += 2 * Quintic.Degree)
            {
                var x = Vector256.Load(planes[k] + i);
                var y = Vector256.Load(planes[k + 1] + i);
                var xo = Odd(x);
                var yo = Odd(y);

                // Two products are below 2 p^2 and the sum before them below p * 2^32: together below 2^64.
                e0 = Two(e0, x, f[0], y, f[5], fold);
                o0 = Two(o0, xo, f[0], yo, f[5], fold);
                e1 = Two(e1, x, f[1], y, f[6], fold);
                o1 = Two(o1, xo, f[1], yo, f[6], fold);
                e2 = Two(e2, x, f[2], y, f[7], fold);
                o2 = Two(o2, xo, f[2], yo, f[7], fold);
                e3 = Two(e3, x, f[3], y, f[8], fold);
                o3 = Two(o3, xo, f[3], yo, f[8], fold);
                e4 = Two(e4, x, f[4], y, f[9], fold);
                o4 = Two(o4, xo, f[4], yo, f[9], fold);
            }

            if (k < terms)
            {
                var x = Vector256.Load(planes[k] + i);
                var xo = Odd(x);
                e0 = Last(e0, x, f[0], fold);
                o0 = Last(o0, xo, f[0], fold);
                e1 = Last(e1, x, f[1], fold);
                o1 = Last(o1, xo, f[1], fold);
                e2 = Last(e2, x, f[2], fold);
                o2 = Last(o2, xo, f[2], fold);
                e3 = Last(e3, x, f[3], fold);
                o3 = Last(o3, xo, f[3], fold);
                e4 = Last(e4, x, f[4], fold);
                o4 = Last(o4, xo, f[4], fold);
            }

            var s = sum + i;
            AddTo(s, e0, o0);
            AddTo(s + stride, e1, o1);
            AddTo(s + 2 * stride, e2, o2);
            AddTo(s + 3 * stride, e3, o3);
            AddTo(s + 4 * stride, e4, o4);
        }
    }

    /// <remarks>X^i b, one row for each i: with u = b1 - b4, v = b0 - b3, w = b4 - b2, z = b3 - u,
    /// (b0 b1 b2 b3 b4), (b4 b0 u b2 b3), (b3 b4 v u b2), (b2 b3 w v u), (u b2 z w v).</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void MultiplyExtension(
        uint* product, int productStride, uint* left, int leftStride, uint* right, int rightStride, int count)
    {
        for (var i = 0; i < count; i += Step)
        {
            var a0 = Vector256.Load(left + i);
            var a1 = Vector256.Load(left + leftStride + i);
            var a2 = Vector256.Load(left + 2 * leftStride + i);
            var a3 = Vector256.Load(left + 3 * leftStride + i);
            var a4 = Vector256.Load(left + 4 * leftStride + i);
            var b0 = Vector256.Load(right + i);
            var b1 = Vector256.Load(right + rightStride + i);
            var b2 = Vector256.Load(right + 2 * rightStride + i);
            var b3 = Vector256.Load(right + 3 * rightStride + i);
            var b4 = Vector256.Load(right + 4 * rightStride + i);
            var u = Minus(b1, b4);
            var v = Minus(b0, b3);
            var w = Minus(b4, b2);
            var z = Minus(b3, u);

            var p = product + i;
            Five(p, a0, b0, a1, b4, a2, b3, a3, b2, a4, u);
            Five(p + productStride, a0, b1, a1, b0, a2, b4, a3, b3, a4, b2);
            Five(p + 2 * productStride, a0, b2, a1, u, a2, v, a3, w, a4, z);
            Five(p + 3 * productStride, a0, b3, a1, b2, a2, u, a3, v, a4, w);
            Five(p + 4 * productStride, a0, b4, a1, b3, a2, b2, a3, u, a4, v);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Transpose(uint** rows, int column, uint* planes, int stride)
    {
        for (var row = 0; row < Matrix.Lanes; row += Step)
        {
            for (var c = 0; c < Matrix.Lanes; c += Step)
            {
                Square(rows + row, column + c, planes + (long)c * stride + row, stride);
            }
        }
    }

    public static void RowDot(uint* sums, uint** rows, int column, uint* weights, int count)
    {
        HalfDot(sums, rows, column, weights, count);
        HalfDot(sums + Step, rows, column + Step, weights, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void HalfDot(uint* sums, uint** rows, int column, uint* weights, int count)
    {
        var fold = Fold;
        Wide e0 = default, e1 = default, e2 = default, e3 = default, e4 = default;
        Wide o0 = default, o1 = default, o2 = default, o3 = default, o4 = default;
        var row = 0;
        for (; row + 2 <= count; row += 2, weights += 2 * Quintic.Degree)
        {
            var x = Vector256.Load(rows[row] + column);
            var y = Vector256.Load(rows[row + 1] + column);
            var xo = Odd(x);
            var yo = Odd(y);
            e0 = Two(e0, x, weights[0], y, weights[5], fold);
            o0 = Two(o0, xo, weights[0], yo, weights[5], fold);
            e1 = Two(e1, x, weights[1], y, weights[6], fold);
            o1 = Two(o1, xo, weights[1], yo, weights[6], fold);
            e2 = Two(e2, x, weights[2], y, weights[7], fold);
            o2 = Two(o2, xo, weights[2], yo, weights[7], fold);
            e3 = Two(e3, x, weights[3], y, weights[8], fold);
            o3 = Two(o3, xo, weights[3], yo, weights[8], fold);
            e4 = Two(e4, x, weights[4], y, weights[9], fold);
            o4 = Two(o4, xo, weights[4], yo, weights[9], fold);
        }

        if (row < count)
        {
            var x = Vector256.Load(rows[row] + column);
            var xo = Odd(x);
            e0 = Last(e0, x, weights[0], fold);
            o0 = Last(o0, xo, weights[0], fold);
            e1 = Last(e1, x, weights[1], fold);
            o1 = Last(o1, xo, weights[1], fold);
            e2 = Last(e2, x, weights[2], fold);
            o2 = Last(o2, xo, weights[2], fold);
            e3 = Last(e3, x, weights[3], fold);
            o3 = Last(o3, xo, weights[3], fold);
            e4 = Last(e4, x, weights[4], fold);
            o4 = Last(o4, xo, weights[4], fold);
        }

        AddTo(sums, e0, o0);
        AddTo(sums + Matrix.Lanes, e1, o1);
        AddTo(sums + 2 * Matrix.Lanes, e2, o2);
        AddTo(sums + 3 * Matrix.Lanes, e3, o3);
        AddTo(sums + 4 * Matrix.Lanes, e4, o4);
    }

    [MethodImpl(Inlined)]
    static Lanes Plus(Lanes a, Lanes b)
    {
        var t = Isa.Add(a, b);
        return Isa.Min(t, Isa.Subtract(t, Modulus));
    }

    [MethodImpl(Inlined)]
    static Lanes Minus(Lanes a, Lanes b)
    {
        var t = Isa.Subtract(a, b);
        return Isa.Min(t, Isa.Add(t, Modulus));
    }

    [MethodImpl(Inlined)]
    static Lanes Times(Lanes a, Lanes b) => Merge(Isa.Multiply(a, b), Isa.Multiply(Odd(a), Odd(b)));

    /// <summary>A product with a constant, the constant times the modulus' inverse beside it.</summary>
    [MethodImpl(Inlined)]
    static Lanes TimesConstant(Lanes a, Lanes factor, Lanes quotient)
    {
        var q = Isa.MultiplyLow(a.AsInt32(), quotient.AsInt32()).AsUInt32();
        var even = Isa.Subtract(
            Isa.Multiply(a, factor), Isa.Multiply(q, Modulus));
        var odd = Isa.Subtract(
            Isa.Multiply(Odd(a), factor), Isa.Multiply(Odd(q), Modulus));
        var t = Isa.Blend(Odd(even.AsUInt32()), odd.AsUInt32(), 0xAA);
        return Isa.Min(t, Isa.Add(t, Modulus));
    }

    [MethodImpl(Inlined)]
    static Lanes Odd(Lanes a) => System.Runtime.Intrinsics.X86.Avx.DuplicateOddIndexed(a.AsSingle()).AsUInt32();

    /// <summary>Both halves of a product below p * 2^32, reduced and put together.</summary>
    [MethodImpl(Inlined)]
    static Lanes Merge(Wide even, Wide odd)
    {
        var evenMultiple = Isa.Multiply(Isa.Multiply(even.AsUInt32(), Inverse).AsUInt32(), Modulus);
        var oddMultiple = Isa.Multiply(Isa.Multiply(odd.AsUInt32(), Inverse).AsUInt32(), Modulus);
        var t = Isa.Blend(
            Odd(Isa.Subtract(even, evenMultiple).AsUInt32()), Isa.Subtract(odd, oddMultiple).AsUInt32(), 0xAA);
        return Isa.Min(t, Isa.Add(t, Modulus));              // -p < t < p, to canonical
    }

    /// <summary>A sum below twice the fold, to below it. There is no unsigned minimum of 64-bit words; the difference
    /// is a signed word, so its sign decides.</summary>
    [MethodImpl(Inlined)]
    static Wide Reduced(Wide sum, Wide fold)
    {
        var t = Isa.Subtract(sum, fold);
        var negative = Isa.CompareGreaterThan(Vector256<long>.Zero, t.AsInt64()).AsUInt64();
        return Isa.Add(t, Isa.And(negative, fold));
    }

    /// <summary>A signed product minus the multiple of p that clears its low half.</summary>
    [MethodImpl(Inlined)]
    static Vector256<long> Signed(Vector256<long> product)
    {
        var quotient = Isa.Multiply(product.AsInt32(), Inverse.AsInt32());
        return Isa.Subtract(product, Isa.Multiply(quotient.AsInt32(), Modulus.AsInt32()));
    }

    [MethodImpl(Inlined)]
    static Wide Last(Wide sum, Lanes x, uint coefficient, Wide fold)
    {
        var t = Isa.Add(sum, Isa.Multiply(x, Vector256.Create(coefficient)));
        return Reduced(t, fold);
    }

    [MethodImpl(Inlined)]
    static Wide Two(Wide sum, Lanes x, uint v, Lanes y, uint w, Wide fold)
    {
        var t = Isa.Add(Isa.Add(sum, Isa.Multiply(x, Vector256.Create(v))), Isa.Multiply(y, Vector256.Create(w)));
        return Reduced(t, fold);
    }

    [MethodImpl(Inlined)]
    static void AddTo(uint* sum, Wide even, Wide odd) =>
        Vector256.Store(Plus(Vector256.Load(sum), Merge(even, odd)), sum);

    /// <summary>The sum of five products, reduced: four of them stay below 2^64.</summary>
    [MethodImpl(Inlined)]
    static void Five(
        uint* sum, Lanes a0, Lanes b0, Lanes a1, Lanes b1, Lanes a2, Lanes b2, Lanes a3, Lanes b3, Lanes a4, Lanes b4)
    {
        var fold = Fold;
        var even = Isa.Add(
            Isa.Add(Isa.Multiply(a0, b0), Isa.Multiply(a1, b1)), Isa.Add(Isa.Multiply(a2, b2), Isa.Multiply(a3, b3)));
        even = Reduced(even, fold);
        even = Isa.Add(even, Isa.Multiply(a4, b4));
        even = Reduced(even, fold);
        var odd = Isa.Add(
            Isa.Add(Isa.Multiply(Odd(a0), Odd(b0)), Isa.Multiply(Odd(a1), Odd(b1))),
            Isa.Add(Isa.Multiply(Odd(a2), Odd(b2)), Isa.Multiply(Odd(a3), Odd(b3))));
        odd = Reduced(odd, fold);
        odd = Isa.Add(odd, Isa.Multiply(Odd(a4), Odd(b4)));
        odd = Reduced(odd, fold);
        Vector256.Store(Merge(even, odd), sum);
    }

    [MethodImpl(Inlined)]
    static void Quarter(uint** rows, int column, out Lanes x, out Lanes y, out Lanes z, out Lanes w)
    {
        var r0 = Vector256.Load(rows[0] + column);
        var r1 = Vector256.Load(rows[1] + column);
        var r2 = Vector256.Load(rows[2] + column);
        var r3 = Vector256.Load(rows[3] + column);
        var (a0, a1) = (Isa.UnpackLow(r0, r1).AsUInt64(), Isa.UnpackHigh(r0, r1).AsUInt64());
        var (a2, a3) = (Isa.UnpackLow(r2, r3).AsUInt64(), Isa.UnpackHigh(r2, r3).AsUInt64());
        x = Isa.UnpackLow(a0, a2).AsUInt32();
        y = Isa.UnpackHigh(a0, a2).AsUInt32();
        z = Isa.UnpackLow(a1, a3).AsUInt32();
        w = Isa.UnpackHigh(a1, a3).AsUInt32();
    }

    /// <summary>Eight rows of eight words.</summary>
    [MethodImpl(Inlined)]
    static void Square(uint** rows, int column, uint* planes, int stride)
    {
        Lanes b0, b1, b2, b3, c0, c1, c2, c3;
        Quarter(rows, column, out b0, out b1, out b2, out b3);
        Quarter(rows + 4, column, out c0, out c1, out c2, out c3);
        Columns(b0, c0, planes, stride);
        Columns(b1, c1, planes + stride, stride);
        Columns(b2, c2, planes + 2 * stride, stride);
        Columns(b3, c3, planes + 3 * stride, stride);
    }

    [MethodImpl(Inlined)]
    static void Columns(Lanes b, Lanes c, uint* planes, int stride)
    {
        Vector256.Store(Isa.Permute2x128(b, c, 0x20), planes);
        Vector256.Store(Isa.Permute2x128(b, c, 0x31), planes + 4 * stride);
    }
}
