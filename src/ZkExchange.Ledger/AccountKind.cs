namespace ZkExchange.Ledger;

/// <summary>What a ledger account is for. Customers' money and the house's never share one.</summary>
public enum AccountKind : byte
{
    None = 0,

    /// <summary>A customer's money that nothing is held against.</summary>
    Free = 1,

    /// <summary>A customer's collateral for what it has borrowed.</summary>
    Pledged = 2,

    /// <summary>A customer's money behind its open spot orders.</summary>
    InOrder = 3,

    /// <summary>What a customer owes: never above zero.</summary>
    Debt = 4,

    /// <summary>A customer's money on its way out.</summary>
    Withdrawing = 5,

    /// <summary>A customer's money behind one isolated position.</summary>
    Isolated = 6,

    /// <summary>The venue's income.</summary>
    Fees = 16,

    /// <summary>What rounding leaves: never below zero, and it never falls.</summary>
    Rounding = 17,

    /// <summary>The fund that pays what liquidations cannot.</summary>
    Insurance = 18,

    /// <summary>Money whose owner is not known yet.</summary>
    Suspense = 19,

    /// <summary>The middle of all trades in one contract: minus the cost of all open positions.</summary>
    Clearing = 20,

    /// <summary>The middle of one contract's funding payments.</summary>
    Funding = 21,

    /// <summary>Losses that nobody could pay: never above zero.</summary>
    Deficit = 22,

    /// <summary>The outside: minus what reserves must cover.</summary>
    External = 23,
}
