using System.Numerics;
using ZkExchange.Exchange;

namespace ZkExchange.Simulation.Twins;

/// <summary>
/// The formulas of specs/70-exchange-core.md section 6 once more, as fractions of integers without a width, from
/// <see cref="NaiveMargin"/> and the parameters alone.
/// </summary>
static class NaiveWaterfall
{
    /// <summary>What an account gets for lots of its position, so that equity / maintenance stays or falls by a
    /// unit.</summary>
    public static BigInteger ZeroQuote(Venue venue, int account, int instrument, long lots)
    {
        var risk = NaiveMargin.Measure(venue, account, PoolOf(venue, account, instrument));
        var size = venue.BookOf(instrument).PositionOf(account);
        var rest = size - (Math.Sign(size) * lots);
        var worth = NaiveMargin.Worth(venue, instrument, size) - NaiveMargin.Worth(venue, instrument, rest);
        var slice = NaiveMargin.Maintenance(venue, instrument, size) - NaiveMargin.Maintenance(venue, instrument, rest);
        return worth - NaiveMargin.Ceiling((BigInteger)risk.Equity * slice, (BigInteger)risk.Maintenance);
    }

    /// <summary>The price of that, in ticks, no worse for the account.</summary>
    public static BigInteger ZeroPrice(Venue venue, int account, int instrument, long lots)
    {
        var quote = ZeroQuote(venue, account, instrument, lots);
        BigInteger unit = lots * venue.Parameters.Instruments[instrument].Rules.QuotePerTickLot;
        var price = venue.BookOf(instrument).PositionOf(account) > 0
            ? NaiveMargin.Ceiling(quote, unit)
            : NaiveMargin.Floor(-quote, unit);
        return BigInteger.Min(BigInteger.Max(price, 1), uint.MaxValue - 1);
    }

    /// <summary>ceil((t M - E) / (U (t m - f - s))), at most the size.</summary>
    public static BigInteger PartialSize(Venue venue, int account, int instrument)
    {
        var risk = NaiveMargin.Measure(venue, account, PoolOf(venue, account, instrument));
        var rules = venue.Parameters.Instruments[instrument].Risk!;
        var size = Math.Abs(venue.BookOf(instrument).PositionOf(account));
        BigInteger million = 1_000_000, target = rules.LiquidationTargetPpm;
        var shortage = (target * (BigInteger)risk.Maintenance) - (million * (BigInteger)risk.Equity);
        if (shortage <= 0) return 0;
        var each = (target * rules.Tiers[0].MaintenancePpm)
            - (million * (rules.LiquidationFeePpm + rules.LiquidationSlippagePpm));
        if (each <= 0) return size;
        BigInteger unit = (BigInteger)venue.Margin.ContractOf(instrument).Mark
            * venue.Parameters.Instruments[instrument].Rules.QuotePerTickLot;
        return BigInteger.Min(size, NaiveMargin.Ceiling(shortage * million * 65536, unit * each));
    }

    /// <summary>Gain over entry times notional over equity, each a whole number of 2^-24 and at most 2^40.</summary>
    public static (bool Profitable, BigInteger Score) Score(Venue venue, int account, int instrument)
    {
        var size = venue.BookOf(instrument).PositionOf(account);
        var at = venue.Margin.PositionsOf(account).IndexOf(instrument);
        BigInteger cost = venue.Margin.PositionsOf(account).Items[at].Cost;
        var worth = NaiveMargin.Worth(venue, instrument, size);
        var equity = (BigInteger)NaiveMargin.Measure(venue, account, PoolOf(venue, account, instrument)).Equity;
        var gain = size > 0 ? Ratio(worth, cost) : Ratio(-cost, -worth);
        var notional = NaiveMargin.Notional(venue, instrument, size);
        return (worth > cost, gain * Ratio(notional, equity));
    }

    /// <summary>The pool of a contract: itself if isolated, else -1.</summary>
    public static int PoolOf(Venue venue, int account, int instrument)
    {
        var at = venue.Margin.PositionsOf(account).IndexOf(instrument);
        return at >= 0 && venue.Margin.PositionsOf(account).Items[at].IsIsolated ? instrument : -1;
    }

    /// <summary>Whom a position of the other side is taken to, in order.</summary>
    public static List<int> Ranking(Venue venue, int account, int instrument)
    {
        var size = venue.BookOf(instrument).PositionOf(account);
        return [.. Enumerable.Range(1, venue.AccountCount - 1)
            .Where(other => other != account
                && Math.Sign(venue.BookOf(instrument).PositionOf(other)) == -Math.Sign(size))
            .Select(other => (Other: other, Rank: Score(venue, other, instrument)))
            .OrderByDescending(x => x.Rank.Profitable).ThenByDescending(x => x.Rank.Score)
            .ThenByDescending(x => Math.Abs(venue.BookOf(instrument).PositionOf(x.Other))).ThenBy(x => x.Other)
            .Select(x => x.Other)];
    }

    static BigInteger Ratio(BigInteger up, BigInteger down)
    {
        var cap = BigInteger.One << 40;
        return up <= 0 ? 0 : down <= 0 ? cap : BigInteger.Min(cap, NaiveMargin.Floor(up << 24, down));
    }
}
