namespace ZkExchange.Margin;

/// <summary>One bracket of an asset's value and the share of it that counts.</summary>
/// <param name="UpTo">Upper end in units of the settlement asset; above the last, nothing counts.</param>
/// <param name="InitialPpm">For opening and withdrawing.</param>
/// <param name="MaintenancePpm">For staying; at least the initial share.</param>
public readonly record struct CollateralTier(Int128 UpTo, int InitialPpm, int MaintenancePpm);
