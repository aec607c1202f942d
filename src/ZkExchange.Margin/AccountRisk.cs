using ZkExchange.Ledger;

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

    /// <summary>
    /// True if a change of positions may lead from here to there: to health, or, for a pool that was not healthy, to
    /// no lower a ratio of equity to maintenance margin, and with no margin left to no less equity.
    /// </summary>
    public bool MayBecome(in AccountRisk after) => after.Health == Health.Healthy
        || (Health != Health.Healthy
            && Rounding.CompareProducts(Equity, after.Maintenance, after.Equity, Maintenance) <= 0
            && (after.Maintenance != 0 || after.Equity >= Equity));
}
