namespace ZkExchange.Exchange;

/// <summary>What the venue itself says, beside what its books and its ledger say.</summary>
public enum NoticeKind : byte
{
    None = 0,
    AccountOpened = 1,

    /// <summary>Price is the new mark in 32.16 ticks, Amount the index.</summary>
    MarkChanged = 2,

    /// <summary>Amount is the rate in millionths.</summary>
    FundingRate = 3,

    /// <summary>A pool is below maintenance margin: Amount is its equity, Other its maintenance margin.</summary>
    LiquidationStarted = 4,

    /// <summary>Price is the zero price, Amount the lots sent to the book.</summary>
    LiquidationOrder = 5,

    /// <summary>Account is who gives way, Amount its lots, Other its score.</summary>
    Deleveraged = 6,

    /// <summary>An account has paid with its collateral, or somebody else has.</summary>
    ClosedOut = 7,

    /// <summary>Price is the settlement price in 32.16 ticks.</summary>
    Settled = 8,

    /// <summary>Amount is the version.</summary>
    ParametersActivated = 9,

    /// <summary>Amount is the number of signers so far.</summary>
    Approved = 10,

    /// <summary>The insurance fund has taken lots of an account: Amount lots, Other their quote.</summary>
    TakenOver = 11,

    /// <summary>Who was next to give way and would have become illegal: Amount its equity then, Other its initial
    /// margin.</summary>
    DeleverageSkipped = 12,

    /// <summary>Nobody was left to give way, so the fund took what it cannot bear: Amount lots, Other its equity
    /// then.</summary>
    TakenAsLastResort = 13,

    /// <summary>The fund sells what it holds: Price is the limit, Amount the lots.</summary>
    FundOrder = 14,
}
