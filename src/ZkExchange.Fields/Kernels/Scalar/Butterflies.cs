namespace ZkExchange.Fields.Kernels;

/// <summary>The definition of the butterflies, one word at a time.</summary>
readonly unsafe struct Butterflies1 : IButterflies
{
    public static void Down8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        Copy(s, ss, d, ds, words, 8);
        for (var i = 0; i < 4; i++) Layer(d + i * ds, d + (i + 4) * ds, words, twiddles[i]);
        for (var block = 0; block < 8; block += 4)
        {
            for (var i = 0; i < 2; i++) Layer(d + (block + i) * ds, d + (block + i + 2) * ds, words, twiddles[4 + i]);
        }

        for (var block = 0; block < 8; block += 2) Layer(d + block * ds, d + (block + 1) * ds, words, twiddles[6]);
    }

    public static void Down4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        Copy(s, ss, d, ds, words, 4);
        for (var i = 0; i < 2; i++) Layer(d + i * ds, d + (i + 2) * ds, words, twiddles[i]);
        for (var block = 0; block < 4; block += 2) Layer(d + block * ds, d + (block + 1) * ds, words, twiddles[2]);
    }

    public static void Up8(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        Copy(s, ss, d, ds, words, 8);
        for (var k = 0; k < 4; k++) Layer(d + 2 * k * ds, d + (2 * k + 1) * ds, words, twiddles[k]);
        for (var k = 0; k < 2; k++)
        {
            for (var i = 4 * k; i < 4 * k + 2; i++) Layer(d + i * ds, d + (i + 2) * ds, words, twiddles[4 + k]);
        }

        for (var i = 0; i < 4; i++) Layer(d + i * ds, d + (i + 4) * ds, words, twiddles[6]);
    }

    public static void Up4(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        Copy(s, ss, d, ds, words, 4);
        for (var k = 0; k < 2; k++) Layer(d + 2 * k * ds, d + (2 * k + 1) * ds, words, twiddles[k]);
        for (var i = 0; i < 2; i++) Layer(d + i * ds, d + (i + 2) * ds, words, twiddles[2]);
    }

    public static void Two(uint* s, long ss, uint* d, long ds, int words, uint* twiddles, bool stream)
    {
        Copy(s, ss, d, ds, words, 2);
        Layer(d, d + ds, words, twiddles[0]);
    }

    public static void Scale(uint* d, uint* s, int words, uint factor)
    {
        for (var i = 0; i < words; i++) d[i] = KoalaBear.Multiply(s[i], factor);
    }

    public static void AddScaled(uint* d, uint* s, int words, uint factor)
    {
        for (var i = 0; i < words; i++) d[i] = KoalaBear.Add(d[i], KoalaBear.Multiply(s[i], factor));
    }

    static void Layer(uint* a, uint* b, int words, uint twiddle)
    {
        for (var i = 0; i < words; i++)
        {
            var difference = KoalaBear.Subtract(a[i], b[i]);
            a[i] = KoalaBear.Add(a[i], b[i]);
            b[i] = KoalaBear.Multiply(difference, twiddle);
        }
    }

    static void Copy(uint* s, long ss, uint* d, long ds, int words, int rows)
    {
        if (s == d && ss == ds) return;
        for (var i = 0; i < rows; i++)
        {
            new ReadOnlySpan<uint>(s + i * ss, words).CopyTo(new(d + i * ds, words));
        }
    }
}
