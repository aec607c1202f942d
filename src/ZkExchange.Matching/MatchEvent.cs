namespace ZkExchange.Matching;

/// <summary>One thing that happened in a book. Prices in ticks, quantities in lots.</summary>
/// <remarks>
/// Carries the limits of both orders, so whoever holds money against an order can release it from the event alone:
/// by the time events are read, the order may be gone.
/// </remarks>
public struct MatchEvent
{
    public MatchEventKind Kind { get; set; }
    public Side Side { get; set; }
    public EndReason Reason { get; set; }

    /// <summary>Flags of the order named first.</summary>
    public OrderConditions Flags { get; set; }

    /// <summary>Flags of the other order of a fill.</summary>
    public OrderConditions OtherFlags { get; set; }

    /// <summary>For <see cref="MatchEventKind.StateChanged"/>.</summary>
    public BookState State { get; set; }

    /// <summary>For Reduced and Ended: the quantity was live, so something was held against it.</summary>
    public bool WasLive { get; set; }

    /// <summary>Instrument of the book, as its rules number it.</summary>
    public int Instrument { get; set; }

    public int Account { get; set; }
    public int OtherAccount { get; set; }
    public uint Price { get; set; }
    public uint Limit { get; set; }
    public uint OtherLimit { get; set; }
    public ulong OrderId { get; set; }
    public ulong OtherId { get; set; }
    public ulong Nonce { get; set; }
    public long Quantity { get; set; }
    public long Leaves { get; set; }
    public long OtherLeaves { get; set; }
    public ulong ClientId { get; set; }
}
