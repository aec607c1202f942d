namespace ZkExchange.Matching;

/// <summary>
/// The fixed rules of one book. Prices in ticks, quantities in lots, shares in millionths, times in nanoseconds.
/// </summary>
/// <remarks>
/// Risk parameters that governance may change come through <see cref="OrderBook.SetRules"/>, with the same type.
/// </remarks>
public sealed record BookRules
{
    public required int Instrument { get; init; }

    public required InstrumentKind Kind { get; init; }

    /// <summary>Quote units per tick and lot, 1 .. 1023: notional = price * quantity * this, exactly.</summary>
    public long QuotePerTickLot { get; init; } = 1;

    /// <summary>Prices are multiples of this.</summary>
    public uint PriceStep { get; init; } = 1;

    /// <summary>The highest limit an order may carry.</summary>
    public uint PriceMax { get; init; } = uint.MaxValue - 1;

    /// <summary>Quantities are multiples of this.</summary>
    public long LotStep { get; init; } = 1;

    public long QuantityMin { get; init; } = 1;

    /// <summary>At most 2^48 - 1.</summary>
    public long QuantityMax { get; init; } = (1L << 48) - 1;

    public Int128 NotionalMin { get; init; }

    public Int128 NotionalMax { get; init; } = Int128.One << 90;

    /// <summary>Reach of a limit beyond the reference, and the protection of market orders; 0 is no band.</summary>
    public int BandPpm { get; init; }

    /// <summary>
    /// A fill further from the reference than this stops the sweep and starts an auction; 0 is never.
    /// </summary>
    public int VolatilityBandPpm { get; init; }

    /// <summary>
    /// How far from the reference an uncross may print; 0 is anywhere. Each extension adds as much again.
    /// </summary>
    public int CollarPpm { get; init; }

    /// <summary>Length of a call phase that a volatility halt starts, and of each extension.</summary>
    public long CallLength { get; init; } = 60_000_000_000;

    /// <summary>After so many extensions the book reopens for reducing only.</summary>
    public int ExtensionsMax { get; init; } = 3;

    /// <summary>The longest life of a good-till-date order.</summary>
    public long LifeMax { get; init; } = 95L * 86_400 * 1_000_000_000;

    /// <summary>Orders of one account in this book, waiting ones included.</summary>
    public int OrdersPerAccountMax { get; init; } = 4096;

    /// <summary>The most slices an iceberg may have.</summary>
    public const int SlicesMax = 100;
}
