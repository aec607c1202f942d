using System.Runtime.CompilerServices;
using Lanes = ZkExchange.Fields.Kernels.Lanes512;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>Butterflies on sixteen columns of up to sixteen rows at a time.</summary>
readonly unsafe struct Butterflies512 : IButterflies
{
    public static void Down16(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        if (stream) Down16<Streamed>(s, ss, d, ds, words, twiddles);
        else Down16<Cached>(s, ss, d, ds, words, twiddles);
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
        if (factors != null) Up16<Cached, Scaled>(s, ss, d, ds, words, twiddles, factors);
        else if (stream) Up16<Streamed, Plain>(s, ss, d, ds, words, twiddles, factors);
        else Up16<Cached, Plain>(s, ss, d, ds, words, twiddles, factors);
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
    static void Down16<TStore>(uint* s, long ss, uint* d, long ds, int words, uint* t)
        where TStore : struct, IStore
    {
        var sHigh = s + 8 * ss;
        var dHigh = d + 8 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            Vector w, q, z, y;
            var a0 = Lanes.Load(s);
            var a8 = Lanes.Load(sHigh);
            var a1 = Lanes.Load(s + ss);
            var a9 = Lanes.Load(sHigh + ss);
            w = Lanes.Broadcast(t);
            q = Lanes.Broadcast(t + 1);
            z = Lanes.Broadcast(t + 2);
            y = Lanes.Broadcast(t + 3);
            Lanes.Butterflies(ref a0, ref a8, w, q, ref a1, ref a9, z, y);
            var a2 = Lanes.Load(s + 2 * ss);
            var a10 = Lanes.Load(sHigh + 2 * ss);
            var a3 = Lanes.Load(s + 3 * ss);
            var a11 = Lanes.Load(sHigh + 3 * ss);
            w = Lanes.Broadcast(t + 4);
            q = Lanes.Broadcast(t + 5);
            z = Lanes.Broadcast(t + 6);
            y = Lanes.Broadcast(t + 7);
            Lanes.Butterflies(ref a2, ref a10, w, q, ref a3, ref a11, z, y);
            var a4 = Lanes.Load(s + 4 * ss);
            var a12 = Lanes.Load(sHigh + 4 * ss);
            var a5 = Lanes.Load(s + 5 * ss);
            var a13 = Lanes.Load(sHigh + 5 * ss);
            w = Lanes.Broadcast(t + 8);
            q = Lanes.Broadcast(t + 9);
            z = Lanes.Broadcast(t + 10);
            y = Lanes.Broadcast(t + 11);
            Lanes.Butterflies(ref a4, ref a12, w, q, ref a5, ref a13, z, y);
            var a6 = Lanes.Load(s + 6 * ss);
            var a14 = Lanes.Load(sHigh + 6 * ss);
            var a7 = Lanes.Load(s + 7 * ss);
            var a15 = Lanes.Load(sHigh + 7 * ss);
            w = Lanes.Broadcast(t + 12);
            q = Lanes.Broadcast(t + 13);
            z = Lanes.Broadcast(t + 14);
            y = Lanes.Broadcast(t + 15);
            Lanes.Butterflies(ref a6, ref a14, w, q, ref a7, ref a15, z, y);
            w = Lanes.Broadcast(t + 16);
            q = Lanes.Broadcast(t + 17);
            z = Lanes.Broadcast(t + 18);
            y = Lanes.Broadcast(t + 19);
            Lanes.Butterflies(ref a0, ref a4, w, q, ref a1, ref a5, z, y);
            w = Lanes.Broadcast(t + 20);
            q = Lanes.Broadcast(t + 21);
            z = Lanes.Broadcast(t + 22);
            y = Lanes.Broadcast(t + 23);
            Lanes.Butterflies(ref a2, ref a6, w, q, ref a3, ref a7, z, y);
            w = Lanes.Broadcast(t + 16);
            q = Lanes.Broadcast(t + 17);
            z = Lanes.Broadcast(t + 18);
            y = Lanes.Broadcast(t + 19);
            Lanes.Butterflies(ref a8, ref a12, w, q, ref a9, ref a13, z, y);
            w = Lanes.Broadcast(t + 20);
            q = Lanes.Broadcast(t + 21);
            z = Lanes.Broadcast(t + 22);
            y = Lanes.Broadcast(t + 23);
            Lanes.Butterflies(ref a10, ref a14, w, q, ref a11, ref a15, z, y);
            w = Lanes.Broadcast(t + 24);
            q = Lanes.Broadcast(t + 25);
            z = Lanes.Broadcast(t + 26);
            y = Lanes.Broadcast(t + 27);
            Lanes.Butterflies(ref a0, ref a2, w, q, ref a1, ref a3, z, y);
            w = Lanes.Broadcast(t + 24);
            q = Lanes.Broadcast(t + 25);
            z = Lanes.Broadcast(t + 26);
            y = Lanes.Broadcast(t + 27);
            Lanes.Butterflies(ref a4, ref a6, w, q, ref a5, ref a7, z, y);
            w = Lanes.Broadcast(t + 24);
            q = Lanes.Broadcast(t + 25);
            z = Lanes.Broadcast(t + 26);
            y = Lanes.Broadcast(t + 27);
            Lanes.Butterflies(ref a8, ref a10, w, q, ref a9, ref a11, z, y);
            w = Lanes.Broadcast(t + 24);
            q = Lanes.Broadcast(t + 25);
            z = Lanes.Broadcast(t + 26);
            y = Lanes.Broadcast(t + 27);
            Lanes.Butterflies(ref a12, ref a14, w, q, ref a13, ref a15, z, y);
            w = Lanes.Broadcast(t + 28);
            q = Lanes.Broadcast(t + 29);
            Lanes.Butterflies(ref a0, ref a1, w, q, ref a2, ref a3, w, q);
            Store<TStore>(d, a0);
            Store<TStore>(d + ds, a1);
            Store<TStore>(d + 2 * ds, a2);
            Store<TStore>(d + 3 * ds, a3);
            Lanes.Butterflies(ref a4, ref a5, w, q, ref a6, ref a7, w, q);
            Store<TStore>(d + 4 * ds, a4);
            Store<TStore>(d + 5 * ds, a5);
            Store<TStore>(d + 6 * ds, a6);
            Store<TStore>(d + 7 * ds, a7);
            Lanes.Butterflies(ref a8, ref a9, w, q, ref a10, ref a11, w, q);
            Store<TStore>(dHigh, a8);
            Store<TStore>(dHigh + ds, a9);
            Store<TStore>(dHigh + 2 * ds, a10);
            Store<TStore>(dHigh + 3 * ds, a11);
            Lanes.Butterflies(ref a12, ref a13, w, q, ref a14, ref a15, w, q);
            Store<TStore>(dHigh + 4 * ds, a12);
            Store<TStore>(dHigh + 5 * ds, a13);
            Store<TStore>(dHigh + 6 * ds, a14);
            Store<TStore>(dHigh + 7 * ds, a15);
            d += Lanes.Count;
            dHigh += Lanes.Count;
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
    static void Up16<TStore, TScale>(uint* s, long ss, uint* d, long ds, int words, uint* t, uint* f)
        where TStore : struct, IStore
        where TScale : struct, IScale
    {
        var sHigh = s + 8 * ss;
        var dHigh = d + 8 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            Vector w, q, z, y;
            var a0 = Load<TScale>(s, f);
            var a1 = Load<TScale>(s + ss, f + 2);
            var a2 = Load<TScale>(s + 2 * ss, f + 4);
            var a3 = Load<TScale>(s + 3 * ss, f + 6);
            w = Lanes.Broadcast(t);
            q = Lanes.Broadcast(t + 1);
            z = Lanes.Broadcast(t + 2);
            y = Lanes.Broadcast(t + 3);
            Lanes.Butterflies(ref a0, ref a1, w, q, ref a2, ref a3, z, y);
            var a4 = Load<TScale>(s + 4 * ss, f + 8);
            var a5 = Load<TScale>(s + 5 * ss, f + 10);
            var a6 = Load<TScale>(s + 6 * ss, f + 12);
            var a7 = Load<TScale>(s + 7 * ss, f + 14);
            w = Lanes.Broadcast(t + 4);
            q = Lanes.Broadcast(t + 5);
            z = Lanes.Broadcast(t + 6);
            y = Lanes.Broadcast(t + 7);
            Lanes.Butterflies(ref a4, ref a5, w, q, ref a6, ref a7, z, y);
            var a8 = Load<TScale>(sHigh, f + 16);
            var a9 = Load<TScale>(sHigh + ss, f + 18);
            var a10 = Load<TScale>(sHigh + 2 * ss, f + 20);
            var a11 = Load<TScale>(sHigh + 3 * ss, f + 22);
            w = Lanes.Broadcast(t + 8);
            q = Lanes.Broadcast(t + 9);
            z = Lanes.Broadcast(t + 10);
            y = Lanes.Broadcast(t + 11);
            Lanes.Butterflies(ref a8, ref a9, w, q, ref a10, ref a11, z, y);
            var a12 = Load<TScale>(sHigh + 4 * ss, f + 24);
            var a13 = Load<TScale>(sHigh + 5 * ss, f + 26);
            var a14 = Load<TScale>(sHigh + 6 * ss, f + 28);
            var a15 = Load<TScale>(sHigh + 7 * ss, f + 30);
            w = Lanes.Broadcast(t + 12);
            q = Lanes.Broadcast(t + 13);
            z = Lanes.Broadcast(t + 14);
            y = Lanes.Broadcast(t + 15);
            Lanes.Butterflies(ref a12, ref a13, w, q, ref a14, ref a15, z, y);
            w = Lanes.Broadcast(t + 16);
            q = Lanes.Broadcast(t + 17);
            Lanes.Butterflies(ref a0, ref a2, w, q, ref a1, ref a3, w, q);
            w = Lanes.Broadcast(t + 18);
            q = Lanes.Broadcast(t + 19);
            Lanes.Butterflies(ref a4, ref a6, w, q, ref a5, ref a7, w, q);
            w = Lanes.Broadcast(t + 20);
            q = Lanes.Broadcast(t + 21);
            Lanes.Butterflies(ref a8, ref a10, w, q, ref a9, ref a11, w, q);
            w = Lanes.Broadcast(t + 22);
            q = Lanes.Broadcast(t + 23);
            Lanes.Butterflies(ref a12, ref a14, w, q, ref a13, ref a15, w, q);
            w = Lanes.Broadcast(t + 24);
            q = Lanes.Broadcast(t + 25);
            Lanes.Butterflies(ref a0, ref a4, w, q, ref a1, ref a5, w, q);
            Lanes.Butterflies(ref a2, ref a6, w, q, ref a3, ref a7, w, q);
            w = Lanes.Broadcast(t + 26);
            q = Lanes.Broadcast(t + 27);
            Lanes.Butterflies(ref a8, ref a12, w, q, ref a9, ref a13, w, q);
            Lanes.Butterflies(ref a10, ref a14, w, q, ref a11, ref a15, w, q);
            w = Lanes.Broadcast(t + 28);
            q = Lanes.Broadcast(t + 29);
            Lanes.Butterflies(ref a0, ref a8, w, q, ref a1, ref a9, w, q);
            Store<TStore>(d, a0);
            Store<TStore>(dHigh, a8);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh + ds, a9);
            Lanes.Butterflies(ref a2, ref a10, w, q, ref a3, ref a11, w, q);
            Store<TStore>(d + 2 * ds, a2);
            Store<TStore>(dHigh + 2 * ds, a10);
            Store<TStore>(d + 3 * ds, a3);
            Store<TStore>(dHigh + 3 * ds, a11);
            Lanes.Butterflies(ref a4, ref a12, w, q, ref a5, ref a13, w, q);
            Store<TStore>(d + 4 * ds, a4);
            Store<TStore>(dHigh + 4 * ds, a12);
            Store<TStore>(d + 5 * ds, a5);
            Store<TStore>(dHigh + 5 * ds, a13);
            Lanes.Butterflies(ref a6, ref a14, w, q, ref a7, ref a15, w, q);
            Store<TStore>(d + 6 * ds, a6);
            Store<TStore>(dHigh + 6 * ds, a14);
            Store<TStore>(d + 7 * ds, a7);
            Store<TStore>(dHigh + 7 * ds, a15);
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
