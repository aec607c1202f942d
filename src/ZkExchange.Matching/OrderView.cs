namespace ZkExchange.Matching;

/// <summary>A live order as others may see it.</summary>
/// <param name="Id">The venue's name for it.</param>
/// <param name="Account">Its owner.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Limit">Worst price it can trade at; 0 while a market stop sleeps.</param>
/// <param name="Price">Price it rests at.</param>
/// <param name="Leaves">Lots not yet traded.</param>
/// <param name="Visible">Of these, shown.</param>
/// <param name="Filled">Lots traded.</param>
/// <param name="Nonce">Priority inside its price.</param>
/// <param name="Flags">Its conditions.</param>
/// <param name="ClientId">The customer's name for it.</param>
/// <param name="IsLive">In the queue or trading, as opposed to waiting.</param>
public readonly record struct OrderView(
    ulong Id,
    int Account,
    Side Side,
    uint Limit,
    uint Price,
    long Leaves,
    long Visible,
    long Filled,
    ulong Nonce,
    OrderConditions Flags,
    ulong ClientId,
    bool IsLive);
