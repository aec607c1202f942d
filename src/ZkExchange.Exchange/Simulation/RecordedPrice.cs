namespace ZkExchange.Exchange.Simulation;

/// <summary>One line of a recorded market (specs/70-exchange-core.md section 11). Exact integers.</summary>
/// <param name="Time">When it was received, in nanoseconds; never falls.</param>
/// <param name="Kind">What it says; with Other the rest is 0.</param>
/// <param name="Bid">In 10^-8 dollars, 1 .. 10^16.</param>
/// <param name="Ask">In 10^-8 dollars, not below the bid.</param>
/// <param name="Quantity">Of a trade, or the smaller side of a quote; in 10^-8 coins, 0 .. 10^17.</param>
/// <param name="TakerSells">Of a trade: the buyer had been waiting.</param>
public readonly record struct RecordedPrice(
    long Time, RecordedKind Kind, long Bid = 0, long Ask = 0, long Quantity = 0, bool TakerSells = false)
{
    /// <summary>The highest price.</summary>
    public const long PriceMax = 10_000_000_000_000_000;

    /// <summary>The largest quantity.</summary>
    public const long QuantityMax = 100_000_000_000_000_000;
}
