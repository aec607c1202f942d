using ZkExchange.Fields;

namespace ZkExchange.Cli.Sample;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every machine. For books
/// that are made up, never for secrets.</summary>
sealed class SeededStream(ulong seed)
{
    ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        var word = _state += 0x9E37_79B9_7F4A_7C15UL;
        word = (word ^ (word >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        word = (word ^ (word >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return word ^ (word >> 31);
    }

    /// <summary>0 .. bound - 1, as good as uniform for small bounds.</summary>
    public int Below(int bound)
    {
        Check.That(bound > 0);
        return (int)((UInt128)Next() * (uint)bound >> 64);
    }

    /// <summary>Pareto with exponent 1: least .. most, above x with probability least / x.</summary>
    public long Pareto(long least, long most)
    {
        Check.That(least > 0 && most >= least);
        return Math.Min(most, (long)((UInt128)(ulong)least * (1UL << 32) / (1 + (Next() >> 32))));
    }
}
