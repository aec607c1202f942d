namespace ZkExchange.Margin;

/// <summary>
/// Equity and requirements of one margin pool: an account's cross pool, or one isolated position. Units of the
/// settlement asset.
/// </summary>
/// <param name="EquityInitial">Equity with collateral at its initial share.</param>
/// <param name="Equity">Equity with collateral at its maintenance share.</param>
/// <param name="Initial">Initial margin, open orders included.</param>
/// <param name="Maintenance">Maintenance margin of the positions.</param>
/// <param name="CloseOut">Close-out margin of the positions.</param>
public readonly record struct AccountRisk(
    Int128 EquityInitial, Int128 Equity, Int128 Initial, Int128 Maintenance, Int128 CloseOut)
{
    /// <summary>The state that follows.</summary>
    public Health Health => Equity < 0 ? Health.Bankrupt
        : Equity < CloseOut ? Health.Full
        : Equity < Maintenance ? Health.Partial
        : EquityInitial < Initial ? Health.Watched
        : Health.Healthy;
}
