namespace ZkExchange.Ledger;

/// <summary>Why money moved. Part of every statement of account: append, never renumber.</summary>
public enum PostingReason : byte
{
    None = 0,
    Deposit = 1,
    WithdrawalRequested = 2,
    WithdrawalDone = 3,
    WithdrawalCancelled = 4,
    Transfer = 5,
    Pledge = 6,
    Borrow = 7,
    Repay = 8,
    OrderHold = 9,
    OrderRelease = 10,
    Trade = 11,
    Fee = 12,
    Rebate = 13,
    RealisedProfit = 14,
    Funding = 15,
    LiquidationFee = 16,
    Seizure = 17,
    Insurance = 18,
    Settlement = 19,
    IsolatedMargin = 20,
    Rounding = 21,

    /// <summary>The insurance fund takes a position over at the zero quote.</summary>
    Takeover = 22,

    /// <summary>A position goes to somebody on the other side at the zero quote.</summary>
    Deleverage = 23,

    /// <summary>A loss that nobody could pay: the venue owes it from now on.</summary>
    Deficit = 24,

    /// <summary>The fund pays off what the venue owed.</summary>
    Recapitalisation = 25,
}
