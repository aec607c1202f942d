namespace ZkExchange.Fields.Kernels;

/// <summary>The definition of the butterflies, one word at a time.</summary>
readonly unsafe struct Butterflies1 : IButterflies
{
    public static void Down16(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream) =>
        Down(16, s, ss, d, ds, words, (Factor*)twiddles);

    public static void Down8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream) =>
        Down(8, s, ss, d, ds, words, (Factor*)twiddles);

    public static void Down4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream) =>
        Down(4, s, ss, d, ds, words, (Factor*)twiddles);

    public static void Up16(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream) =>
        Up(16, s, ss, d, ds, words, (Factor*)twiddles, (Factor*)factors);

    public static void Up8(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream) =>
        Up(8, s, ss, d, ds, words, (Factor*)twiddles, (Factor*)factors);

    public static void Up4(
        uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors, bool stream) =>
        Up(4, s, ss, d, ds, words, (Factor*)twiddles, (Factor*)factors);

    public static void Two(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, uint* factors) =>
        Up(2, s, ss, d, ds, words, (Factor*)twiddles, (Factor*)factors);

    public static void Scale(uint* d, uint* s, int words, Factor factor)
    {
        for (var i = 0; i < words; i++) d[i] = factor.Times(s[i]);
    }

    public static void AddScaled(uint* d, uint* s, int words, Factor factor)
    {
        for (var i = 0; i < words; i++) d[i] = KoalaBear.Add(d[i], factor.Times(s[i]));
    }

    public static void Factors(uint* d, uint* residues, int count, uint residue)
    {
        var target = (Factor*)d;
        for (var i = 0; i < count; i++)
            target[i] = Factor.Of(KoalaBear.FromResidue(KoalaBear.Multiply(residues[i], residue)));
    }

    // A twiddle for each place in a block, the same in every block.
    static void Down(int radix, uint* s, long ss, uint* d, long ds, int words, Factor* twiddles)
    {
        for (var i = 0; i < radix; i++) Scale(d + i * ds, s + i * ss, words, Factor.Of(KoalaBear.One));
        for (var half = radix / 2; half >= 1; half /= 2)
        {
            for (var block = 0; block < radix; block += 2 * half)
            {
                for (var i = 0; i < half; i++)
                    Layer(d + (block + i) * ds, d + (block + i + half) * ds, words, twiddles[i]);
            }

            twiddles += half;
        }
    }

    // A twiddle for each block, the same at every place.
    static void Up(int radix, uint* s, long ss, uint* d, long ds, int words, Factor* twiddles, Factor* factors)
    {
        for (var i = 0; i < radix; i++)
            Scale(d + i * ds, s + i * ss, words, factors == null ? Factor.Of(KoalaBear.One) : factors[i]);
        for (var half = 1; half < radix; half *= 2)
        {
            for (var block = 0; block < radix; block += 2 * half, twiddles++)
            {
                for (var i = block; i < block + half; i++)
                    Layer(d + i * ds, d + (i + half) * ds, words, *twiddles);
            }
        }
    }

    static void Layer(uint* a, uint* b, int words, Factor twiddle)
    {
        for (var i = 0; i < words; i++)
        {
            var difference = KoalaBear.Subtract(a[i], b[i]);
            a[i] = KoalaBear.Add(a[i], b[i]);
            b[i] = twiddle.Times(difference);
        }
    }
}
