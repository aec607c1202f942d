using System.Globalization;
using System.Numerics;
using System.Text;

namespace ZkExchange.Tidy.Generators;

/// <summary>Writes the SHA-256 compression of one state a lane as straight lines of intrinsics.</summary>
/// <remarks>
/// The method is too long for the inliner's budget, so it names raw instructions. The order within a round keeps the
/// chain through e at six cycles: h + K + w + d first, then Ch, Sigma1 last (FIPS 180-4, section 6.2.2). The second
/// block of a 64-byte message is constant: its schedule is folded into the round constants.
/// </remarks>
sealed class Sha256Generator
{
    readonly StringBuilder _text = new();
    readonly bool _wide;

    Sha256Generator(bool wide) => _wide = wide;

    /// <summary>The round constants: the first 32 bits of the fractions of the cube roots of the first 64 primes.
    /// </summary>
    public static uint[] Constants { get; } = [.. Primes().Take(64).Select(prime => Fraction(prime, 3))];

    /// <summary>The initial state: the same of the square roots of the first eight primes.</summary>
    public static uint[] Initial { get; } = [.. Primes().Take(8).Select(prime => Fraction(prime, 2))];

    /// <summary>The file for sixteen lanes (AVX-512) or eight (AVX2).</summary>
    public static string Source(bool wide)
    {
        var generator = new Sha256Generator(wide);
        generator.Write();
        return generator._text.ToString();
    }

    void Write()
    {
        var bits = _wide ? "512" : "256";
        Line("// Written by tests/ZkExchange.Tidy/Generators/Sha256Generator.cs; a test compares.");
        Line("#nullable enable");
        Line("using System.Runtime.CompilerServices;");
        Line("using System.Runtime.Intrinsics;");
        if (!_wide) Line("using System.Runtime.Intrinsics.X86;");
        Line($"using static System.Runtime.Intrinsics.X86.Avx{(_wide ? "512F" : "2")};");
        Line($"using V = System.Runtime.Intrinsics.Vector{bits}<uint>;");
        Line("");
        Line("namespace ZkExchange.Stark.Proving.Kernels;");
        Line("");
        Line("/// <summary>SHA-256 compression, one state a lane.</summary>");
        Line($"static unsafe class Sha256Rounds{bits}");
        Line("{");
        Line("    /// <summary>state: 8 vectors; message: 16 vectors of big-endian words.</summary>");
        Head("Compress(uint* state, uint* message)");
        for (var i = 0; i < 8; i++) Line($"        var {"abcdefgh"[i]} = {Load($"state + {i * Lanes}")};");
        for (var i = 0; i < 16; i++) Line($"        var w{i} = {Load($"message + {i * Lanes}")};");
        var names = "abcdefgh";
        for (var round = 0; round < 64; round++)
        {
            var j = round % 16;
            if (round >= 16)
            {
                var (w1, w9, w14) = ($"w{(j + 1) % 16}", $"w{(j + 9) % 16}", $"w{(j + 14) % 16}");
                Line($"        x = {Sum(w1, 7, 18, 3, shift: true)};");
                Line($"        u = {Sum(w14, 17, 19, 10, shift: true)};");
                Line($"        w{j} = Add(Add(w{j}, x), Add({w9}, u));");
            }

            Line($"        t = Add(Vector{bits}.Create({Hex(Constants[round])}), w{j});");
            names = Round(names);
        }

        Feed(names);
        Line("");
        Line("    /// <summary>The last block of a 64-byte message: 0x80, zeros, the length 512.</summary>");
        Head("CompressPadding(uint* state)");
        for (var i = 0; i < 8; i++) Line($"        var {"abcdefgh"[i]} = {Load($"state + {i * Lanes}")};");
        names = "abcdefgh";
        var words = Schedule([0x80000000, .. new uint[14], 512]);
        for (var round = 0; round < 64; round++)
        {
            Line($"        t = Vector{bits}.Create({Hex(unchecked(Constants[round] + words[round]))});");
            names = Round(names);
        }

        Feed(names);
        Line("}");
    }

    int Lanes => _wide ? 16 : 8;

    void Head(string signature)
    {
        Line("    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        Line($"    public static void {signature}");
        Line("    {");
        Line("        V t, u, x;");
    }

    string Load(string pointer) => _wide ? $"LoadVector512({pointer})" : $"Avx.LoadVector256({pointer})";

    string Round(string v)
    {
        var (a, b, c, d, e, f, g, h) = (v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
        Line($"        t = Add(t, {h});");
        Line($"        u = Add(t, {d});");
        Line(_wide
            ? $"        x = TernaryLogic({e}, {f}, {g}, 0xCA);"
            : $"        x = Xor({g}, And({e}, Xor({f}, {g})));");
        Line("        t = Add(t, x);");
        Line("        u = Add(u, x);");
        Line($"        x = {Sum($"{e}", 6, 11, 25, shift: false)};");
        Line($"        {d} = Add(u, x);");
        Line("        t = Add(t, x);");
        Line($"        x = {Sum($"{a}", 2, 13, 22, shift: false)};");
        Line(_wide
            ? $"        {h} = Add(t, Add(TernaryLogic({a}, {b}, {c}, 0xE8), x));"
            : $"        {h} = Add(t, Add(Or(And({a}, {b}), And({c}, Or({a}, {b}))), x));");
        return $"{h}{v[..7]}";
    }

    string Sum(string x, int first, int second, int third, bool shift)
    {
        var last = shift ? $"ShiftRightLogical({x}, {third})" : Rotate(x, third);
        return _wide
            ? $"TernaryLogic({Rotate(x, first)}, {Rotate(x, second)}, {last}, 0x96)"
            : $"Xor(Xor({Rotate(x, first)},\n            {Rotate(x, second)}),\n            {last})";
    }

    string Rotate(string x, int count) => _wide
        ? $"RotateRight({x}, {count})"
        : $"Or(ShiftRightLogical({x}, {count}), ShiftLeftLogical({x}, {32 - count}))";

    void Feed(string names)
    {
        for (var i = 0; i < 8; i++)
        {
            var store = _wide ? "Store" : "Avx.Store";
            Line($"        {store}(state + {i * Lanes}, Add({names[i]}, {Load($"state + {i * Lanes}")}));");
        }

        Line("    }");
    }

    void Line(string text) => _text.Append(text).Append('\n');

    static string Hex(uint word) => string.Create(CultureInfo.InvariantCulture, $"0x{word:x8}u");

    static uint[] Schedule(uint[] message)
    {
        var w = new uint[64];
        message.CopyTo(w, 0);
        for (var i = 16; i < 64; i++)
        {
            var (x, y) = (w[i - 15], w[i - 2]);
            var s0 = BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);
            var s1 = BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ (y >> 10);
            w[i] = unchecked(w[i - 16] + s0 + w[i - 7] + s1);
        }

        return w;
    }

    static IEnumerable<int> Primes()
    {
        for (var k = 2; ; k++)
        {
            if (Enumerable.Range(2, k - 2).All(divisor => k % divisor != 0)) yield return k;
        }
    }

    // floor(2^32 n^(1/root)) modulo 2^32.
    static uint Fraction(int n, int root)
    {
        var power = (BigInteger)n << (32 * root);
        var (low, high) = (BigInteger.Zero, BigInteger.One << 64);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (BigInteger.Pow(middle, root) <= power) low = middle;
            else high = middle - 1;
        }

        return (uint)(low & uint.MaxValue);
    }
}
