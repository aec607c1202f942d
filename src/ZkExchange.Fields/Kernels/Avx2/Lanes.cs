using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Isa = System.Runtime.Intrinsics.X86.Avx2;
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

    /// <summary>a0, b0, a1, b1, ..</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePairs(uint* p, Vector a, Vector b)
    {
        var low = Isa.UnpackLow(a, b);
        var high = Isa.UnpackHigh(a, b);
        Isa.Permute2x128(low, high, 0x20).Store(p);
        Isa.Permute2x128(low, high, 0x31).Store(p + Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(uint* p, Vector v) => v.Store(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Stream(uint* p, Vector v) => v.StoreAlignedNonTemporal(p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector OddLanes(Vector a) =>
        System.Runtime.Intrinsics.X86.Avx.DuplicateOddIndexed(a.AsSingle()).AsUInt32();

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
        var t = Uppers(Reduce(even), Reduce(odd));           // -p < t < p: a negative t is huge, t + p is not
        return Isa.Min(t, Isa.Add(t, P));
    }

    /// <summary>x * w mod p for any word x and a factor w &lt; p with its quotient floor(w 2^32 / p). Ten
    /// instructions.</summary>
    /// <remarks>V. Shoup's product (Harvey, Faster arithmetic for number-theoretic transforms, 2014): the upper half h
    /// of x * quotient is off from x w / p by less than two, so 0 &lt;= x w - h p &lt; 2p, and its low words do. w is a
    /// plain integer, so residues stay residues.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Scale(Vector x, Vector w, Vector quotient)
    {
        var even = Isa.Multiply(x, quotient);
        var odd = Isa.Multiply(OddLanes(x), quotient);
        return Rest(Isa.MultiplyLow(x, w), Uppers(even, odd));
    }

    /// <summary>floor(w 2^32 / p) for the integer w of a residue r = w 2^32 mod p: w 2^32 - r is a multiple of p, so
    /// it is -r / p mod 2^32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Quotient(Vector residue) =>
        Isa.Subtract(Vector.Zero, Isa.MultiplyLow(residue, Mu));

    /// <summary>The canonical integers of residues: a product with one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector Canonical(Vector a)
    {
        var quotient = Isa.MultiplyLow(a, Mu);
        var upper = Uppers(Isa.Multiply(quotient, P), Isa.Multiply(OddLanes(quotient), P));
        var t = Isa.Subtract(Vector.Zero, upper);            // the upper half of a is 0, -p < t <= 0
        return Isa.Min(t, Isa.Add(t, P));
    }

    /// <summary>Two butterflies, (a, b) to (a + b, (a - b) w) and (c, d) to (c + d, (c - d) z), interleaved by hand:
    /// a product takes twenty cycles and nobody else reorders them. v and y are the quotients of w and z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterflies(
        ref Vector a, ref Vector b, Vector w, Vector v, ref Vector c, ref Vector d, Vector z, Vector y)
    {
        var ab = Isa.Add(Isa.Subtract(a, b), P);             // 0 < a - b + p < 2p
        var cd = Isa.Add(Isa.Subtract(c, d), P);
        var abSum = Isa.Add(a, b);
        var cdSum = Isa.Add(c, d);
        var abOdd = OddLanes(ab);
        var cdOdd = OddLanes(cd);
        var abEvens = Isa.Multiply(ab, v);
        var cdEvens = Isa.Multiply(cd, y);
        var abLess = Isa.Subtract(abSum, P);
        var cdLess = Isa.Subtract(cdSum, P);
        var abOdds = Isa.Multiply(abOdd, v);
        var cdOdds = Isa.Multiply(cdOdd, y);
        var abLow = Isa.MultiplyLow(ab, w);
        var cdLow = Isa.MultiplyLow(cd, z);
        a = Isa.Min(abSum, abLess);
        c = Isa.Min(cdSum, cdLess);
        b = Rest(abLow, Uppers(abEvens, abOdds));
        d = Rest(cdLow, Uppers(cdEvens, cdOdds));
    }

    // The upper halves of 64-bit words of even and of odd lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Uppers(Vector256<ulong> even, Vector256<ulong> odd) =>
        Isa.Blend(OddLanes(even.AsUInt32()), odd.AsUInt32(), 0xAA);

    // low - multiple * p, known to be below 2p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Rest(Vector low, Vector multiple)
    {
        var t = Isa.Subtract(low, Isa.MultiplyLow(multiple, P));
        return Isa.Min(t, Isa.Subtract(t, P));
    }

    // One 64-bit word:  product | high         | low |
    //                   q * p   | high'        | low |    equal low halves, by the choice of q
    //                   result  | high - high' |  0  |    and no borrow crosses the middle
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ulong> Reduce(Vector256<ulong> product)
    {
        var quotient = Isa.Multiply(product.AsUInt32(), Mu).AsUInt32();
        return Isa.Subtract(product, Isa.Multiply(quotient, P));
    }
}
