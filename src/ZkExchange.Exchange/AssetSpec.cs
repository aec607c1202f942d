using ZkExchange.Ledger;
using ZkExchange.Margin;

namespace ZkExchange.Exchange;

/// <summary>One asset of the venue.</summary>
public sealed record AssetSpec
{
    /// <summary>1 to 32 of A-Z a-z 0-9 . _ -</summary>
    public required string Symbol { get; init; }

    /// <summary>Digits behind the point: the smallest unit is 10^-Decimals.</summary>
    public int Decimals { get; init; }

    /// <summary>What of it counts as collateral, by its value in the settlement asset; nothing if empty.</summary>
    public IReadOnlyList<CollateralTier> Tiers { get; init; } = [];

    internal void Write(StateWriter writer)
    {
        Text.Write(writer, Symbol);
        writer.I32(Decimals);
        writer.I32(Tiers.Count);
        foreach (var tier in Tiers)
        {
            writer.Amount(tier.UpTo);
            writer.I32(tier.InitialPpm);
            writer.I32(tier.MaintenancePpm);
        }
    }

    internal static AssetSpec Read(ref StateReader reader)
    {
        var symbol = Text.Read(ref reader);
        var decimals = reader.I32();
        var tiers = new CollateralTier[reader.Count(24)];
        for (var i = 0; i < tiers.Length; i++)
            tiers[i] = new CollateralTier(reader.Amount(), reader.I32(), reader.I32());
        return new AssetSpec { Symbol = symbol, Decimals = decimals, Tiers = tiers };
    }

    internal bool IsValid()
    {
        Int128 last = 0;
        var share = MarginMath.Million;
        foreach (var tier in Tiers)
        {
            if (tier.UpTo <= last || tier.UpTo > Amounts.Limit || tier.InitialPpm < 0
                || tier.InitialPpm > tier.MaintenancePpm
                || tier.MaintenancePpm > share)
                return false;
            (last, share) = (tier.UpTo, tier.MaintenancePpm);
        }
        return Text.IsName(Symbol) && Decimals is >= 0 and <= 30;
    }
}
