namespace ZkExchange.Matching;

/// <summary>
/// What a book says happened. The sequence of these is all that the ledger and the margin engine ever hear.
/// </summary>
public enum MatchEventKind : byte
{
    None = 0,

    /// <summary>An order becomes live with Quantity at Limit: from here on it holds money or margin.</summary>
    Opened = 1,

    /// <summary>An order waits for its trigger or its parent. It holds nothing.</summary>
    Waiting = 2,

    /// <summary>OrderId (the taker) trades Quantity at Price with OtherId (the maker).</summary>
    Fill = 3,

    /// <summary>OrderId (the buyer) trades Quantity at Price with OtherId (the seller) in the uncross.</summary>
    AuctionFill = 4,

    /// <summary>What is left of an order joins the queue at Price with Nonce.</summary>
    Rested = 5,

    /// <summary>An order lives on, smaller by Quantity.</summary>
    Reduced = 6,

    /// <summary>An order is over; Quantity was left.</summary>
    Ended = 7,

    /// <summary>A waiting order wakes. What follows is its life as a new order.</summary>
    Triggered = 8,

    /// <summary>A pegged order moves to Price, with a new Nonce.</summary>
    Repriced = 9,

    /// <summary>
    /// The book is in the state carried by <see cref="MatchEvent.State"/> until time Quantity (0: open end).
    /// </summary>
    StateChanged = 10,

    /// <summary>An auction is over: Price (0: none found) and Quantity.</summary>
    Uncrossed = 11,
}
