using System.Numerics;
using ZkExchange.Exchange;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Simulation.Twins;

/// <summary>
/// The requirements of an account once more, with integers without a width, from the ledger, the books and the
/// parameters alone.
/// </summary>
static class NaiveMargin
{
    static readonly BigInteger s_million = 1_000_000;

    public static AccountRisk Measure(Venue venue, int account, int isolated)
    {
        var parameters = venue.Parameters;
        BigInteger equity = 0, equityInitial = 0, initial = 0, maintenance = 0, closeOut = 0;
        if (isolated >= 0)
        {
            equity = equityInitial =
                Balance(venue, AccountKind.Isolated, account, parameters.SettlementAsset, isolated);
        }
        else if (account == MarginEngine.Fund)
        {
            equity = equityInitial = Balance(venue, AccountKind.Insurance, 0, parameters.SettlementAsset)
                + Balance(venue, AccountKind.Deficit, 0, parameters.SettlementAsset);
        }
        else
        {
            for (var asset = 0; asset < parameters.Assets.Count; asset++)
            {
                var held = Balance(venue, AccountKind.Free, account, asset)
                    + Balance(venue, AccountKind.InOrder, account, asset)
                    + Balance(venue, AccountKind.Pledged, account, asset);
                var value = Value(venue, asset, held);
                equityInitial += Counted(venue, asset, value, t => t.InitialPpm);
                equity += Counted(venue, asset, value, t => t.MaintenancePpm);
                var owed = Balance(venue, AccountKind.Debt, account, asset);
                equity += owed;
                equityInitial += owed;
            }
        }

        for (var i = 0; i < parameters.Instruments.Count; i++)
        {
            var risk = parameters.Instruments[i].Risk;
            if (risk == null) continue;
            var at = venue.Margin.PositionsOf(account).IndexOf(i);
            if (at < 0) continue;
            var p = venue.Margin.PositionsOf(account).Items[at];
            if (p.IsIsolated != isolated >= 0 || (isolated >= 0 && isolated != i)) continue;
            BigInteger mark = venue.Margin.ContractOf(i).Mark, unit = parameters.Instruments[i].Rules.QuotePerTickLot;
            var worth = Worth(venue, i, p.Size);
            equity += worth - (BigInteger)p.Cost;
            equityInitial += worth - (BigInteger)p.Cost;
            maintenance += Maintenance(venue, i, p.Size);
            closeOut += Bracketed(risk, Notional(venue, i, p.Size), t => t.CloseOutPpm);

            // Orders, from the book itself.
            BigInteger buys = 0, sells = 0, limits = 0;
            foreach (var o in venue.BookOf(i).Orders())
            {
                if (o.Account != account || !o.IsLive || o.Flags.HasFlag(OrderConditions.ReduceOnly)) continue;
                if (o.Side == Side.Buy) buys += o.Leaves;
                else sells += o.Leaves;
                limits += (BigInteger)o.Leaves * o.Limit * unit;
            }
            var worst = BigInteger.Max(BigInteger.Abs(p.Size + buys), BigInteger.Abs(p.Size - sells));
            initial += Bracketed(risk, Ceiling(worst * mark * unit, 65536), t => t.InitialPpm);
            initial += Ceiling(limits * risk.TakerFeePpm, s_million);
            if (buys > 0) initial += Ceiling(buys * BigInteger.Max(0, ((BigInteger)p.PeakBuy << 16) - mark) * unit,
                65536);
            if (sells > 0) initial += Ceiling(sells * BigInteger.Max(0,
                mark - ((BigInteger)p.TroughSell << 16)) * unit, 65536);
        }
        return new AccountRisk(
            (Int128)equityInitial, (Int128)equity, (Int128)initial, (Int128)maintenance, (Int128)closeOut);
    }

    static BigInteger Balance(Venue venue, AccountKind kind, int account, int asset, int instrument = 0) =>
        venue.Ledger.BalanceOf(new LedgerAccount(kind, account, asset, instrument));

    static BigInteger Value(Venue venue, int asset, BigInteger amount)
    {
        if (asset == venue.Parameters.SettlementAsset) return amount;
        for (var i = 0; i < venue.Parameters.Instruments.Count; i++)
        {
            var spec = venue.Parameters.Instruments[i];
            if (spec.BaseAsset == asset)
            {
                return amount * venue.FeedOf(i).Index * spec.Rules.QuotePerTickLot
                    / ((BigInteger)spec.BasePerLot * 65536);
            }
        }
        return 0;
    }

    static BigInteger Counted(Venue venue, int asset, BigInteger value, Func<CollateralTier, int> share)
    {
        if (asset == venue.Parameters.SettlementAsset) return value;
        BigInteger sum = 0, from = 0;
        foreach (var tier in venue.Parameters.Assets[asset].Tiers)
        {
            sum += BigInteger.Max(0, BigInteger.Min(value, (BigInteger)tier.UpTo) - from) * share(tier);
            from = (BigInteger)tier.UpTo;
        }
        return sum / s_million;
    }

    static BigInteger Bracketed(ContractRisk risk, BigInteger notional, Func<MarginTier, int> rate)
    {
        BigInteger sum = 0, from = 0;
        foreach (var tier in risk.Tiers)
        {
            sum += BigInteger.Max(0, BigInteger.Min(notional, (BigInteger)tier.UpTo) - from) * rate(tier);
            from = (BigInteger)tier.UpTo;
        }
        return Ceiling(sum, s_million);
    }

    /// <summary>At the mark, with the position's sign, floored.</summary>
    public static BigInteger Worth(Venue venue, int instrument, long size) => Floor(size
        * (BigInteger)venue.Margin.ContractOf(instrument).Mark
        * venue.Parameters.Instruments[instrument].Rules.QuotePerTickLot, 65536);

    /// <summary>Without its sign, rounded up.</summary>
    public static BigInteger Notional(Venue venue, int instrument, long size) =>
        -Worth(venue, instrument, -Math.Abs(size));

    /// <summary>The maintenance margin of a position.</summary>
    public static BigInteger Maintenance(Venue venue, int instrument, long size) => Bracketed(
        venue.Parameters.Instruments[instrument].Risk!, Notional(venue, instrument, size), t => t.MaintenancePpm);

    public static BigInteger Floor(BigInteger a, BigInteger b) => a >= 0 ? a / b : -((-a + b - 1) / b);

    public static BigInteger Ceiling(BigInteger a, BigInteger b) => -Floor(-a, b);
}
