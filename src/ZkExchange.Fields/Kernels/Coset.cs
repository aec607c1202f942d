namespace ZkExchange.Fields.Kernels;

/// <summary>What one coset s &lt;w_n&gt; multiplies the coefficients with, on their way from c_k t^k / constant to c_k
/// s^k.</summary>
/// <remarks>The mask, r_k (s^n + c) s^k, is added before that, as r_k (s^n + c) t^k / constant; to a tile that has the
/// mask of another coset already only the difference is.</remarks>
/// <param name="Residues">constant * ratio^(C bitrev_R(i)), i = 0 .. R - 1; ratio = s / t; padded to 16.</param>
/// <param name="LowPowers">ratio^l, l = 0 .. C - 1.</param>
/// <param name="MaskSteps">What the mask coefficient of index k is multiplied with.</param>
sealed record Coset(uint[] Residues, KoalaBear[] LowPowers, Factor[] MaskSteps)
{
    /// <summary>The coset.</summary>
    /// <param name="plan">Of the transform.</param>
    /// <param name="shift">s.</param>
    /// <param name="scale">t.</param>
    /// <param name="constant">Of all coefficients.</param>
    /// <param name="maskStep">s^n + c, less that of the coset before it.</param>
    /// <param name="maskRows">Coefficients of the mask.</param>
    public static Coset Of(
        TransformPlan plan, KoalaBear shift, KoalaBear scale, KoalaBear constant, KoalaBear maskStep, long maskRows)
    {
        var ratio = shift * scale.Inverse();
        var natural = Powers(constant, ratio.Power(1ul << plan.StridedLog2), 1L << plan.BlockLog2);
        var residues = new uint[Math.Max(Matrix.Lanes, natural.Length)];
        for (var i = 0; i < natural.Length; i++) residues[i] = natural[Ntt.Reverse(i, plan.BlockLog2)].Residue;
        var steps = Powers(maskStep * constant.Inverse(), scale, maskRows);
        return new(
            residues, Powers(KoalaBear.One, ratio, 1L << plan.StridedLog2), [.. steps.Select(Factor.Of)]);
    }

    static KoalaBear[] Powers(KoalaBear first, KoalaBear ratio, long count)
    {
        var powers = new KoalaBear[count];
        var power = first;
        for (var k = 0L; k < count; k++, power *= ratio) powers[k] = power;
        return powers;
    }
}
