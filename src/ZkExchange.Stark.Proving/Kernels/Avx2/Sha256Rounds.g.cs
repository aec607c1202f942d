// Written by tests/ZkExchange.Tidy/Generators/Sha256Generator.cs; a test compares.
#nullable enable
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.Intrinsics.X86.Avx2;
using V = System.Runtime.Intrinsics.Vector256<uint>;

namespace ZkExchange.Stark.Proving.Kernels;

/// <summary>SHA-256 compression, one state a lane.</summary>
static unsafe class Sha256Rounds256
{
    /// <summary>state: 8 vectors; message: 16 vectors of big-endian words.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Compress(uint* state, uint* message)
    {
        V t, u, x;
        var a = Avx.LoadVector256(state + 0);
        var b = Avx.LoadVector256(state + 8);
        var c = Avx.LoadVector256(state + 16);
        var d = Avx.LoadVector256(state + 24);
        var e = Avx.LoadVector256(state + 32);
        var f = Avx.LoadVector256(state + 40);
        var g = Avx.LoadVector256(state + 48);
        var h = Avx.LoadVector256(state + 56);
        var w0 = Avx.LoadVector256(message + 0);
        var w1 = Avx.LoadVector256(message + 8);
        var w2 = Avx.LoadVector256(message + 16);
        var w3 = Avx.LoadVector256(message + 24);
        var w4 = Avx.LoadVector256(message + 32);
        var w5 = Avx.LoadVector256(message + 40);
        var w6 = Avx.LoadVector256(message + 48);
        var w7 = Avx.LoadVector256(message + 56);
        var w8 = Avx.LoadVector256(message + 64);
        var w9 = Avx.LoadVector256(message + 72);
        var w10 = Avx.LoadVector256(message + 80);
        var w11 = Avx.LoadVector256(message + 88);
        var w12 = Avx.LoadVector256(message + 96);
        var w13 = Avx.LoadVector256(message + 104);
        var w14 = Avx.LoadVector256(message + 112);
        var w15 = Avx.LoadVector256(message + 120);
        t = Add(Vector256.Create(0x428a2f98u), w0);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Add(Vector256.Create(0x71374491u), w1);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Add(Vector256.Create(0xb5c0fbcfu), w2);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Add(Vector256.Create(0xe9b5dba5u), w3);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Add(Vector256.Create(0x3956c25bu), w4);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Add(Vector256.Create(0x59f111f1u), w5);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Add(Vector256.Create(0x923f82a4u), w6);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Add(Vector256.Create(0xab1c5ed5u), w7);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Add(Vector256.Create(0xd807aa98u), w8);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Add(Vector256.Create(0x12835b01u), w9);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Add(Vector256.Create(0x243185beu), w10);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Add(Vector256.Create(0x550c7dc3u), w11);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Add(Vector256.Create(0x72be5d74u), w12);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Add(Vector256.Create(0x80deb1feu), w13);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Add(Vector256.Create(0x9bdc06a7u), w14);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Add(Vector256.Create(0xc19bf174u), w15);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w1, 7), ShiftLeftLogical(w1, 25)),
            Or(ShiftRightLogical(w1, 18), ShiftLeftLogical(w1, 14))),
            ShiftRightLogical(w1, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w14, 17), ShiftLeftLogical(w14, 15)),
            Or(ShiftRightLogical(w14, 19), ShiftLeftLogical(w14, 13))),
            ShiftRightLogical(w14, 10));
        w0 = Add(Add(w0, x), Add(w9, u));
        t = Add(Vector256.Create(0xe49b69c1u), w0);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w2, 7), ShiftLeftLogical(w2, 25)),
            Or(ShiftRightLogical(w2, 18), ShiftLeftLogical(w2, 14))),
            ShiftRightLogical(w2, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w15, 17), ShiftLeftLogical(w15, 15)),
            Or(ShiftRightLogical(w15, 19), ShiftLeftLogical(w15, 13))),
            ShiftRightLogical(w15, 10));
        w1 = Add(Add(w1, x), Add(w10, u));
        t = Add(Vector256.Create(0xefbe4786u), w1);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w3, 7), ShiftLeftLogical(w3, 25)),
            Or(ShiftRightLogical(w3, 18), ShiftLeftLogical(w3, 14))),
            ShiftRightLogical(w3, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w0, 17), ShiftLeftLogical(w0, 15)),
            Or(ShiftRightLogical(w0, 19), ShiftLeftLogical(w0, 13))),
            ShiftRightLogical(w0, 10));
        w2 = Add(Add(w2, x), Add(w11, u));
        t = Add(Vector256.Create(0x0fc19dc6u), w2);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w4, 7), ShiftLeftLogical(w4, 25)),
            Or(ShiftRightLogical(w4, 18), ShiftLeftLogical(w4, 14))),
            ShiftRightLogical(w4, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w1, 17), ShiftLeftLogical(w1, 15)),
            Or(ShiftRightLogical(w1, 19), ShiftLeftLogical(w1, 13))),
            ShiftRightLogical(w1, 10));
        w3 = Add(Add(w3, x), Add(w12, u));
        t = Add(Vector256.Create(0x240ca1ccu), w3);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w5, 7), ShiftLeftLogical(w5, 25)),
            Or(ShiftRightLogical(w5, 18), ShiftLeftLogical(w5, 14))),
            ShiftRightLogical(w5, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w2, 17), ShiftLeftLogical(w2, 15)),
            Or(ShiftRightLogical(w2, 19), ShiftLeftLogical(w2, 13))),
            ShiftRightLogical(w2, 10));
        w4 = Add(Add(w4, x), Add(w13, u));
        t = Add(Vector256.Create(0x2de92c6fu), w4);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w6, 7), ShiftLeftLogical(w6, 25)),
            Or(ShiftRightLogical(w6, 18), ShiftLeftLogical(w6, 14))),
            ShiftRightLogical(w6, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w3, 17), ShiftLeftLogical(w3, 15)),
            Or(ShiftRightLogical(w3, 19), ShiftLeftLogical(w3, 13))),
            ShiftRightLogical(w3, 10));
        w5 = Add(Add(w5, x), Add(w14, u));
        t = Add(Vector256.Create(0x4a7484aau), w5);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w7, 7), ShiftLeftLogical(w7, 25)),
            Or(ShiftRightLogical(w7, 18), ShiftLeftLogical(w7, 14))),
            ShiftRightLogical(w7, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w4, 17), ShiftLeftLogical(w4, 15)),
            Or(ShiftRightLogical(w4, 19), ShiftLeftLogical(w4, 13))),
            ShiftRightLogical(w4, 10));
        w6 = Add(Add(w6, x), Add(w15, u));
        t = Add(Vector256.Create(0x5cb0a9dcu), w6);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w8, 7), ShiftLeftLogical(w8, 25)),
            Or(ShiftRightLogical(w8, 18), ShiftLeftLogical(w8, 14))),
            ShiftRightLogical(w8, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w5, 17), ShiftLeftLogical(w5, 15)),
            Or(ShiftRightLogical(w5, 19), ShiftLeftLogical(w5, 13))),
            ShiftRightLogical(w5, 10));
        w7 = Add(Add(w7, x), Add(w0, u));
        t = Add(Vector256.Create(0x76f988dau), w7);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w9, 7), ShiftLeftLogical(w9, 25)),
            Or(ShiftRightLogical(w9, 18), ShiftLeftLogical(w9, 14))),
            ShiftRightLogical(w9, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w6, 17), ShiftLeftLogical(w6, 15)),
            Or(ShiftRightLogical(w6, 19), ShiftLeftLogical(w6, 13))),
            ShiftRightLogical(w6, 10));
        w8 = Add(Add(w8, x), Add(w1, u));
        t = Add(Vector256.Create(0x983e5152u), w8);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w10, 7), ShiftLeftLogical(w10, 25)),
            Or(ShiftRightLogical(w10, 18), ShiftLeftLogical(w10, 14))),
            ShiftRightLogical(w10, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w7, 17), ShiftLeftLogical(w7, 15)),
            Or(ShiftRightLogical(w7, 19), ShiftLeftLogical(w7, 13))),
            ShiftRightLogical(w7, 10));
        w9 = Add(Add(w9, x), Add(w2, u));
        t = Add(Vector256.Create(0xa831c66du), w9);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w11, 7), ShiftLeftLogical(w11, 25)),
            Or(ShiftRightLogical(w11, 18), ShiftLeftLogical(w11, 14))),
            ShiftRightLogical(w11, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w8, 17), ShiftLeftLogical(w8, 15)),
            Or(ShiftRightLogical(w8, 19), ShiftLeftLogical(w8, 13))),
            ShiftRightLogical(w8, 10));
        w10 = Add(Add(w10, x), Add(w3, u));
        t = Add(Vector256.Create(0xb00327c8u), w10);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w12, 7), ShiftLeftLogical(w12, 25)),
            Or(ShiftRightLogical(w12, 18), ShiftLeftLogical(w12, 14))),
            ShiftRightLogical(w12, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w9, 17), ShiftLeftLogical(w9, 15)),
            Or(ShiftRightLogical(w9, 19), ShiftLeftLogical(w9, 13))),
            ShiftRightLogical(w9, 10));
        w11 = Add(Add(w11, x), Add(w4, u));
        t = Add(Vector256.Create(0xbf597fc7u), w11);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w13, 7), ShiftLeftLogical(w13, 25)),
            Or(ShiftRightLogical(w13, 18), ShiftLeftLogical(w13, 14))),
            ShiftRightLogical(w13, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w10, 17), ShiftLeftLogical(w10, 15)),
            Or(ShiftRightLogical(w10, 19), ShiftLeftLogical(w10, 13))),
            ShiftRightLogical(w10, 10));
        w12 = Add(Add(w12, x), Add(w5, u));
        t = Add(Vector256.Create(0xc6e00bf3u), w12);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w14, 7), ShiftLeftLogical(w14, 25)),
            Or(ShiftRightLogical(w14, 18), ShiftLeftLogical(w14, 14))),
            ShiftRightLogical(w14, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w11, 17), ShiftLeftLogical(w11, 15)),
            Or(ShiftRightLogical(w11, 19), ShiftLeftLogical(w11, 13))),
            ShiftRightLogical(w11, 10));
        w13 = Add(Add(w13, x), Add(w6, u));
        t = Add(Vector256.Create(0xd5a79147u), w13);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w15, 7), ShiftLeftLogical(w15, 25)),
            Or(ShiftRightLogical(w15, 18), ShiftLeftLogical(w15, 14))),
            ShiftRightLogical(w15, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w12, 17), ShiftLeftLogical(w12, 15)),
            Or(ShiftRightLogical(w12, 19), ShiftLeftLogical(w12, 13))),
            ShiftRightLogical(w12, 10));
        w14 = Add(Add(w14, x), Add(w7, u));
        t = Add(Vector256.Create(0x06ca6351u), w14);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w0, 7), ShiftLeftLogical(w0, 25)),
            Or(ShiftRightLogical(w0, 18), ShiftLeftLogical(w0, 14))),
            ShiftRightLogical(w0, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w13, 17), ShiftLeftLogical(w13, 15)),
            Or(ShiftRightLogical(w13, 19), ShiftLeftLogical(w13, 13))),
            ShiftRightLogical(w13, 10));
        w15 = Add(Add(w15, x), Add(w8, u));
        t = Add(Vector256.Create(0x14292967u), w15);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w1, 7), ShiftLeftLogical(w1, 25)),
            Or(ShiftRightLogical(w1, 18), ShiftLeftLogical(w1, 14))),
            ShiftRightLogical(w1, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w14, 17), ShiftLeftLogical(w14, 15)),
            Or(ShiftRightLogical(w14, 19), ShiftLeftLogical(w14, 13))),
            ShiftRightLogical(w14, 10));
        w0 = Add(Add(w0, x), Add(w9, u));
        t = Add(Vector256.Create(0x27b70a85u), w0);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w2, 7), ShiftLeftLogical(w2, 25)),
            Or(ShiftRightLogical(w2, 18), ShiftLeftLogical(w2, 14))),
            ShiftRightLogical(w2, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w15, 17), ShiftLeftLogical(w15, 15)),
            Or(ShiftRightLogical(w15, 19), ShiftLeftLogical(w15, 13))),
            ShiftRightLogical(w15, 10));
        w1 = Add(Add(w1, x), Add(w10, u));
        t = Add(Vector256.Create(0x2e1b2138u), w1);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w3, 7), ShiftLeftLogical(w3, 25)),
            Or(ShiftRightLogical(w3, 18), ShiftLeftLogical(w3, 14))),
            ShiftRightLogical(w3, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w0, 17), ShiftLeftLogical(w0, 15)),
            Or(ShiftRightLogical(w0, 19), ShiftLeftLogical(w0, 13))),
            ShiftRightLogical(w0, 10));
        w2 = Add(Add(w2, x), Add(w11, u));
        t = Add(Vector256.Create(0x4d2c6dfcu), w2);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w4, 7), ShiftLeftLogical(w4, 25)),
            Or(ShiftRightLogical(w4, 18), ShiftLeftLogical(w4, 14))),
            ShiftRightLogical(w4, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w1, 17), ShiftLeftLogical(w1, 15)),
            Or(ShiftRightLogical(w1, 19), ShiftLeftLogical(w1, 13))),
            ShiftRightLogical(w1, 10));
        w3 = Add(Add(w3, x), Add(w12, u));
        t = Add(Vector256.Create(0x53380d13u), w3);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w5, 7), ShiftLeftLogical(w5, 25)),
            Or(ShiftRightLogical(w5, 18), ShiftLeftLogical(w5, 14))),
            ShiftRightLogical(w5, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w2, 17), ShiftLeftLogical(w2, 15)),
            Or(ShiftRightLogical(w2, 19), ShiftLeftLogical(w2, 13))),
            ShiftRightLogical(w2, 10));
        w4 = Add(Add(w4, x), Add(w13, u));
        t = Add(Vector256.Create(0x650a7354u), w4);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w6, 7), ShiftLeftLogical(w6, 25)),
            Or(ShiftRightLogical(w6, 18), ShiftLeftLogical(w6, 14))),
            ShiftRightLogical(w6, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w3, 17), ShiftLeftLogical(w3, 15)),
            Or(ShiftRightLogical(w3, 19), ShiftLeftLogical(w3, 13))),
            ShiftRightLogical(w3, 10));
        w5 = Add(Add(w5, x), Add(w14, u));
        t = Add(Vector256.Create(0x766a0abbu), w5);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w7, 7), ShiftLeftLogical(w7, 25)),
            Or(ShiftRightLogical(w7, 18), ShiftLeftLogical(w7, 14))),
            ShiftRightLogical(w7, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w4, 17), ShiftLeftLogical(w4, 15)),
            Or(ShiftRightLogical(w4, 19), ShiftLeftLogical(w4, 13))),
            ShiftRightLogical(w4, 10));
        w6 = Add(Add(w6, x), Add(w15, u));
        t = Add(Vector256.Create(0x81c2c92eu), w6);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w8, 7), ShiftLeftLogical(w8, 25)),
            Or(ShiftRightLogical(w8, 18), ShiftLeftLogical(w8, 14))),
            ShiftRightLogical(w8, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w5, 17), ShiftLeftLogical(w5, 15)),
            Or(ShiftRightLogical(w5, 19), ShiftLeftLogical(w5, 13))),
            ShiftRightLogical(w5, 10));
        w7 = Add(Add(w7, x), Add(w0, u));
        t = Add(Vector256.Create(0x92722c85u), w7);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w9, 7), ShiftLeftLogical(w9, 25)),
            Or(ShiftRightLogical(w9, 18), ShiftLeftLogical(w9, 14))),
            ShiftRightLogical(w9, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w6, 17), ShiftLeftLogical(w6, 15)),
            Or(ShiftRightLogical(w6, 19), ShiftLeftLogical(w6, 13))),
            ShiftRightLogical(w6, 10));
        w8 = Add(Add(w8, x), Add(w1, u));
        t = Add(Vector256.Create(0xa2bfe8a1u), w8);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w10, 7), ShiftLeftLogical(w10, 25)),
            Or(ShiftRightLogical(w10, 18), ShiftLeftLogical(w10, 14))),
            ShiftRightLogical(w10, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w7, 17), ShiftLeftLogical(w7, 15)),
            Or(ShiftRightLogical(w7, 19), ShiftLeftLogical(w7, 13))),
            ShiftRightLogical(w7, 10));
        w9 = Add(Add(w9, x), Add(w2, u));
        t = Add(Vector256.Create(0xa81a664bu), w9);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w11, 7), ShiftLeftLogical(w11, 25)),
            Or(ShiftRightLogical(w11, 18), ShiftLeftLogical(w11, 14))),
            ShiftRightLogical(w11, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w8, 17), ShiftLeftLogical(w8, 15)),
            Or(ShiftRightLogical(w8, 19), ShiftLeftLogical(w8, 13))),
            ShiftRightLogical(w8, 10));
        w10 = Add(Add(w10, x), Add(w3, u));
        t = Add(Vector256.Create(0xc24b8b70u), w10);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w12, 7), ShiftLeftLogical(w12, 25)),
            Or(ShiftRightLogical(w12, 18), ShiftLeftLogical(w12, 14))),
            ShiftRightLogical(w12, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w9, 17), ShiftLeftLogical(w9, 15)),
            Or(ShiftRightLogical(w9, 19), ShiftLeftLogical(w9, 13))),
            ShiftRightLogical(w9, 10));
        w11 = Add(Add(w11, x), Add(w4, u));
        t = Add(Vector256.Create(0xc76c51a3u), w11);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w13, 7), ShiftLeftLogical(w13, 25)),
            Or(ShiftRightLogical(w13, 18), ShiftLeftLogical(w13, 14))),
            ShiftRightLogical(w13, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w10, 17), ShiftLeftLogical(w10, 15)),
            Or(ShiftRightLogical(w10, 19), ShiftLeftLogical(w10, 13))),
            ShiftRightLogical(w10, 10));
        w12 = Add(Add(w12, x), Add(w5, u));
        t = Add(Vector256.Create(0xd192e819u), w12);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w14, 7), ShiftLeftLogical(w14, 25)),
            Or(ShiftRightLogical(w14, 18), ShiftLeftLogical(w14, 14))),
            ShiftRightLogical(w14, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w11, 17), ShiftLeftLogical(w11, 15)),
            Or(ShiftRightLogical(w11, 19), ShiftLeftLogical(w11, 13))),
            ShiftRightLogical(w11, 10));
        w13 = Add(Add(w13, x), Add(w6, u));
        t = Add(Vector256.Create(0xd6990624u), w13);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w15, 7), ShiftLeftLogical(w15, 25)),
            Or(ShiftRightLogical(w15, 18), ShiftLeftLogical(w15, 14))),
            ShiftRightLogical(w15, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w12, 17), ShiftLeftLogical(w12, 15)),
            Or(ShiftRightLogical(w12, 19), ShiftLeftLogical(w12, 13))),
            ShiftRightLogical(w12, 10));
        w14 = Add(Add(w14, x), Add(w7, u));
        t = Add(Vector256.Create(0xf40e3585u), w14);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w0, 7), ShiftLeftLogical(w0, 25)),
            Or(ShiftRightLogical(w0, 18), ShiftLeftLogical(w0, 14))),
            ShiftRightLogical(w0, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w13, 17), ShiftLeftLogical(w13, 15)),
            Or(ShiftRightLogical(w13, 19), ShiftLeftLogical(w13, 13))),
            ShiftRightLogical(w13, 10));
        w15 = Add(Add(w15, x), Add(w8, u));
        t = Add(Vector256.Create(0x106aa070u), w15);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w1, 7), ShiftLeftLogical(w1, 25)),
            Or(ShiftRightLogical(w1, 18), ShiftLeftLogical(w1, 14))),
            ShiftRightLogical(w1, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w14, 17), ShiftLeftLogical(w14, 15)),
            Or(ShiftRightLogical(w14, 19), ShiftLeftLogical(w14, 13))),
            ShiftRightLogical(w14, 10));
        w0 = Add(Add(w0, x), Add(w9, u));
        t = Add(Vector256.Create(0x19a4c116u), w0);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w2, 7), ShiftLeftLogical(w2, 25)),
            Or(ShiftRightLogical(w2, 18), ShiftLeftLogical(w2, 14))),
            ShiftRightLogical(w2, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w15, 17), ShiftLeftLogical(w15, 15)),
            Or(ShiftRightLogical(w15, 19), ShiftLeftLogical(w15, 13))),
            ShiftRightLogical(w15, 10));
        w1 = Add(Add(w1, x), Add(w10, u));
        t = Add(Vector256.Create(0x1e376c08u), w1);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w3, 7), ShiftLeftLogical(w3, 25)),
            Or(ShiftRightLogical(w3, 18), ShiftLeftLogical(w3, 14))),
            ShiftRightLogical(w3, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w0, 17), ShiftLeftLogical(w0, 15)),
            Or(ShiftRightLogical(w0, 19), ShiftLeftLogical(w0, 13))),
            ShiftRightLogical(w0, 10));
        w2 = Add(Add(w2, x), Add(w11, u));
        t = Add(Vector256.Create(0x2748774cu), w2);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w4, 7), ShiftLeftLogical(w4, 25)),
            Or(ShiftRightLogical(w4, 18), ShiftLeftLogical(w4, 14))),
            ShiftRightLogical(w4, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w1, 17), ShiftLeftLogical(w1, 15)),
            Or(ShiftRightLogical(w1, 19), ShiftLeftLogical(w1, 13))),
            ShiftRightLogical(w1, 10));
        w3 = Add(Add(w3, x), Add(w12, u));
        t = Add(Vector256.Create(0x34b0bcb5u), w3);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w5, 7), ShiftLeftLogical(w5, 25)),
            Or(ShiftRightLogical(w5, 18), ShiftLeftLogical(w5, 14))),
            ShiftRightLogical(w5, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w2, 17), ShiftLeftLogical(w2, 15)),
            Or(ShiftRightLogical(w2, 19), ShiftLeftLogical(w2, 13))),
            ShiftRightLogical(w2, 10));
        w4 = Add(Add(w4, x), Add(w13, u));
        t = Add(Vector256.Create(0x391c0cb3u), w4);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w6, 7), ShiftLeftLogical(w6, 25)),
            Or(ShiftRightLogical(w6, 18), ShiftLeftLogical(w6, 14))),
            ShiftRightLogical(w6, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w3, 17), ShiftLeftLogical(w3, 15)),
            Or(ShiftRightLogical(w3, 19), ShiftLeftLogical(w3, 13))),
            ShiftRightLogical(w3, 10));
        w5 = Add(Add(w5, x), Add(w14, u));
        t = Add(Vector256.Create(0x4ed8aa4au), w5);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w7, 7), ShiftLeftLogical(w7, 25)),
            Or(ShiftRightLogical(w7, 18), ShiftLeftLogical(w7, 14))),
            ShiftRightLogical(w7, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w4, 17), ShiftLeftLogical(w4, 15)),
            Or(ShiftRightLogical(w4, 19), ShiftLeftLogical(w4, 13))),
            ShiftRightLogical(w4, 10));
        w6 = Add(Add(w6, x), Add(w15, u));
        t = Add(Vector256.Create(0x5b9cca4fu), w6);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w8, 7), ShiftLeftLogical(w8, 25)),
            Or(ShiftRightLogical(w8, 18), ShiftLeftLogical(w8, 14))),
            ShiftRightLogical(w8, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w5, 17), ShiftLeftLogical(w5, 15)),
            Or(ShiftRightLogical(w5, 19), ShiftLeftLogical(w5, 13))),
            ShiftRightLogical(w5, 10));
        w7 = Add(Add(w7, x), Add(w0, u));
        t = Add(Vector256.Create(0x682e6ff3u), w7);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w9, 7), ShiftLeftLogical(w9, 25)),
            Or(ShiftRightLogical(w9, 18), ShiftLeftLogical(w9, 14))),
            ShiftRightLogical(w9, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w6, 17), ShiftLeftLogical(w6, 15)),
            Or(ShiftRightLogical(w6, 19), ShiftLeftLogical(w6, 13))),
            ShiftRightLogical(w6, 10));
        w8 = Add(Add(w8, x), Add(w1, u));
        t = Add(Vector256.Create(0x748f82eeu), w8);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w10, 7), ShiftLeftLogical(w10, 25)),
            Or(ShiftRightLogical(w10, 18), ShiftLeftLogical(w10, 14))),
            ShiftRightLogical(w10, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w7, 17), ShiftLeftLogical(w7, 15)),
            Or(ShiftRightLogical(w7, 19), ShiftLeftLogical(w7, 13))),
            ShiftRightLogical(w7, 10));
        w9 = Add(Add(w9, x), Add(w2, u));
        t = Add(Vector256.Create(0x78a5636fu), w9);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w11, 7), ShiftLeftLogical(w11, 25)),
            Or(ShiftRightLogical(w11, 18), ShiftLeftLogical(w11, 14))),
            ShiftRightLogical(w11, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w8, 17), ShiftLeftLogical(w8, 15)),
            Or(ShiftRightLogical(w8, 19), ShiftLeftLogical(w8, 13))),
            ShiftRightLogical(w8, 10));
        w10 = Add(Add(w10, x), Add(w3, u));
        t = Add(Vector256.Create(0x84c87814u), w10);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w12, 7), ShiftLeftLogical(w12, 25)),
            Or(ShiftRightLogical(w12, 18), ShiftLeftLogical(w12, 14))),
            ShiftRightLogical(w12, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w9, 17), ShiftLeftLogical(w9, 15)),
            Or(ShiftRightLogical(w9, 19), ShiftLeftLogical(w9, 13))),
            ShiftRightLogical(w9, 10));
        w11 = Add(Add(w11, x), Add(w4, u));
        t = Add(Vector256.Create(0x8cc70208u), w11);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w13, 7), ShiftLeftLogical(w13, 25)),
            Or(ShiftRightLogical(w13, 18), ShiftLeftLogical(w13, 14))),
            ShiftRightLogical(w13, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w10, 17), ShiftLeftLogical(w10, 15)),
            Or(ShiftRightLogical(w10, 19), ShiftLeftLogical(w10, 13))),
            ShiftRightLogical(w10, 10));
        w12 = Add(Add(w12, x), Add(w5, u));
        t = Add(Vector256.Create(0x90befffau), w12);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w14, 7), ShiftLeftLogical(w14, 25)),
            Or(ShiftRightLogical(w14, 18), ShiftLeftLogical(w14, 14))),
            ShiftRightLogical(w14, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w11, 17), ShiftLeftLogical(w11, 15)),
            Or(ShiftRightLogical(w11, 19), ShiftLeftLogical(w11, 13))),
            ShiftRightLogical(w11, 10));
        w13 = Add(Add(w13, x), Add(w6, u));
        t = Add(Vector256.Create(0xa4506cebu), w13);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w15, 7), ShiftLeftLogical(w15, 25)),
            Or(ShiftRightLogical(w15, 18), ShiftLeftLogical(w15, 14))),
            ShiftRightLogical(w15, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w12, 17), ShiftLeftLogical(w12, 15)),
            Or(ShiftRightLogical(w12, 19), ShiftLeftLogical(w12, 13))),
            ShiftRightLogical(w12, 10));
        w14 = Add(Add(w14, x), Add(w7, u));
        t = Add(Vector256.Create(0xbef9a3f7u), w14);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        x = Xor(Xor(Or(ShiftRightLogical(w0, 7), ShiftLeftLogical(w0, 25)),
            Or(ShiftRightLogical(w0, 18), ShiftLeftLogical(w0, 14))),
            ShiftRightLogical(w0, 3));
        u = Xor(Xor(Or(ShiftRightLogical(w13, 17), ShiftLeftLogical(w13, 15)),
            Or(ShiftRightLogical(w13, 19), ShiftLeftLogical(w13, 13))),
            ShiftRightLogical(w13, 10));
        w15 = Add(Add(w15, x), Add(w8, u));
        t = Add(Vector256.Create(0xc67178f2u), w15);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        Avx.Store(state + 0, Add(a, Avx.LoadVector256(state + 0)));
        Avx.Store(state + 8, Add(b, Avx.LoadVector256(state + 8)));
        Avx.Store(state + 16, Add(c, Avx.LoadVector256(state + 16)));
        Avx.Store(state + 24, Add(d, Avx.LoadVector256(state + 24)));
        Avx.Store(state + 32, Add(e, Avx.LoadVector256(state + 32)));
        Avx.Store(state + 40, Add(f, Avx.LoadVector256(state + 40)));
        Avx.Store(state + 48, Add(g, Avx.LoadVector256(state + 48)));
        Avx.Store(state + 56, Add(h, Avx.LoadVector256(state + 56)));
    }

    /// <summary>The last block of a 64-byte message: 0x80, zeros, the length 512.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void CompressPadding(uint* state)
    {
        V t, u, x;
        var a = Avx.LoadVector256(state + 0);
        var b = Avx.LoadVector256(state + 8);
        var c = Avx.LoadVector256(state + 16);
        var d = Avx.LoadVector256(state + 24);
        var e = Avx.LoadVector256(state + 32);
        var f = Avx.LoadVector256(state + 40);
        var g = Avx.LoadVector256(state + 48);
        var h = Avx.LoadVector256(state + 56);
        t = Vector256.Create(0xc28a2f98u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0x71374491u);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0xb5c0fbcfu);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0xe9b5dba5u);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x3956c25bu);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0x59f111f1u);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0x923f82a4u);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0xab1c5ed5u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0xd807aa98u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0x12835b01u);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0x243185beu);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0x550c7dc3u);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x72be5d74u);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0x80deb1feu);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0x9bdc06a7u);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0xc19bf374u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0x649b69c1u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0xf0fe4786u);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0x0fe1edc6u);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0x240cf254u);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x4fe9346fu);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0x6cc984beu);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0x61b9411eu);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0x16f988fau);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0xf2c65152u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0xa88e5a6du);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0xb019fc65u);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0xb9d99ec7u);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x9a1231c3u);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0xe70eeaa0u);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0xfdb1232bu);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0xc7353eb0u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0x3069bad5u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0xcb976d5fu);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0x5a0f118fu);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0xdc1eeefdu);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x0a35b689u);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0xde0b7a04u);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0x58f4ca9du);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0xe15d5b16u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0x007f3e86u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0x37088980u);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0xa507ea32u);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0x6fab9537u);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x17406110u);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0x0d8cd6f1u);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0xcdaa3b6du);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0xc0bbbe37u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0x83613bdau);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0xdb48a363u);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0x0b02e931u);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0x6fd15ca7u);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0x521afacau);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0x31338431u);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0x6ed41a95u);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0x6d437890u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        t = Vector256.Create(0xc39c91f2u);
        t = Add(t, h);
        u = Add(t, d);
        x = Xor(g, And(e, Xor(f, g)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 6), ShiftLeftLogical(e, 26)),
            Or(ShiftRightLogical(e, 11), ShiftLeftLogical(e, 21))),
            Or(ShiftRightLogical(e, 25), ShiftLeftLogical(e, 7)));
        d = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 2), ShiftLeftLogical(a, 30)),
            Or(ShiftRightLogical(a, 13), ShiftLeftLogical(a, 19))),
            Or(ShiftRightLogical(a, 22), ShiftLeftLogical(a, 10)));
        h = Add(t, Add(Or(And(a, b), And(c, Or(a, b))), x));
        t = Vector256.Create(0x9eccabbdu);
        t = Add(t, g);
        u = Add(t, c);
        x = Xor(f, And(d, Xor(e, f)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 6), ShiftLeftLogical(d, 26)),
            Or(ShiftRightLogical(d, 11), ShiftLeftLogical(d, 21))),
            Or(ShiftRightLogical(d, 25), ShiftLeftLogical(d, 7)));
        c = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 2), ShiftLeftLogical(h, 30)),
            Or(ShiftRightLogical(h, 13), ShiftLeftLogical(h, 19))),
            Or(ShiftRightLogical(h, 22), ShiftLeftLogical(h, 10)));
        g = Add(t, Add(Or(And(h, a), And(b, Or(h, a))), x));
        t = Vector256.Create(0xb5c9a0e6u);
        t = Add(t, f);
        u = Add(t, b);
        x = Xor(e, And(c, Xor(d, e)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 6), ShiftLeftLogical(c, 26)),
            Or(ShiftRightLogical(c, 11), ShiftLeftLogical(c, 21))),
            Or(ShiftRightLogical(c, 25), ShiftLeftLogical(c, 7)));
        b = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 2), ShiftLeftLogical(g, 30)),
            Or(ShiftRightLogical(g, 13), ShiftLeftLogical(g, 19))),
            Or(ShiftRightLogical(g, 22), ShiftLeftLogical(g, 10)));
        f = Add(t, Add(Or(And(g, h), And(a, Or(g, h))), x));
        t = Vector256.Create(0x532fb63cu);
        t = Add(t, e);
        u = Add(t, a);
        x = Xor(d, And(b, Xor(c, d)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 6), ShiftLeftLogical(b, 26)),
            Or(ShiftRightLogical(b, 11), ShiftLeftLogical(b, 21))),
            Or(ShiftRightLogical(b, 25), ShiftLeftLogical(b, 7)));
        a = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 2), ShiftLeftLogical(f, 30)),
            Or(ShiftRightLogical(f, 13), ShiftLeftLogical(f, 19))),
            Or(ShiftRightLogical(f, 22), ShiftLeftLogical(f, 10)));
        e = Add(t, Add(Or(And(f, g), And(h, Or(f, g))), x));
        t = Vector256.Create(0xd2c741c6u);
        t = Add(t, d);
        u = Add(t, h);
        x = Xor(c, And(a, Xor(b, c)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(a, 6), ShiftLeftLogical(a, 26)),
            Or(ShiftRightLogical(a, 11), ShiftLeftLogical(a, 21))),
            Or(ShiftRightLogical(a, 25), ShiftLeftLogical(a, 7)));
        h = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(e, 2), ShiftLeftLogical(e, 30)),
            Or(ShiftRightLogical(e, 13), ShiftLeftLogical(e, 19))),
            Or(ShiftRightLogical(e, 22), ShiftLeftLogical(e, 10)));
        d = Add(t, Add(Or(And(e, f), And(g, Or(e, f))), x));
        t = Vector256.Create(0x07237ea3u);
        t = Add(t, c);
        u = Add(t, g);
        x = Xor(b, And(h, Xor(a, b)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(h, 6), ShiftLeftLogical(h, 26)),
            Or(ShiftRightLogical(h, 11), ShiftLeftLogical(h, 21))),
            Or(ShiftRightLogical(h, 25), ShiftLeftLogical(h, 7)));
        g = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(d, 2), ShiftLeftLogical(d, 30)),
            Or(ShiftRightLogical(d, 13), ShiftLeftLogical(d, 19))),
            Or(ShiftRightLogical(d, 22), ShiftLeftLogical(d, 10)));
        c = Add(t, Add(Or(And(d, e), And(f, Or(d, e))), x));
        t = Vector256.Create(0xa4954b68u);
        t = Add(t, b);
        u = Add(t, f);
        x = Xor(a, And(g, Xor(h, a)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(g, 6), ShiftLeftLogical(g, 26)),
            Or(ShiftRightLogical(g, 11), ShiftLeftLogical(g, 21))),
            Or(ShiftRightLogical(g, 25), ShiftLeftLogical(g, 7)));
        f = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(c, 2), ShiftLeftLogical(c, 30)),
            Or(ShiftRightLogical(c, 13), ShiftLeftLogical(c, 19))),
            Or(ShiftRightLogical(c, 22), ShiftLeftLogical(c, 10)));
        b = Add(t, Add(Or(And(c, d), And(e, Or(c, d))), x));
        t = Vector256.Create(0x4c191d76u);
        t = Add(t, a);
        u = Add(t, e);
        x = Xor(h, And(f, Xor(g, h)));
        t = Add(t, x);
        u = Add(u, x);
        x = Xor(Xor(Or(ShiftRightLogical(f, 6), ShiftLeftLogical(f, 26)),
            Or(ShiftRightLogical(f, 11), ShiftLeftLogical(f, 21))),
            Or(ShiftRightLogical(f, 25), ShiftLeftLogical(f, 7)));
        e = Add(u, x);
        t = Add(t, x);
        x = Xor(Xor(Or(ShiftRightLogical(b, 2), ShiftLeftLogical(b, 30)),
            Or(ShiftRightLogical(b, 13), ShiftLeftLogical(b, 19))),
            Or(ShiftRightLogical(b, 22), ShiftLeftLogical(b, 10)));
        a = Add(t, Add(Or(And(b, c), And(d, Or(b, c))), x));
        Avx.Store(state + 0, Add(a, Avx.LoadVector256(state + 0)));
        Avx.Store(state + 8, Add(b, Avx.LoadVector256(state + 8)));
        Avx.Store(state + 16, Add(c, Avx.LoadVector256(state + 16)));
        Avx.Store(state + 24, Add(d, Avx.LoadVector256(state + 24)));
        Avx.Store(state + 32, Add(e, Avx.LoadVector256(state + 32)));
        Avx.Store(state + 40, Add(f, Avx.LoadVector256(state + 40)));
        Avx.Store(state + 48, Add(g, Avx.LoadVector256(state + 48)));
        Avx.Store(state + 56, Add(h, Avx.LoadVector256(state + 56)));
    }
}
