namespace ZkExchange.Matching;

/// <summary>How long an order may live.</summary>
public enum TimeInForce : byte
{
    GoodTillCancel = 0,

    /// <summary>
    /// Dead from the first command whose time reaches the expiry, before anything else that command does.
    /// </summary>
    GoodTillDate = 1,

    /// <summary>Trades at once what it can; the rest is cancelled. A minimum quantity is all or nothing.</summary>
    ImmediateOrCancel = 2,

    /// <summary>Trades in full at once, or leaves the book as it was, bit for bit.</summary>
    FillOrKill = 3,
}
