using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>
/// The risk parameters of one contract. Governance changes them; their hash is in every frame of the journal.
/// </summary>
public sealed record ContractRisk
{
    /// <summary>All lengths of time are below this many nanoseconds, 36 years.</summary>
    public const long DurationLimit = 1L << 60;

    public required IReadOnlyList<MarginTier> Tiers { get; init; }

    public int TakerFeePpm { get; init; } = 500;

    /// <summary>Below zero it is a rebate, never more than the taker of the same fill pays.</summary>
    public int MakerFeePpm { get; init; } = 200;

    public int LiquidationFeePpm { get; init; } = 5000;

    /// <summary>The most lots one account may hold or have on order, on either side; at most 2^48 - 1.</summary>
    public long PositionMax { get; init; } = (1L << 48) - 1;

    /// <summary>The most lots all accounts together may be long.</summary>
    public long OpenInterestMax { get; init; } = (1L << 54) - 1;

    /// <summary>The interest term of funding for one interval.</summary>
    public int FundingInterestPpm { get; init; } = 100;

    /// <summary>How far the interest term may pull the rate away from the premium.</summary>
    public int FundingClampPpm { get; init; } = 500;

    /// <summary>The most one interval may cost.</summary>
    public int FundingCapPpm { get; init; } = 7500;

    /// <summary>Length of a funding interval in nanoseconds; 0 for contracts without funding.</summary>
    public long FundingInterval { get; init; }

    /// <summary>
    /// After a partial liquidation equity shall be this share of maintenance margin; above 1,000,000.
    /// </summary>
    public int LiquidationTargetPpm { get; init; } = 1_111_111;

    /// <summary>What a partial liquidation reckons to lose on the way, beside its fee.</summary>
    public int LiquidationSlippagePpm { get; init; }

    /// <summary>The most lots the insurance fund may come to hold by takeovers, on either side; 0 is none.</summary>
    public long TakeoverMax { get; init; }

    /// <summary>How far from the mark the fund may sell what it holds.</summary>
    public int UnwindPpm { get; init; } = 10_000;

    /// <summary>Nanoseconds between two attempts.</summary>
    public long UnwindInterval { get; init; } = 5_000_000_000;

    /// <summary>Writes the parameters in canonical form.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.I32(Tiers.Count);
        foreach (var tier in Tiers)
        {
            writer.Amount(tier.UpTo);
            writer.I32(tier.InitialPpm);
            writer.I32(tier.MaintenancePpm);
            writer.I32(tier.CloseOutPpm);
        }
        writer.I32(TakerFeePpm);
        writer.I32(MakerFeePpm);
        writer.I32(LiquidationFeePpm);
        writer.I64(PositionMax);
        writer.I64(OpenInterestMax);
        writer.I32(FundingInterestPpm);
        writer.I32(FundingClampPpm);
        writer.I32(FundingCapPpm);
        writer.I64(FundingInterval);
        writer.I32(LiquidationTargetPpm);
        writer.I32(LiquidationSlippagePpm);
        writer.I64(TakeoverMax);
        writer.I32(UnwindPpm);
        writer.I64(UnwindInterval);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ContractRisk Read(ref StateReader reader)
    {
        var tiers = new MarginTier[reader.Count(28)];
        for (var i = 0; i < tiers.Length; i++)
            tiers[i] = new MarginTier(reader.Amount(), reader.I32(), reader.I32(), reader.I32());
        return new ContractRisk
        {
            Tiers = tiers,
            TakerFeePpm = reader.I32(),
            MakerFeePpm = reader.I32(),
            LiquidationFeePpm = reader.I32(),
            PositionMax = reader.I64(),
            OpenInterestMax = reader.I64(),
            FundingInterestPpm = reader.I32(),
            FundingClampPpm = reader.I32(),
            FundingCapPpm = reader.I32(),
            FundingInterval = reader.I64(),
            LiquidationTargetPpm = reader.I32(),
            LiquidationSlippagePpm = reader.I32(),
            TakeoverMax = reader.I64(),
            UnwindPpm = reader.I32(),
            UnwindInterval = reader.I64(),
        };
    }

    /// <summary>
    /// True if every rate is in range and orders as it must: close-out below maintenance below initial, brackets
    /// rising.
    /// </summary>
    public bool IsValid()
    {
        Int128 last = 0;
        foreach (var tier in Tiers)
        {
            if (tier.UpTo <= last || tier.CloseOutPpm <= 0 || tier.CloseOutPpm >= tier.MaintenancePpm
                || tier.MaintenancePpm >= tier.InitialPpm || tier.InitialPpm > MarginMath.Million)
                return false;
            last = tier.UpTo;
        }
        return Tiers.Count > 0 && last >= Int128.One << 90
            && TakerFeePpm is >= 0 and <= 100_000 && MakerFeePpm <= 100_000 && MakerFeePpm + TakerFeePpm >= 0
            && LiquidationFeePpm is >= 0 and <= 100_000 && PositionMax is > 0 and < 1L << 48
                && OpenInterestMax is > 0 and < 1L << 54
            && FundingCapPpm is >= 0 and <= 100_000 && FundingClampPpm >= 0 && Math.Abs(FundingInterestPpm) <= 100_000
            && FundingInterval is >= 0 and < DurationLimit
            && LiquidationTargetPpm is > MarginMath.Million and <= 2 * MarginMath.Million
            && LiquidationSlippagePpm is >= 0 and <= 100_000 && TakeoverMax is >= 0 and < 1L << 48
            && UnwindPpm is >= 0 and < MarginMath.Million && UnwindInterval is > 0 and < DurationLimit;
    }
}
