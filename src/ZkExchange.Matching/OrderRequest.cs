namespace ZkExchange.Matching;

/// <summary>An order as it is asked for. Prices in ticks, quantities in lots, times in nanoseconds.</summary>
public struct OrderRequest
{
    public int Account { get; set; }

    /// <summary>Who owns the account: filled in by the venue, not by the customer.</summary>
    public int Master { get; set; }

    public Side Side { get; set; }
    public OrderType Type { get; set; }
    public TimeInForce TimeInForce { get; set; }
    public OrderConditions Flags { get; set; }
    public SelfTradePrevention SelfTrade { get; set; }
    public SelfTradeScope SelfTradeScope { get; set; }
    public PriceSource TriggerSource { get; set; }
    public PegReference Peg { get; set; }

    /// <summary>Limit, at least 1; 0 for types without one.</summary>
    public uint Price { get; set; }

    /// <summary>Trigger of a stop or take-profit, at least 1; else 0.</summary>
    public uint TriggerPrice { get; set; }

    /// <summary>Distance of a trailing stop, at least 1; else 0.</summary>
    public uint Trail { get; set; }

    /// <summary>Added to the reference of a pegged order.</summary>
    public int PegOffset { get; set; }

    public long Quantity { get; set; }

    /// <summary>Visible slice of an iceberg, 0 for all.</summary>
    public long Display { get; set; }

    /// <summary>For immediate-or-cancel: trade at least so much or nothing; else 0.</summary>
    public long MinimumQuantity { get; set; }

    /// <summary>For good-till-date: dead from this time on; else 0.</summary>
    public long Expiry { get; set; }

    /// <summary>The customer's own name for it, 0 for none.</summary>
    public ulong ClientId { get; set; }
}
