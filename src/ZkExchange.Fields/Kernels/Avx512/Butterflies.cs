using System.Runtime.CompilerServices;
using Lanes = ZkExchange.Fields.Kernels.Lanes512;
using Vector = System.Runtime.Intrinsics.Vector512<uint>;

namespace ZkExchange.Fields.Kernels;

/// <summary>Butterflies on sixteen columns of up to eight rows at a time.</summary>
readonly unsafe struct Butterflies512 : IButterflies
{
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

    public static void Up8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        if (stream) Up8<Streamed>(s, ss, d, ds, words, twiddles);
        else Up8<Cached>(s, ss, d, ds, words, twiddles);
    }

    public static void Up4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        if (stream) Up4<Streamed>(s, ss, d, ds, words, twiddles);
        else Up4<Cached>(s, ss, d, ds, words, twiddles);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Two(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        var w0 = Lanes.Broadcast(twiddles);
        var u0 = Mu(w0);
        for (var end = s + words; s < end; s += Lanes.Count, d += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a1 = Lanes.Load(s + ss);
            Lanes.Store(d, Lanes.Add(a0, a1));
            Lanes.Store(d + ds, Lanes.MultiplyConstant(Lanes.Subtract(a0, a1), w0, u0));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(uint* d, uint* s, int words, uint factor)
    {
        var w = Lanes.Broadcast(&factor);
        var u = Mu(w);
        for (var end = s + words; s < end; s += Lanes.Count, d += Lanes.Count)
        {
            Lanes.Store(d, Lanes.MultiplyConstant(Lanes.Load(s), w, u));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(uint* d, uint* s, int words, uint factor)
    {
        var w = Lanes.Broadcast(&factor);
        var u = Mu(w);
        for (var end = s + words; s < end; s += Lanes.Count, d += Lanes.Count)
        {
            Lanes.Store(d, Lanes.Add(Lanes.Load(d), Lanes.MultiplyConstant(Lanes.Load(s), w, u)));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Down8<TStore>(uint* s, long ss, uint* d, long ds, int words, uint* t)
        where TStore : struct, IStore
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 1);
        var w2 = Lanes.Broadcast(t + 2);
        var w3 = Lanes.Broadcast(t + 3);
        var w4 = Lanes.Broadcast(t + 4);
        var w5 = Lanes.Broadcast(t + 5);
        var w6 = Lanes.Broadcast(t + 6);
        var u0 = Mu(w0);
        var u1 = Mu(w1);
        var u2 = Mu(w2);
        var u3 = Mu(w3);
        var u4 = Mu(w4);
        var u5 = Mu(w5);
        var u6 = Mu(w6);
        var sHigh = s + 4 * ss;
        var dHigh = d + 4 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a4 = Lanes.Load(sHigh);
            var a1 = Lanes.Load(s + ss);
            var a5 = Lanes.Load(sHigh + ss);
            Lanes.Butterflies(ref a0, ref a4, w0, u0, ref a1, ref a5, w1, u1);
            var a2 = Lanes.Load(s + 2 * ss);
            var a6 = Lanes.Load(sHigh + 2 * ss);
            var a3 = Lanes.Load(s + 3 * ss);
            var a7 = Lanes.Load(sHigh + 3 * ss);
            Lanes.Butterflies(ref a2, ref a6, w2, u2, ref a3, ref a7, w3, u3);
            Lanes.Butterflies(ref a0, ref a2, w4, u4, ref a1, ref a3, w5, u5);
            Lanes.Butterflies(ref a4, ref a6, w4, u4, ref a5, ref a7, w5, u5);
            Lanes.Butterflies(ref a0, ref a1, w6, u6, ref a2, ref a3, w6, u6);
            Store<TStore>(d, a0);
            Store<TStore>(d + ds, a1);
            Store<TStore>(d + 2 * ds, a2);
            Store<TStore>(d + 3 * ds, a3);
            Lanes.Butterflies(ref a4, ref a5, w6, u6, ref a6, ref a7, w6, u6);
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
        var w1 = Lanes.Broadcast(t + 1);
        var w2 = Lanes.Broadcast(t + 2);
        var u0 = Mu(w0);
        var u1 = Mu(w1);
        var u2 = Mu(w2);
        var sHigh = s + 2 * ss;
        var dHigh = d + 2 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a2 = Lanes.Load(sHigh);
            var a1 = Lanes.Load(s + ss);
            var a3 = Lanes.Load(sHigh + ss);
            Lanes.Butterflies(ref a0, ref a2, w0, u0, ref a1, ref a3, w1, u1);
            Lanes.Butterflies(ref a0, ref a1, w2, u2, ref a2, ref a3, w2, u2);
            Store<TStore>(d, a0);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh, a2);
            Store<TStore>(dHigh + ds, a3);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Up8<TStore>(uint* s, long ss, uint* d, long ds, int words, uint* t)
        where TStore : struct, IStore
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 1);
        var w2 = Lanes.Broadcast(t + 2);
        var w3 = Lanes.Broadcast(t + 3);
        var w4 = Lanes.Broadcast(t + 4);
        var w5 = Lanes.Broadcast(t + 5);
        var w6 = Lanes.Broadcast(t + 6);
        var u0 = Mu(w0);
        var u1 = Mu(w1);
        var u2 = Mu(w2);
        var u3 = Mu(w3);
        var u4 = Mu(w4);
        var u5 = Mu(w5);
        var u6 = Mu(w6);
        var sHigh = s + 4 * ss;
        var dHigh = d + 4 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a1 = Lanes.Load(s + ss);
            var a2 = Lanes.Load(s + 2 * ss);
            var a3 = Lanes.Load(s + 3 * ss);
            Lanes.Butterflies(ref a0, ref a1, w0, u0, ref a2, ref a3, w1, u1);
            var a4 = Lanes.Load(sHigh);
            var a5 = Lanes.Load(sHigh + ss);
            var a6 = Lanes.Load(sHigh + 2 * ss);
            var a7 = Lanes.Load(sHigh + 3 * ss);
            Lanes.Butterflies(ref a4, ref a5, w2, u2, ref a6, ref a7, w3, u3);
            Lanes.Butterflies(ref a0, ref a2, w4, u4, ref a1, ref a3, w4, u4);
            Lanes.Butterflies(ref a4, ref a6, w5, u5, ref a5, ref a7, w5, u5);
            Lanes.Butterflies(ref a0, ref a4, w6, u6, ref a1, ref a5, w6, u6);
            Store<TStore>(d, a0);
            Store<TStore>(dHigh, a4);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh + ds, a5);
            Lanes.Butterflies(ref a2, ref a6, w6, u6, ref a3, ref a7, w6, u6);
            Store<TStore>(d + 2 * ds, a2);
            Store<TStore>(dHigh + 2 * ds, a6);
            Store<TStore>(d + 3 * ds, a3);
            Store<TStore>(dHigh + 3 * ds, a7);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    static void Up4<TStore>(uint* s, long ss, uint* d, long ds, int words, uint* t)
        where TStore : struct, IStore
    {
        var w0 = Lanes.Broadcast(t);
        var w1 = Lanes.Broadcast(t + 1);
        var w2 = Lanes.Broadcast(t + 2);
        var u0 = Mu(w0);
        var u1 = Mu(w1);
        var u2 = Mu(w2);
        var sHigh = s + 2 * ss;
        var dHigh = d + 2 * ds;
        for (var end = s + words; s < end; s += Lanes.Count, sHigh += Lanes.Count)
        {
            var a0 = Lanes.Load(s);
            var a1 = Lanes.Load(s + ss);
            var a2 = Lanes.Load(sHigh);
            var a3 = Lanes.Load(sHigh + ss);
            Lanes.Butterflies(ref a0, ref a1, w0, u0, ref a2, ref a3, w1, u1);
            Lanes.Butterflies(ref a0, ref a2, w2, u2, ref a1, ref a3, w2, u2);
            Store<TStore>(d, a0);
            Store<TStore>(d + ds, a1);
            Store<TStore>(dHigh, a2);
            Store<TStore>(dHigh + ds, a3);
            d += Lanes.Count;
            dHigh += Lanes.Count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector Mu(Vector w) => Lanes.MultiplyLow(w, Lanes.Mu);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store<TStore>(uint* p, Vector v)
        where TStore : struct, IStore
    {
        if (typeof(TStore) == typeof(Streamed)) Lanes.Stream(p, v);
        else Lanes.Store(p, v);
    }
}
