using Xunit;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields.Tests.Laws;

/// <summary>The layers of the transforms on every instruction set against their definition.</summary>
public sealed unsafe class ButterflyLaws
{
    const int Words = 48;
    const int Rows = 16;

    static readonly uint[] s_edges = [0, 1, 2, KoalaBear.Modulus - 1, KoalaBear.Modulus - 2, 0x7EFF_FFFF, 1 << 24];

    delegate void Call(uint* s, long ss, uint* d, long ds, uint* twiddles, uint* factors, bool stream);

    [Fact]
    public void A_factor_times_any_word_is_the_product_modulo_p()
    {
        var random = new FieldSource(1);
        uint[] words = [.. s_edges, KoalaBear.Modulus, 2 * KoalaBear.Modulus - 1, uint.MaxValue, uint.MaxValue - 1];
        foreach (var edge in s_edges)
        {
            foreach (var value in new[] { KoalaBear.FromResidue(edge), KoalaBear.From(edge), random.Element() })
            {
                var factor = Factor.Of(value);
                Assert.Equal(value.ToUInt32(), factor.Word);
                Assert.Equal((uint)(((ulong)factor.Word << 32) / KoalaBear.Modulus), factor.Quotient);
                foreach (var word in words.Append(random.Element().Residue))
                    Assert.Equal((uint)((ulong)word * factor.Word % KoalaBear.Modulus), factor.Times(word));
            }
        }
    }

    [Fact]
    public void Layers_are_what_their_definition_says_on_every_instruction_set()
    {
        var expected = Calls<Butterflies1>();
        foreach (var kernels in KernelChoice.Available)
        {
            var actual = kernels switch
            {
                KernelSet.Avx512 => Calls<Butterflies512>(),
                KernelSet.Avx2 => Calls<Butterflies256>(),
                _ => expected,
            };
            for (var i = 0; i < expected.Length; i++)
            {
                for (var seed = 0; seed < 8; seed++) Compare(expected[i], actual[i], seed, $"{kernels}, {i}, {seed}");
            }
        }
    }

    static Call[] Calls<TKernel>()
        where TKernel : struct, IButterflies =>
    [
        (s, ss, d, ds, t, f, stream) => TKernel.Down16(s, ss, d, ds, Words, t, stream),
        (s, ss, d, ds, t, f, stream) => TKernel.Down8(s, ss, d, ds, Words, t, stream),
        (s, ss, d, ds, t, f, stream) => TKernel.Down4(s, ss, d, ds, Words, t, stream),
        (s, ss, d, ds, t, f, stream) => TKernel.Up16(s, ss, d, ds, Words, t, f, stream),
        (s, ss, d, ds, t, f, stream) => TKernel.Up8(s, ss, d, ds, Words, t, f, stream),
        (s, ss, d, ds, t, f, stream) => TKernel.Up4(s, ss, d, ds, Words, t, f, stream),
        (s, ss, d, ds, t, f, stream) => TKernel.Two(s, ss, d, ds, Words, t, f),
        (s, ss, d, ds, t, f, stream) => TKernel.Scale(d, s, Words, *(Factor*)t),
        (s, ss, d, ds, t, f, stream) => TKernel.AddScaled(d, s, Words, *(Factor*)t),
        (s, ss, d, ds, t, f, stream) => TKernel.Factors(d + 20 * ds, s, 16, s[17]),
    ];

    /// <summary>Seeds differ in strides, in place or not, with factors or without, and in the share of edges.</summary>
    static void Compare(Call expected, Call actual, int seed, string what)
    {
        var random = new FieldSource(seed);
        var inPlace = seed % 2 == 0;
        using var input = random.Matrix(3 * Rows, Words);
        using var wanted = random.Matrix(3 * Rows, Words);
        using var constants = random.Matrix(2 * Rows, TransformPlan.FactorWords);
        Sprinkle(input, random, seed);
        var table = stackalloc Factor[2 * Rows];
        for (var i = 0; i < 2 * Rows; i++)
        {
            var edge = KoalaBear.FromResidue(s_edges[i % s_edges.Length]);
            table[i] = Factor.Of(seed < 4 && i % 3 == 0 ? edge : constants[i, 0]);
        }

        using var given = input.Copy();
        using var output = wanted.Copy();
        var factors = seed % 3 == 0 ? null : (uint*)(table + Rows);
        Run(expected, input, inPlace ? input : wanted);
        Run(actual, given, inPlace ? given : output);
        var (left, right) = inPlace ? (input, given) : (wanted, output);
        for (var r = 0L; r < left.Rows; r++) Assert.True(left.Row(r).SequenceEqual(right.Row(r)), $"{what}, row {r}");

        void Run(Call call, Matrix from, Matrix to)
        {
            var (ss, ds) = ((long)from.Stride, inPlace ? from.Stride : 2L * to.Stride);
            call(from.Pointer(0), ss, to.Pointer(0), ds, (uint*)table, factors, seed % 4 == 1);
        }
    }

    static void Sprinkle(Matrix matrix, FieldSource random, int seed)
    {
        for (var r = 0L; r < matrix.Rows && seed < 6; r++)
        {
            foreach (ref var cell in matrix.Row(r))
            {
                if (random.Below(2) == 0) cell = KoalaBear.FromResidue(s_edges[random.Below(s_edges.Length)]);
            }
        }
    }
}
