using System.Numerics;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Input;

/// <summary>Reads a tier list: [low-high:percent, ...] with bounds in the quote currency, over the value of the
/// collateral, in order and without gap or overlap from 0 (specs/51-input-files.md section 2).</summary>
static class TierList
{
    /// <summary>Values are compared in circuits as integers below 2^180 (specs/40-statements.md section 9).</summary>
    static readonly BigInteger s_valueLimit = BigInteger.One << 180;

    const string Form = "Write [0-10000:100,10000-20000:90]: bounds in the quote currency, ratios in percent";

    /// <summary>Appends the tiers of a list; null when it is right, else what is wrong and the remedy.</summary>
    /// <param name="text">Empty or [] for no tiers.</param>
    /// <param name="pool">1 .. 7.</param>
    /// <param name="valueScale">A value is 10^-valueScale of the quote currency.</param>
    /// <param name="tiers">Where they go.</param>
    public static (string Message, string Remedy)? TryRead(
        ReadOnlySpan<byte> text, int pool, int valueScale, List<Tier> tiers)
    {
        if (text.IsEmpty || text.SequenceEqual("[]"u8)) return null;
        if (text.Length < 2 || text[0] != '[' || text[^1] != ']')
            return ($"the tier list {DecimalFaultText.Show(text)} is not in brackets", Form);

        var end = default(ExactDecimal);
        var ratioBefore = 10_000;
        text = text[1..^1];
        while (true)
        {
            var comma = text.IndexOf((byte)',');
            var tier = comma < 0 ? text : text[..comma];
            if (tier is [(byte)' ', ..]) tier = tier[1..];
            var fault = TryTier(tier, pool, valueScale, ref end, ref ratioBefore, tiers);
            if (fault is not null || comma < 0) return fault;
            text = text[(comma + 1)..];
        }
    }

    static (string Message, string Remedy)? TryTier(
        ReadOnlySpan<byte> tier, int pool, int valueScale, ref ExactDecimal end, ref int ratioBefore, List<Tier> tiers)
    {
        var dash = tier.IndexOf((byte)'-');
        var colon = tier.IndexOf((byte)':');
        if (dash < 0 || colon < dash
            || DecimalText.TryExact(tier[..dash], out var low) != DecimalFault.None
            || DecimalText.TryExact(tier[(dash + 1)..colon], out var high) != DecimalFault.None
            || DecimalText.TryExact(tier[(colon + 1)..], out var percent) != DecimalFault.None)
            return ($"the tier {DecimalFaultText.Show(tier)} is not low-high:percent", Form);

        if (low != end)
        {
            var isGap = Compare(low, end) > 0;
            return ($"the tier {DecimalFaultText.Show(tier)} {(isGap ? "leaves a gap after" : "overlaps")} the one "
                + "before it", "Begin each tier where the one before it ends, the first at 0");
        }

        if (Compare(high, low) <= 0)
            return ($"the tier {DecimalFaultText.Show(tier)} is empty", "Let it end above where it begins");
        if (!percent.TryScale(2, out var ratio) || ratio > 10_000)
            return ($"the tier {DecimalFaultText.Show(tier)} has a ratio that is not 0 to 100 percent in hundredths",
                "Write a percentage of at most 100 with at most two decimals");
        if (ratio > ratioBefore)
            return ($"the ratio of the tier {DecimalFaultText.Show(tier)} is above the one before it",
                "Let ratios fall as the collateral grows");
        if (!high.TryScale(valueScale, out var upTo))
            return ($"the end of the tier {DecimalFaultText.Show(tier)} has more decimals than the values have",
                "Write it with fewer decimals");
        if (upTo >= s_valueLimit)
            return ($"the end of the tier {DecimalFaultText.Show(tier)} is 2^180 units of value or more",
                "Write a smaller bound, or prices with fewer digits");

        (end, ratioBefore) = (high, (int)ratio);
        tiers.Add(new(pool, upTo, (int)ratio));
        return null;
    }

    static int Compare(ExactDecimal left, ExactDecimal right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        left.TryScale(scale, out var a);
        right.TryScale(scale, out var b);
        return a.CompareTo(b);
    }
}
