namespace ZkExchange.Matching;

/// <summary>How an order comes to its price, and when it wakes.</summary>
public enum OrderType : byte
{
    /// <summary>Trades at its limit or better; what is left rests.</summary>
    Limit = 0,

    /// <summary>A limit at the protection price, which is the edge of the price band. Never rests.</summary>
    Market = 1,

    /// <summary>Sleeps until the source moves against it to the trigger, then a market order.</summary>
    Stop = 2,

    /// <summary>The same, then a limit order.</summary>
    StopLimit = 3,

    /// <summary>Sleeps until the source moves in its favour to the trigger, then a market order.</summary>
    TakeProfit = 4,

    /// <summary>The same, then a limit order.</summary>
    TakeProfitLimit = 5,

    /// <summary>A stop whose trigger follows the best price seen at a fixed distance and never steps back.</summary>
    TrailingStop = 6,

    /// <summary>Rests at an offset from the middle or the mark, never beyond its limit, and never takes.</summary>
    Pegged = 7,
}
