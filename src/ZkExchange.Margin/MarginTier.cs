namespace ZkExchange.Margin;

/// <summary>
/// One bracket of notional value and its margin rates. Brackets are marginal: each rate applies to the part inside,
/// so no step is a cliff.
/// </summary>
/// <param name="UpTo">Upper end in units of the settlement asset.</param>
/// <param name="InitialPpm">Needed to open.</param>
/// <param name="MaintenancePpm">Below this the venue starts to reduce.</param>
/// <param name="CloseOutPpm">Below this it closes.</param>
public readonly record struct MarginTier(Int128 UpTo, int InitialPpm, int MaintenancePpm, int CloseOutPpm);
