using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>The formulas of margin, in integers, each with its rounding and its width.</summary>
/// <remarks>
/// Sizes below 2^55 lots, marks below 2^48 in 32.16 ticks, quote units per tick and lot below 2^10: products stay
/// below 2^114.
/// </remarks>
public static class MarginMath
{
    /// <summary>Shares are counted in millionths.</summary>
    public const int Million = 1_000_000;

    /// <summary>Worth of a position at a mark, floored, with the position's sign.</summary>
    public static Int128 Worth(long size, long mark, long quotePerTickLot) =>
        ((Int128)size * mark * quotePerTickLot) >> 16;           // an arithmetic shift floors

    /// <summary>Worth without its sign, rounded up: what requirements are taken of.</summary>
    public static Int128 Notional(long size, long mark, long quotePerTickLot) =>
        -(((Int128)(-Math.Abs(size)) * mark * quotePerTickLot) >> 16);

    /// <summary>The three requirements of a notional value, each rounded up.</summary>
    public static (Int128 Initial, Int128 Maintenance, Int128 CloseOut) Requirement(
        IReadOnlyList<MarginTier> tiers, Int128 notional)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        Invariant.Holds(notional >= 0 && notional < Int128.One << 104);          // * 10^6 < 2^124
        Int128 initial = 0, maintenance = 0, closeOut = 0, from = 0;
        for (var i = 0; i < tiers.Count && notional > from; i++)
        {
            var tier = tiers[i];
            var part = Int128.Min(notional, i == tiers.Count - 1 ? notional : tier.UpTo) - from;
            initial += part * tier.InitialPpm;
            maintenance += part * tier.MaintenancePpm;
            closeOut += part * tier.CloseOutPpm;
            from += part;
        }
        return (Millionths(initial), Millionths(maintenance), Millionths(closeOut));
    }

    /// <summary>What counts of a value, floored.</summary>
    public static (Int128 Initial, Int128 Maintenance) Haircut(IReadOnlyList<CollateralTier> tiers, Int128 value)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        Invariant.Holds(value >= 0 && value < Int128.One << 104);
        Int128 initial = 0, maintenance = 0, from = 0;
        for (var i = 0; i < tiers.Count && value > from; i++)
        {
            var part = Int128.Min(value, tiers[i].UpTo) - from;
            initial += part * tiers[i].InitialPpm;
            maintenance += part * tiers[i].MaintenancePpm;
            from += part;
        }
        return (initial / Million, maintenance / Million);       // both at least 0, so this floors
    }

    /// <summary>A fee on a notional value, rounded up.</summary>
    public static Int128 Fee(Int128 notional, int ppm) => Millionths(notional * ppm);

    /// <summary>A rebate on a notional value, rounded down.</summary>
    public static Int128 Rebate(Int128 notional, int ppm) => notional * ppm / Million;

    /// <summary>
    /// The share of a signed cost that belongs to some lots of a position, rounded up: realised profit is then
    /// rounded down.
    /// </summary>
    public static Int128 CostShare(Int128 cost, long lots, long size)
    {
        Invariant.Holds(lots > 0 && lots <= size);
        return lots == size ? cost
            : cost >= 0 ? Rounding.MulDivCeil(cost, lots, size)
            : -Rounding.MulDivFloor(-cost, lots, size);
    }

    /// <summary>
    /// What an account gives up when a slice of its positions closes at the zero price: equity * slice / whole,
    /// rounded up.
    /// </summary>
    /// <param name="equity">The account's equity, of either sign.</param>
    /// <param name="slice">Maintenance margin of what is closed.</param>
    /// <param name="whole">Maintenance margin of all positions, above 0, at least the slice.</param>
    /// <remarks>
    /// Closing everything gives up exactly the equity, so nothing and nobody is left over (specs/70-exchange-core.md
    /// section 6).
    /// </remarks>
    public static Int128 GivenUp(Int128 equity, Int128 slice, Int128 whole)
    {
        Invariant.Holds(whole > 0 && slice >= 0 && slice <= whole);
        return equity >= 0 ? Rounding.MulDivCeil(equity, slice, whole) : -Rounding.MulDivFloor(-equity, slice, whole);
    }

    /// <summary>
    /// Lots to close so that equity reaches the target share of maintenance margin, if closing costs fee and
    /// slippage.
    /// </summary>
    /// <param name="equity">Now.</param>
    /// <param name="maintenance">Of the account, now.</param>
    /// <param name="size">Lots of the position, without sign.</param>
    /// <param name="mark">32.16 ticks.</param>
    /// <param name="quotePerTickLot">Quote units per tick and lot.</param>
    /// <param name="risk">The contract's parameters; the first bracket's maintenance rate is used, which errs towards
    /// closing more.</param>
    public static long PartialSize(
        Int128 equity, Int128 maintenance, long size, long mark, long quotePerTickLot, ContractRisk risk)
    {
        ArgumentNullException.ThrowIfNull(risk);
        Int128 target = risk.LiquidationTargetPpm;
        var shortage = (target * maintenance) - (equity * Million);                          // in millionths
        if (shortage <= 0)
            return 0;
        // Per unit of notional closed, the shortage falls by target * rate - fee - slippage.
        var lost = (Int128)risk.LiquidationFeePpm + risk.LiquidationSlippagePpm;
        var rate = (target * risk.Tiers[0].MaintenancePpm) - (lost * Million);
        var unit = (Int128)mark * quotePerTickLot;                           // notional per lot, 2^-16
        if (rate <= 0 || unit == 0)
            return size;
        var lots = Rounding.MulDivCeil(shortage, (Int128)Million << 16, unit * rate);
        return lots >= size ? size : (long)lots;
    }

    /// <summary>A limit so far from a mark, in ticks, rounded towards the mark; at least 1.</summary>
    /// <param name="mark">32.16 ticks, above 0.</param>
    /// <param name="ppm">Below zero: under the mark, for a sale.</param>
    public static uint Away(long mark, int ppm)
    {
        var scaled = (Int128)mark * (Million + ppm);             // < 2^(48 + 21)
        var ticks = ppm < 0 ? Rounding.CeilDiv(scaled, (Int128)Million << 16)
            : Rounding.FloorDiv(scaled, (Int128)Million << 16);
        return (uint)Int128.Clamp(ticks, 1, uint.MaxValue - 1);
    }

    static Int128 Millionths(Int128 value) => Rounding.CeilDiv(value, Million);
}
