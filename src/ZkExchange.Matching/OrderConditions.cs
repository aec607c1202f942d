namespace ZkExchange.Matching;

/// <summary>Conditions an order adds to its type.</summary>
[Flags]
public enum OrderConditions : byte
{
    None = 0,

    /// <summary>Rejected if it would cross any opposite order on arrival, its owner's included.</summary>
    PostOnly = 1,

    /// <summary>May only bring a position nearer to zero; takes no initial margin.</summary>
    ReduceOnly = 2,

    /// <summary>Accepted in the call phase alone; what the uncross leaves is cancelled.</summary>
    AuctionOnly = 4,
}
