using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

/// <summary>One instrument at work.</summary>
sealed class Market(InstrumentSpec spec, OrderBook book)
{
    public InstrumentSpec Spec { get; set; } = spec;

    public OrderBook Book { get; set; } = book;

    public PriceFeed Feed { get; } = new();

    public long NextFunding { get; set; } = long.MaxValue;

    public long NextSample { get; set; }

    /// <summary>Before this the insurance fund does not try again to sell what it holds here.</summary>
    public long NextUnwind { get; set; }

    /// <summary>Acts of governance that have changed the book's state.</summary>
    public ulong StateActs { get; set; }

    public bool IsSettled { get; set; }

    public bool IsSpot => Spec.Rules.Kind == InstrumentKind.Spot;

    public int Number => Spec.Rules.Instrument;
}
