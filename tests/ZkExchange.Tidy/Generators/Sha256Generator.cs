using System.Globalization;
using System.Numerics;
using System.Text;

namespace ZkExchange.Tidy.Generators;

/// <summary>Writes the SHA-256 compression of one state a lane as straight lines of intrinsics.</summary>
/// <remarks>
/// The method is too long for the inliner's budget, so it names raw instructions. The order within a round keeps the
/// chain through e at six cycles: h + K + w + d first, then Ch, Sigma1 last (FIPS 180-4, section 6.2.2). That chain
/// leaves a third of the machine idle, so with 32 registers two groups of sixteen lanes take turns, their schedules in
/// memory and sixteen rounds a turn of the loop: straight lines of all 64 would crowd the caches of instructions. The
/// second block of a 64-byte message is constant: its schedule is folded into the round constants.
/// </remarks>
sealed class Sha256Generator
{
    const string Names = "abcdefgh";

    readonly StringBuilder _text = new();
    readonly bool _wide;

    Sha256Generator(bool wide) => _wide = wide;

    /// <summary>The round constants: the first 32 bits of the fractions of the cube roots of the first 64 primes.
    /// </summary>
    public static uint[] Constants { get; } = [.. Primes().Take(64).Select(prime => Fraction(prime, 3))];

    /// <summary>The initial state: the same of the square roots of the first eight primes.</summary>
    public static uint[] Initial { get; } = [.. Primes().Take(8).Select(prime => Fraction(prime, 2))];

    /// <summary>The file for two groups of sixteen lanes (AVX-512) or for eight lanes (AVX2).</summary>
    public static string Source(bool wide)
    {
        var generator = new Sha256Generator(wide);
        generator.Begin();
        if (wide) generator.WritePairs();
        else generator.WriteSingle();
        generator.Line("}");
        return generator._text.ToString();
    }

    int Bits => _wide ? 512 : 256;

    /// <summary>Words of a vector of all lanes.</summary>
    int Words => _wide ? 32 : 8;

    void Begin()
    {
        Line("// Written by tests/ZkExchange.Tidy/Generators/Sha256Generator.cs; a test compares.");
        Line("#nullable enable");
        Line("using System.Runtime.CompilerServices;");
        Line("using System.Runtime.Intrinsics;");
        if (!_wide) Line("using System.Runtime.Intrinsics.X86;");
        Line($"using static System.Runtime.Intrinsics.X86.Avx{(_wide ? "512F" : "2")};");
        Line($"using V = System.Runtime.Intrinsics.Vector{Bits}<uint>;");
        Line("");
        Line("namespace ZkExchange.Stark.Proving.Kernels;");
        Line("");
        Line("/// <summary>SHA-256 compression, one state a lane.</summary>");
        Line($"static unsafe class Sha256Rounds{Bits}");
        Line("{");
    }

    void WriteSingle()
    {
        Line("    /// <summary>state: 8 vectors; message: 16 vectors of big-endian words.</summary>");
        Head("public", "Compress(uint* state, uint* message)");
        Line("        V t, u, x;");
        LoadState("");
        for (var i = 0; i < 16; i++) Line($"        var w{i} = {Load($"message + {i * Words}")};");
        var names = Names;
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

            Line($"        t = Add({Constant(Hex(Constants[round]))}, w{j});");
            foreach (var line in Round(names, "")) Line(line);
            names = Turn(names);
        }

        Feed("");
        Line("    }");
        Line("");
        Line("    /// <summary>The last block of a 64-byte message: 0x80, zeros, the length 512.</summary>");
        Head("public", "CompressPadding(uint* state)");
        Line("        V t, u, x;");
        LoadState("");
        foreach (var constant in PaddingConstants())
        {
            Line($"        t = {Constant(Hex(constant))};");
            foreach (var line in Round(names, "")) Line(line);
            names = Turn(names);
        }

        Feed("");
        Line("    }");
    }

    void WritePairs()
    {
        Table("RoundConstants", Constants);
        Line("");
        Table("PaddingConstants", PaddingConstants());
        Line("");
        Line("    /// <summary>state: 8 double vectors; message: 16 of big-endian words, which are lost.</summary>");
        Line("    public static void Compress(uint* state, uint* message)");
        Line("    {");
        Line("        fixed (uint* constants = RoundConstants) Compress(state, message, constants);");
        Line("    }");
        Line("");
        Line("    /// <summary>The last block of a 64-byte message: 0x80, zeros, the length 512.</summary>");
        Line("    public static void CompressPadding(uint* state)");
        Line("    {");
        Line("        fixed (uint* constants = PaddingConstants) CompressPadding(state, constants);");
        Line("    }");
        Line("");
        Head("", "Compress(uint* state, uint* message, uint* constants)");
        Line("        V t0, u0, x0, t1, u1, x1;");
        LoadState("0");
        LoadState("1");
        Rounds(i => half => [$"        t{half} = Add({Constant($"constants[{i}]")}, {Word(i, half)});"]);
        Line("        for (var end = constants + 48; constants < end;)");
        Line("        {");
        Line("            constants += 16;");
        Rounds(i => half =>
        [
            $"        x{half} = {Word(i + 1, half)};",
            $"        u{half} = {Word(i + 14, half)};",
            $"        x{half} = {Sum($"x{half}", 7, 18, 3, shift: true)};",
            $"        t{half} = Add({Word(i, half)}, x{half});",
            $"        u{half} = {Sum($"u{half}", 17, 19, 10, shift: true)};",
            $"        x{half} = Add({Word(i + 9, half)}, u{half});",
            $"        t{half} = Add(t{half}, x{half});",
            $"        Store({At("message", i % 16, half)}, t{half});",
            $"        t{half} = Add({Constant($"constants[{i}]")}, t{half});",
        ]);
        Line("        }");
        Line("");
        Feed("0");
        Feed("1");
        Line("    }");
        Line("");
        Head("", "CompressPadding(uint* state, uint* constants)");
        Line("        V t0, u0, x0, t1, u1, x1;");
        LoadState("0");
        LoadState("1");
        Line("        for (var end = constants + 64; constants < end; constants += 16)");
        Line("        {");
        Rounds(i => half => [$"        t{half} = {Constant($"constants[{i}]")};"]);
        Line("        }");
        Line("");
        Feed("0");
        Feed("1");
        Line("    }");
    }

    /// <summary>Sixteen rounds, after which every name is back in its place; the halves alternate line by line.
    /// </summary>
    void Rounds(Func<int, Func<string, string[]>> begin)
    {
        var names = Names;
        for (var i = 0; i < 16; i++)
        {
            string[] left = [.. begin(i)("0"), .. Round(names, "0")];
            string[] right = [.. begin(i)("1"), .. Round(names, "1")];
            foreach (var (first, second) in left.Zip(right))
            {
                Line(first);
                Line(second);
            }

            names = Turn(names);
        }
    }

    void Table(string name, uint[] words)
    {
        Line($"    static ReadOnlySpan<uint> {name} =>");
        Line("    [");
        foreach (var row in words.Chunk(8)) Line($"        {string.Join(", ", row.Select(Hex))},");
        Line("    ];");
    }

    void Head(string access, string signature)
    {
        Line("    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        Line($"    {access}{(access.Length > 0 ? " " : "")}static void {signature}");
        Line("    {");
    }

    void LoadState(string half)
    {
        for (var i = 0; i < 8; i++) Line($"        var {Names[i]}{half} = {Load(At("state", i, half))};");
    }

    void Feed(string half)
    {
        var store = _wide ? "Store" : "Avx.Store";
        for (var i = 0; i < 8; i++)
            Line($"        {store}({At("state", i, half)}, Add({Names[i]}{half}, {Load(At("state", i, half))}));");
    }

    string At(string memory, int vector, string half) =>
        $"{memory} + {vector * Words + (half.Equals("1", StringComparison.Ordinal) ? 16 : 0)}";

    string Word(int index, string half) => Load(At("message", index % 16, half));

    string Load(string pointer) => _wide ? $"LoadVector512({pointer})" : $"Avx.LoadVector256({pointer})";

    string Constant(string word) => $"Vector{Bits}.Create({word})";

    static string Turn(string names) => $"{names[7]}{names[..7]}";

    /// <summary>A round; t holds K + w.</summary>
    string[] Round(string names, string half)
    {
        var v = names.Select(name => $"{name}{half}").ToArray();
        var (a, b, c, d, e, f, g, h) = (v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
        var (t, u, x) = ($"t{half}", $"u{half}", $"x{half}");
        return
        [
            $"        {t} = Add({t}, {h});",
            $"        {u} = Add({t}, {d});",
            _wide
                ? $"        {x} = TernaryLogic({e}, {f}, {g}, 0xCA);"
                : $"        {x} = Xor({g}, And({e}, Xor({f}, {g})));",
            $"        {t} = Add({t}, {x});",
            $"        {u} = Add({u}, {x});",
            $"        {x} = {Sum(e, 6, 11, 25, shift: false)};",
            $"        {d} = Add({u}, {x});",
            $"        {t} = Add({t}, {x});",
            $"        {x} = {Sum(a, 2, 13, 22, shift: false)};",
            _wide
                ? $"        {h} = Add({t}, Add(TernaryLogic({a}, {b}, {c}, 0xE8), {x}));"
                : $"        {h} = Add({t}, Add(Or(And({a}, {b}), And({c}, Or({a}, {b}))), {x}));",
        ];
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

    void Line(string text) => _text.Append(text).Append('\n');

    static uint[] PaddingConstants() =>
        [.. Constants.Zip(Schedule([0x80000000, .. new uint[14], 512]), (k, w) => unchecked(k + w))];

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
