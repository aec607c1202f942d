using System.Globalization;
using System.Text;

namespace ZkExchange.Tidy.Generators;

/// <summary>Writes the rounds of Poseidon2 over KoalaBear, one permutation a lane (eprint 2023/323).</summary>
/// <remarks>
/// Sixteen registers of state leave no room for the constants of two kinds of round, so each kind is a method.
/// Constants come as residue - p: the sum with a word of the state is a signed number in [-p, p), which a signed
/// multiply takes as it is. The even and odd halves of a cube stay apart between its two products.
/// </remarks>
sealed class Poseidon2Generator
{
    static readonly string[] s_state = [.. Enumerable.Range(0, 16).Select(i => $"a{i}")];

    readonly StringBuilder _text = new();
    readonly bool _wide;
    int _count;

    Poseidon2Generator(bool wide) => _wide = wide;

    /// <summary>The file for sixteen lanes (AVX-512) or eight (AVX2).</summary>
    public static string Source(bool wide)
    {
        var generator = new Poseidon2Generator(wide);
        generator.Write();
        return generator._text.ToString();
    }

    string Bits => _wide ? "512" : "256";

    int Lanes => _wide ? 16 : 8;

    void Write()
    {
        Line("// Written by tests/ZkExchange.Tidy/Generators/Poseidon2Generator.cs; a test compares.");
        Line("#nullable enable");
        Line("using System.Runtime.CompilerServices;");
        Line("using System.Runtime.Intrinsics;");
        if (!_wide) Line("using static System.Runtime.Intrinsics.X86.Avx;");
        Line($"using static System.Runtime.Intrinsics.X86.Avx{(_wide ? "512F" : "2")};");
        Line($"using V = System.Runtime.Intrinsics.Vector{Bits}<uint>;");
        Line("");
        Line("namespace ZkExchange.Commitments.Kernels;");
        Line("");
        Line("/// <summary>Rounds of Poseidon2, one permutation a lane; word i of all states is vector i.</summary>");
        Line($"static unsafe class Poseidon2Rounds{Bits}");
        Line("{");
        Line("    /// <summary>The external layer alone.</summary>");
        Head("Linear(uint* state)", multiplies: false);
        ExternalLayer("        ");
        Tail();
        Line("");
        Line("    /// <summary>External rounds; sixteen constants a round, each residue - p.</summary>");
        Head("External(uint* state, uint* constants, int rounds)", multiplies: true);
        Line("        for (var end = constants + 16 * rounds; constants < end; constants += 16)");
        Line("        {");
        for (var i = 0; i < 16; i++) Cube("            ", s_state[i], $"constants[{i}]");
        ExternalLayer("            ");
        Line("        }");
        Line("");
        Tail();
        Line("");
        Line("    /// <summary>Internal rounds; one constant a round, residue - p; the cubes are kept.</summary>");
        Head("Internal(uint* state, uint* constants, int rounds, uint* cubes)", multiplies: true);
        Line($"        for (var end = constants + rounds; constants < end; constants++, cubes += {Lanes})");
        Line("        {");
        Cube("            ", "a0", "*constants");
        Line("            Store(cubes, a0);");
        InternalLayer("            ");
        Line("        }");
        Line("");
        Tail();
        Line("}");
    }

    void Head(string signature, bool multiplies)
    {
        Line("    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        Line($"    public static void {signature}");
        Line("    {");
        Line($"        var p = Vector{Bits}.Create(0x7F000001u);");
        if (multiplies) Line($"        var mu = Vector{Bits}.Create(0x81000001u);");
        if (multiplies && _wide)
        {
            Line("        var upper = Vector512.Create(1u, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);");
        }

        for (var i = 0; i < 16; i++) Line($"        var a{i} = LoadVector{Bits}(state + {i * Lanes});");
    }

    void Tail()
    {
        for (var i = 0; i < 16; i++) Line($"        Store(state + {i * Lanes}, a{i});");
        Line("    }");
    }

    // x <- (x + c)^3: 24 instructions, 12 of them multiplies.
    void Cube(string indent, string x, string constant)
    {
        var s = New(indent, $"Add({x}, Vector{Bits}.Create({constant})).AsInt32()");
        var odd = New(indent, $"DuplicateOddIndexed({s}.AsSingle()).AsInt32()");
        var evenSquare = Reduced(indent, $"Multiply({s}, {s})");
        var oddSquare = Reduced(indent, $"Multiply({odd}, {odd})");
        var evenCube = Reduced(indent, $"Multiply(DuplicateOddIndexed({evenSquare}.AsSingle()).AsInt32(), {s})");
        var oddCube = Reduced(indent, $"Multiply(DuplicateOddIndexed({oddSquare}.AsSingle()).AsInt32(), {odd})");
        var t = New(indent, _wide
            ? $"PermuteVar16x32x2({evenCube}.AsUInt32(), upper, {oddCube}.AsUInt32())"
            : $"Blend(DuplicateOddIndexed({evenCube}.AsSingle()).AsUInt32(), {oddCube}.AsUInt32(), 0xAA)");
        Line($"{indent}{x} = Min({t}, Add({t}, p));");
    }

    // product - (product / p mod 2^32) p: the upper half is in (-p, p), the lower is zero.
    string Reduced(string indent, string product)
    {
        var value = New(indent, product);
        var quotient = New(indent, $"Multiply({value}.AsInt32(), mu.AsInt32())");
        var multiple = New(indent, $"Multiply({quotient}.AsInt32(), p.AsInt32())");
        return New(indent, $"Subtract({value}, {multiple})");
    }

    void ExternalLayer(string indent)
    {
        for (var block = 0; block < 16; block += 4)
        {
            var (x0, x1, x2, x3) = (s_state[block], s_state[block + 1], s_state[block + 2], s_state[block + 3]);
            var low = Sum(indent, x0, x1);
            var high = Sum(indent, x2, x3);
            var all = Sum(indent, low, high);
            var u = Sum(indent, all, x1);
            var v = Sum(indent, all, x3);
            var twice0 = Sum(indent, x0, x0);
            var twice2 = Sum(indent, x2, x2);
            Assign(indent, x3, Sum(indent, v, twice0));
            Assign(indent, x1, Sum(indent, u, twice2));
            Assign(indent, x0, Sum(indent, u, low));
            Assign(indent, x2, Sum(indent, v, high));
        }

        for (var i = 0; i < 4; i++)
        {
            var first = Sum(indent, s_state[i], s_state[i + 4]);
            var second = Sum(indent, s_state[i + 8], s_state[i + 12]);
            var sum = Sum(indent, first, second);
            for (var j = i; j < 16; j += 4) Assign(indent, s_state[j], Sum(indent, s_state[j], sum));
        }
    }

    // J + diag(-2, 1, 2, 1/2, 3, 4, -1/2, -3, -4, 1/2^8, 1/8, 1/2^24, -1/2^8, -1/8, -1/16, -1/2^24); the sum without
    // a0 first, because a0 has just left a long chain.
    void InternalLayer(string indent)
    {
        var terms = s_state[1..];
        while (terms.Length > 1)
        {
            var next = terms.Chunk(2).Select(pair => pair.Length == 2 ? Sum(indent, pair[0], pair[1]) : pair[0]);
            terms = [.. next];
        }

        var rest = terms[0];
        var scaled = new string[16];
        scaled[1] = "a1";
        scaled[2] = Sum(indent, "a2", "a2");
        scaled[3] = Halved(indent, "a3", 1);
        scaled[4] = Sum(indent, "a4", Sum(indent, "a4", "a4"));
        var twice = Sum(indent, "a5", "a5");
        scaled[5] = Sum(indent, twice, twice);
        scaled[6] = Halved(indent, "a6", 1);
        scaled[7] = Sum(indent, "a7", Sum(indent, "a7", "a7"));
        twice = Sum(indent, "a8", "a8");
        scaled[8] = Sum(indent, twice, twice);
        foreach (var (i, k) in new[] { (9, 8), (10, 3), (11, 24), (12, 8), (13, 3), (14, 4), (15, 24) })
        {
            scaled[i] = Halved(indent, $"a{i}", k);
        }

        var total = Sum(indent, rest, "a0");
        Assign(indent, "a0", Difference(indent, rest, "a0"));
        for (var i = 1; i < 16; i++)
        {
            var isNegative = i is 6 or 7 or 8 or >= 12;
            Assign(indent, $"a{i}", isNegative
                ? Difference(indent, total, scaled[i])
                : Sum(indent, total, scaled[i]));
        }
    }

    // x / 2^k = (x >> k) - (127 << (24 - k)) (x mod 2^k), since p - 1 = 127 * 2^24.
    string Halved(string indent, string x, int k)
    {
        var mask = $"Vector{Bits}.Create({Number((1u << k) - 1)})";
        var factor = $"Vector{Bits}.Create({Number(127u << (24 - k))})";
        var low = New(indent, $"MultiplyLow(And({x}, {mask}), {factor})");
        var t = New(indent, $"Subtract(ShiftRightLogical({x}, {k}), {low})");
        return New(indent, $"Min({t}, Add({t}, p))");
    }

    string Sum(string indent, string a, string b)
    {
        var t = New(indent, $"Add({a}, {b})");
        return New(indent, $"Min({t}, Subtract({t}, p))");
    }

    string Difference(string indent, string a, string b)
    {
        var t = New(indent, $"Subtract({a}, {b})");
        return New(indent, $"Min({t}, Add({t}, p))");
    }

    string New(string indent, string expression)
    {
        var name = $"t{++_count}";
        Line($"{indent}var {name} = {expression};");
        return name;
    }

    void Assign(string indent, string target, string value) => Line($"{indent}{target} = {value};");

    void Line(string text) => _text.Append(text).Append('\n');

    static string Number(uint word) => string.Create(CultureInfo.InvariantCulture, $"{word}u");
}
