namespace ZkExchange.Matching;

/// <summary>What an instrument's book takes. Cancels work in every state.</summary>
public enum BookState : byte
{
    Open = 0,

    /// <summary>Only orders that rest.</summary>
    PostOnly = 1,

    /// <summary>Only orders that bring positions nearer to zero.</summary>
    ReduceOnly = 2,

    Halted = 3,

    /// <summary>Orders gather, nothing trades until the uncross.</summary>
    Call = 4,

    /// <summary>Past its expiry, waiting for its price.</summary>
    Settling = 5,

    Expired = 6,
}
