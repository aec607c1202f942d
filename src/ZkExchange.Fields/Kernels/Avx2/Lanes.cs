using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Isa = System.Runtime.Intrinsics.X86.Avx2;
using Signed = System.Runtime.Intrinsics.Vector256<long>;
using Vector = System.Runtime.Intrinsics.Vector256<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>KoalaBear in eight lanes. In and out: 0 &lt;= lane &lt; p unless a method says otherwise.</summary>
static unsafe class Lanes256
{
    public const int Count = 8;

    public static Vector P
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(KoalaBear.Modulus);
    }

    public static Vector Mu
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(KoalaBear.ModulusInverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Broadcast(uint* p) => Vector256.Create(*p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Load(uint* p) => Vector256.Load(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(uint* p, Vector v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(uint* p, Vector v) => v.StoreAlignedNonTemporal(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector OddLanes(Vector a) =>
        System.Runtime.Intrinsics.X86.Avx.DuplicateOddIndexed(a.AsSingle()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector MultiplyLow(Vector a, Vector b) => Isa.MultiplyLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Signed Even(Vector a, Vector b) => Isa.Multiply(a.AsInt32(), b.AsInt32());

    /// <summary>The upper halves of both, -p &lt; t &lt; p, made canonical: a negative t is huge, t + p is
    /// not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Merge(Signed even, Signed odd)
    {
        var t = Isa.Blend(OddLanes(even.AsUInt32()), odd.AsUInt32(), 0xAA);
        return Isa.Min(t, Isa.Add(t, P));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Add(Vector a, Vector b)
    {
        var t = Isa.Add(a, b);                               // < 2p < 2^32
        return Isa.Min(t, Isa.Subtract(t, P));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Subtract(Vector a, Vector b)
    {
        var t = Isa.Subtract(a, b);                          // -p < t < p
        return Isa.Min(t, Isa.Add(t, P));
    }

    /// <summary>Fourteen instructions, six of them multiplies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Multiply(Vector a, Vector b)
    {
        var even = Isa.Multiply(a, b);
        var odd = Isa.Multiply(OddLanes(a), OddLanes(b));
        return Merge(Reduce(even).AsInt64(), Reduce(odd).AsInt64());
    }

    /// <summary>x * w for a word w whose product with <see cref="Mu"/> is given; -p &lt; x &lt; p. Thirteen
    /// instructions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector MultiplyConstant(Vector x, Vector w, Vector wMu)
    {
        var quotient = Isa.MultiplyLow(x, wMu);
        var even = Isa.Subtract(Even(x, w), Even(quotient, P));
        var odd = Isa.Subtract(Even(OddLanes(x), w), Even(OddLanes(quotient), P));
        return Merge(even, odd);
    }

    /// <summary>The canonical integers of residues: a product with one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Canonical(Vector a)
    {
        var quotient = Isa.MultiplyLow(a, Mu);
        var even = Isa.Multiply(quotient, P).AsInt64();
        var odd = Isa.Multiply(OddLanes(quotient), P).AsInt64();
        var upper = Isa.Blend(OddLanes(even.AsUInt32()), odd.AsUInt32(), 0xAA);
        var t = Isa.Subtract(Vector.Zero, upper);            // the upper half of a is 0, -p < t <= 0
        return Isa.Min(t, Isa.Add(t, P));
    }

    /// <summary>Two butterflies, (a, b) to (a + b, (a - b) w) and (c, d) to (c + d, (c - d) z), interleaved by hand:
    /// a multiply takes twenty cycles and nobody else reorders them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterflies(
        ref Vector a, ref Vector b, Vector w, Vector wMu, ref Vector c, ref Vector d, Vector z, Vector zMu)
    {
        var x = Isa.Subtract(a, b);
        var y = Isa.Subtract(c, d);
        var ab = Isa.Add(a, b);
        var cd = Isa.Add(c, d);
        var qx = Isa.MultiplyLow(x, wMu);
        var qy = Isa.MultiplyLow(y, zMu);
        var xOdd = OddLanes(x);
        var yOdd = OddLanes(y);
        var xEven = Even(x, w);
        var yEven = Even(y, z);
        var qxOdd = OddLanes(qx);
        var qyOdd = OddLanes(qy);
        var xwOdd = Even(xOdd, w);
        var yzOdd = Even(yOdd, z);
        var mxEven = Even(qx, P);
        var myEven = Even(qy, P);
        var abLess = Isa.Subtract(ab, P);
        var cdLess = Isa.Subtract(cd, P);
        var mxOdd = Even(qxOdd, P);
        var myOdd = Even(qyOdd, P);
        a = Isa.Min(ab, abLess);
        c = Isa.Min(cd, cdLess);
        xEven = Isa.Subtract(xEven, mxEven);
        yEven = Isa.Subtract(yEven, myEven);
        xwOdd = Isa.Subtract(xwOdd, mxOdd);
        yzOdd = Isa.Subtract(yzOdd, myOdd);
        b = Merge(xEven, xwOdd);
        d = Merge(yEven, yzOdd);
    }

    // One 64-bit word:  product | high         | low |
    //                   q * p   | high'        | low |    equal low halves, by the choice of q
    //                   result  | high - high' |  0  |    and no borrow crosses the middle
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Reduce(Vector256<ulong> product)
    {
        var quotient = Isa.Multiply(product.AsUInt32(), Mu).AsUInt32();
        return Isa.Subtract(product, Isa.Multiply(quotient, P));
    }
}
