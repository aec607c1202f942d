namespace ZkExchange.Margin;

/// <summary>
/// How one asset counts as collateral: units of the settlement asset for it, and the share that counts.
/// </summary>
public sealed class CollateralAsset
{
    /// <summary>Value = floor(amount * ValuePer / ValueOf). 0 while it has no price; then it counts nothing.</summary>
    public Int128 ValuePer { get; set; }

    public Int128 ValueOf { get; set; } = 1;

    public IReadOnlyList<CollateralTier> Tiers { get; set; } = [];
}
