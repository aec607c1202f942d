namespace ZkExchange.Fields.Kernels;

/// <summary>What one coset s &lt;w_n&gt; multiplies the coefficients with, on their way from c_k t^k n to c_k
/// s^k.</summary>
/// <param name="Factors">constant * ratio^(C bitrev_R(i)), i = 0 .. R - 1; ratio = s / t.</param>
/// <param name="LowPowers">ratio^l, l = 0 .. C - 1.</param>
/// <param name="MaskFactors">(s^n + c) s^k for the mask coefficient of index k.</param>
sealed record Coset(uint[] Factors, uint[] LowPowers, uint[] MaskFactors)
{
    /// <summary>The factor that the indices congruent to <paramref name="low"/> modulo C share.</summary>
    public uint FirstOf(long low) => LowPowers[low];

    public static Coset Of(
        TransformPlan plan, KoalaBear shift, KoalaBear ratio, KoalaBear constant, KoalaBear maskFactor, long maskRows)
    {
        var step = ratio.Power(1ul << plan.StridedLog2);
        var natural = Powers(constant, step, 1L << plan.BlockLog2);
        var factors = new uint[natural.Length];
        for (var i = 0; i < factors.Length; i++) factors[i] = natural[Ntt.Reverse(i, plan.BlockLog2)];
        return new(
            factors, Powers(KoalaBear.One, ratio, 1L << plan.StridedLog2), Powers(maskFactor, shift, maskRows));
    }

    static uint[] Powers(KoalaBear first, KoalaBear ratio, long count)
    {
        var powers = new uint[count];
        var power = first;
        for (var k = 0L; k < count; k++, power *= ratio) powers[k] = power.Residue;
        return powers;
    }
}
