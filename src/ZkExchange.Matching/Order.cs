namespace ZkExchange.Matching;

/// <summary>An order in the pool. What a match touches comes first.</summary>
struct Order
{
    public ulong Id;
    public long Leaves;

    /// <summary>Of the leaves, what the queue shows; the rest of an iceberg is hidden.</summary>
    public long Visible;

    public int Previous;
    public int Next;
    public int Level;
    public int Account;
    public int Master;
    public uint Price;
    public uint Limit;
    public OrderPhase Phase;
    public OrderType Type;
    public OrderConditions Flags;
    public Side Side;

    public ulong Nonce;
    public long Filled;
    public long Display;
    public long Expiry;
    public ulong ClientId;

    public int AccountPrevious;
    public int AccountNext;

    /// <summary>The other leg of an OCO pair, or of a bracket's exits; -1 for none.</summary>
    public int Sibling;

    /// <summary>Of an exit: its entry while that lives; -1 for none.</summary>
    public int Parent;

    /// <summary>Of an entry: its first exit, whose sibling is the second; -1 for none.</summary>
    public int Child;

    /// <summary>Of an exit: lots the entry has filled that the exit has not yet taken up.</summary>
    public long Armed;

    public uint Trigger;
    public uint Trail;

    /// <summary>Of a trailing stop: the best price seen, in 32.16 ticks.</summary>
    public long Extreme;

    public int PegOffset;
    public PegReference Peg;
    public PriceSource Source;
    public TimeInForce TimeInForce;
    public SelfTradePrevention SelfTrade;
    public SelfTradeScope SelfTradeScope;

    /// <summary>Asked for a limit price: a stop-limit or take-profit-limit.</summary>
    public bool IsInFollowUps;

    /// <summary>Scratch of the fill-or-kill plan: the plan that wrote it, and the lots it has taken.</summary>
    public int Plan;

    public long PlanTaken;
}
