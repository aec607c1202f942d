using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>How the prices of one instrument are made out of what its sources say.</summary>
public sealed record FeedRules
{
    /// <summary>Fresh sources needed.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>Nanoseconds.</summary>
    public long AgeSoft { get; init; } = 5_000_000_000;

    public long AgeMax { get; init; } = 30_000_000_000;

    /// <summary>
    /// Half-width that a source may admit to, and distance of a source from the median beyond which the price is
    /// uncertain.
    /// </summary>
    public int UncertaintyMaxPpm { get; init; } = 20_000;

    /// <summary>Distance of the index from its own average beyond which it is volatile.</summary>
    public int VolatilityMaxPpm { get; init; } = 100_000;

    /// <summary>How far the mark may be from the index.</summary>
    public int MarkClampPpm { get; init; } = 20_000;

    /// <summary>Share of each second in the moving averages, in 2^-32; the default forgets in 150 seconds.</summary>
    public uint Alpha { get; init; } = 28_633_115;

    /// <summary>Writes the rules in canonical form.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.I32(Quorum);
        writer.I64(AgeSoft);
        writer.I64(AgeMax);
        writer.I32(UncertaintyMaxPpm);
        writer.I32(VolatilityMaxPpm);
        writer.I32(MarkClampPpm);
        writer.U32(Alpha);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static FeedRules Read(ref StateReader reader) => new()
    {
        Quorum = reader.I32(),
        AgeSoft = reader.I64(),
        AgeMax = reader.I64(),
        UncertaintyMaxPpm = reader.I32(),
        VolatilityMaxPpm = reader.I32(),
        MarkClampPpm = reader.I32(),
        Alpha = reader.U32(),
    };

    /// <summary>True if every number is in range.</summary>
    public bool IsValid() => Quorum is >= 1 and <= PriceFeed.SourcesMax && AgeSoft > 0 && AgeMax >= AgeSoft
        && UncertaintyMaxPpm is > 0 and <= MarginMath.Million && VolatilityMaxPpm is > 0 and <= MarginMath.Million
        && MarkClampPpm is > 0 and <= MarginMath.Million / 2;
}
