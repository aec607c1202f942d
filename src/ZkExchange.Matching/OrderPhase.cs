namespace ZkExchange.Matching;

/// <summary>Where an order is in its life.</summary>
enum OrderPhase : byte
{
    Free = 0,

    /// <summary>Trading, right now.</summary>
    Taking = 1,

    /// <summary>In the queue of its price.</summary>
    Resting = 2,

    /// <summary>In the queue of its trigger price.</summary>
    Dormant = 3,

    /// <summary>Watched one by one: a trailing stop.</summary>
    Trailing = 4,

    /// <summary>An exit whose entry has filled nothing that is not already taken back.</summary>
    Held = 5,

    /// <summary>Woken, waiting for its turn.</summary>
    Queued = 6,
}
