namespace ZkExchange.Exchange;

/// <summary>What the outside may ask. Part of the journal's format: append, never renumber.</summary>
public enum CommandKind : byte
{
    None = 0,

    /// <summary>Nothing but time.</summary>
    Tick = 1,
    OpenAccount = 2,
    Deposit = 3,
    RequestWithdrawal = 4,
    ConfirmWithdrawal = 5,
    CancelWithdrawal = 6,
    Transfer = 7,

    /// <summary>Amount above zero: free becomes pledged; below zero: back.</summary>
    Pledge = 8,
    Borrow = 9,
    Repay = 10,

    /// <summary>Amount above zero: into the insurance fund from outside.</summary>
    FundInsurance = 11,

    /// <summary>Amount above zero: into an isolated position; below zero: out of it.</summary>
    MoveIsolated = 12,

    PlaceOrder = 20,
    PlaceGroup = 21,
    CancelOrder = 22,
    AmendOrder = 23,
    CancelAll = 24,
    ScheduleCancel = 25,

    Price = 40,
    Govern = 41,
}
