using System.Runtime.CompilerServices;
using Lanes = ZkExchange.Fields.Kernels.Lanes256;
using Vector = System.Runtime.Intrinsics.Vector256<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>Butterflies on eight columns of up to eight rows at a time.</summary>
/// <remarks>Sixteen rows do not fit into sixteen registers: radix 16 is radix 4 twice.</remarks>
readonly unsafe struct Butterflies256 : IButterflies
{
    public static void Down16(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        var quarter = stackalloc uint[2 * 3];
        for (var g = 0; g < 4; g++)
        {
            Copy(quarter, twiddles, g, g + 4, 8 + g);
            Down4<Cached>(s + g * ss, 4 * ss, d + g * ds, 4 * ds, words, quarter);
        }

        for (var block = 0; block < 16; block += 4)
            Down4(d + block * ds, ds, d + block * ds, ds, words, twiddles + 2 * 12, stream);
    }

    public static void Down8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        if (stream) Down8<Streamed>(s, ss, d, ds, words, twiddles);
        else Down8<Cached>(s, ss, d, ds, words, twiddles);
    }

    public static void Down4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        if (stream) Down4<Streamed>(s, ss, d, ds, words, twiddles);
        else Down4<Cached>(s, ss, d, ds, words, twiddles);
    }

    public static void Up16(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream)
    {
        var quarter = stackalloc uint[2 * 3];
        for (var block = 0; block < 4; block++)
        {
            var scales = factors == null ? null : factors + 8 * block;
            Copy(quarter, twiddles, 2 * block, 2 * block + 1, 8 + block);
            Up4(s + 4 * block * ss, ss, d + 4 * block * ds, ds, words, quarter, scales, false);
        }

        for (var g = 0; g < 4; g++)
            Up4(d + g * ds, 4 * ds, d + g * ds, 4 * ds, words, twiddles + 2 * 12, null, stream);
    }

    public static void Up8(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream)
    {
        if (factors != null) Up8<Cached, Scaled>(s, ss, d, ds, words, twiddles, factors);
        else if (stream) Up8<Streamed, Plain>(s, ss, d, ds, words, twiddles, factors);
        else Up8<Cached, Plain>(s, ss, d, ds, words, twiddles, factors);
    }

    public static void Up4(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream)
    {
        if (factors != null) Up4<Cached, Scaled>(s, ss, d, ds, words, twiddles, factors);
        else if (stream) Up4<Streamed, Plain>(s, ss, d, ds, words, twiddles, factors);
        else Up4<Cached, Plain>(s, ss, d, ds, words, twiddles, factors);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Two(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors)
    {
        var one = Factor.Of(KoalaBear.One);
        var f = factors == null ? (uint*)&one : factors;
        var f1 = factors == null ? f : f + 2;
        var w0 = Lanes.Broadcast(twiddles);
        var q0 = Lanes.Broadcast(twiddles + 1);
        for (var end = s + words; s < end; s += Lanes.Count, d += Lanes.Count)
        {
            var a0 = Load<Scaled>(s, f);
            var a1 = Load<Scaled>(s + ss, f1);
            Lanes.Store(d, Lanes.Add(a0, a1));
            Lanes.Store(d + ds, Lanes.Scale(Lanes.Subtract(a0, a1), w0, q0));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(uint* d, uint* s, int words, Factor factor)
    {
        var w = Lanes.Broadcast((uint*)&factor);
        var q = Lanes.Broadcast((uint*)&factor + 1);
        for (var end = s + words; s < end; s += Lanes.Count, d += Lanes.Count)
        {
            Lanes.Store(d, Lanes.Scale(Lanes.Load(s), w, q));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(uint* d, uint* s, int words, Factor factor)
    {
        var w = Lanes.Broadcast((uint*)&factor);
        var q = Lanes.Broadcast((uint*)&factor + 1);
        for (var end = s + words; s < end; s += Lanes.Count, d += Lanes.Count)
        {
            Lanes.Store(d, Lanes.Add(Lanes.Load(d), Lanes.Scale(Lanes.Load(s), w, q)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Factors(uint* d, uint* residues, int count, uint residue)
    {
        var factor = Lanes.Broadcast(&residue);
        for (var end = residues + count; residues < end; residues += Lanes.Count, d += 2 * Lanes.Count)
        {
            var product = Lanes.Multiply(Lanes.Load(residues), factor);
            Lanes.StorePairs(d, Lanes.Canonical(product), Lanes.Quotient(product));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Down8<TStore>(uint* s, long ss, uint* d, long ds, int words, uint* t)
        where TStore : struct, IStore
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 2);
        var w2 = Lanes.Broadcast(t + 4);
        var w3 = Lanes.Broadcast(t + 6);
        var w4 = Lanes.Broadcast(t + 8);
        var w5 = Lanes.Broadcast(t + 10);
        var w6 = Lanes.Broadcast(t + 12);
        var q0 = Lanes.Broadcast(t + 1);
        var q1 = Lanes.Broadcast(t + 3);
        var q2 = Lanes.Broadcast(t + 5);
        var q3 = Lanes.Broadcast(t + 7);
        var q4 = Lanes.Broadcast(t + 9);
        var q5 = Lanes.Broadcast(t + 11);
        var q6 = Lanes.Broadcast(t + 13);
        var sHigh = s + 4 * ss;
        var dHigh = d + 4 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a4 = Lanes.Load(sHigh);
            var a1 = Lanes.Load(s + ss);
            var a5 = Lanes.Load(sHigh + ss);
            Lanes.Butterflies(ref a0, ref a4, w0, q0, ref a1, ref a5, w1, q1);
            var a2 = Lanes.Load(s + 2 * ss);
            var a6 = Lanes.Load(sHigh + 2 * ss);
            var a3 = Lanes.Load(s + 3 * ss);
            var a7 = Lanes.Load(sHigh + 3 * ss);
            Lanes.Butterflies(ref a2, ref a6, w2, q2, ref a3, ref a7, w3, q3);
            Lanes.Butterflies(ref a0, ref a2, w4, q4, ref a1, ref a3, w5, q5);
            Lanes.Butterflies(ref a4, ref a6, w4, q4, ref a5, ref a7, w5, q5);
            Lanes.Butterflies(ref a0, ref a1, w6, q6, ref a2, ref a3, w6, q6);
            Store<TStore>(d, a0);
            Store<TStore>(d + ds, a1);
            Store<TStore>(d + 2 * ds, a2);
            Store<TStore>(d + 3 * ds, a3);
            Lanes.Butterflies(ref a4, ref a5, w6, q6, ref a6, ref a7, w6, q6);
            Store<TStore>(dHigh, a4);
            Store<TStore>(dHigh + ds, a5);
            Store<TStore>(dHigh + 2 * ds, a6);
            Store<TStore>(dHigh + 3 * ds, a7);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Down4<TStore>(uint* s, long ss, uint* d, long ds, int words, uint* t)
        where TStore : struct, IStore
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 2);
        var w2 = Lanes.Broadcast(t + 4);
        var q0 = Lanes.Broadcast(t + 1);
        var q1 = Lanes.Broadcast(t + 3);
        var q2 = Lanes.Broadcast(t + 5);
        var sHigh = s + 2 * ss;
        var dHigh = d + 2 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a2 = Lanes.Load(sHigh);
            var a1 = Lanes.Load(s + ss);
            var a3 = Lanes.Load(sHigh + ss);
            Lanes.Butterflies(ref a0, ref a2, w0, q0, ref a1, ref a3, w1, q1);
            Lanes.Butterflies(ref a0, ref a1, w2, q2, ref a2, ref a3, w2, q2);
            Store<TStore>(d, a0);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh, a2);
            Store<TStore>(dHigh + ds, a3);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Up8<TStore, TScale>(uint* s, long ss, uint* d, long ds, int words, uint* t, uint* f)
        where TStore : struct, IStore
        where TScale : struct, IScale
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 2);
        var w2 = Lanes.Broadcast(t + 4);
        var w3 = Lanes.Broadcast(t + 6);
        var w4 = Lanes.Broadcast(t + 8);
        var w5 = Lanes.Broadcast(t + 10);
        var w6 = Lanes.Broadcast(t + 12);
        var q0 = Lanes.Broadcast(t + 1);
        var q1 = Lanes.Broadcast(t + 3);
        var q2 = Lanes.Broadcast(t + 5);
        var q3 = Lanes.Broadcast(t + 7);
        var q4 = Lanes.Broadcast(t + 9);
        var q5 = Lanes.Broadcast(t + 11);
        var q6 = Lanes.Broadcast(t + 13);
        var sHigh = s + 4 * ss;
        var dHigh = d + 4 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Load<TScale>(s, f);
            var a1 = Load<TScale>(s + ss, f + 2);
            var a2 = Load<TScale>(s + 2 * ss, f + 4);
            var a3 = Load<TScale>(s + 3 * ss, f + 6);
            Lanes.Butterflies(ref a0, ref a1, w0, q0, ref a2, ref a3, w1, q1);
            var a4 = Load<TScale>(sHigh, f + 8);
            var a5 = Load<TScale>(sHigh + ss, f + 10);
            var a6 = Load<TScale>(sHigh + 2 * ss, f + 12);
            var a7 = Load<TScale>(sHigh + 3 * ss, f + 14);
            Lanes.Butterflies(ref a4, ref a5, w2, q2, ref a6, ref a7, w3, q3);
            Lanes.Butterflies(ref a0, ref a2, w4, q4, ref a1, ref a3, w4, q4);
            Lanes.Butterflies(ref a4, ref a6, w5, q5, ref a5, ref a7, w5, q5);
            Lanes.Butterflies(ref a0, ref a4, w6, q6, ref a1, ref a5, w6, q6);
            Store<TStore>(d, a0);
            Store<TStore>(dHigh, a4);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh + ds, a5);
            Lanes.Butterflies(ref a2, ref a6, w6, q6, ref a3, ref a7, w6, q6);
            Store<TStore>(d + 2 * ds, a2);
            Store<TStore>(dHigh + 2 * ds, a6);
            Store<TStore>(d + 3 * ds, a3);
            Store<TStore>(dHigh + 3 * ds, a7);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Up4<TStore, TScale>(uint* s, long ss, uint* d, long ds, int words, uint* t, uint* f)
        where TStore : struct, IStore
        where TScale : struct, IScale
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 2);
        var w2 = Lanes.Broadcast(t + 4);
        var q0 = Lanes.Broadcast(t + 1);
        var q1 = Lanes.Broadcast(t + 3);
        var q2 = Lanes.Broadcast(t + 5);
        var sHigh = s + 2 * ss;
        var dHigh = d + 2 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Load<TScale>(s, f);
            var a1 = Load<TScale>(s + ss, f + 2);
            var a2 = Load<TScale>(sHigh, f + 4);
            var a3 = Load<TScale>(sHigh + ss, f + 6);
            Lanes.Butterflies(ref a0, ref a1, w0, q0, ref a2, ref a3, w1, q1);
            Lanes.Butterflies(ref a0, ref a2, w2, q2, ref a1, ref a3, w2, q2);
            Store<TStore>(d, a0);
            Store<TStore>(dHigh, a2);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh + ds, a3);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    // Three of the pairs of a table, as radix 4 wants them.
    static void Copy(uint* target, uint* table, int first, int second, int third)
    {
        ((ulong*)target)[0] = ((ulong*)table)[first];
        ((ulong*)target)[1] = ((ulong*)table)[second];
        ((ulong*)target)[2] = ((ulong*)table)[third];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Load<TScale>(uint* p, uint* factor)
        where TScale : struct, IScale
    {
        if (typeof(TScale) == typeof(Plain)) return Lanes.Load(p);
        return Lanes.Scale(Lanes.Load(p), Lanes.Broadcast(factor), Lanes.Broadcast(factor + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TStore>(uint* p, Vector v)
        where TStore : struct, IStore
    {
        if (typeof(TStore) == typeof(Streamed)) Lanes.Stream(p, v);
        else Lanes.Store(p, v);
    }
}
