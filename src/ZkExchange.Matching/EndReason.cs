namespace ZkExchange.Matching;

/// <summary>Why a quantity left an order without trading.</summary>
public enum EndReason : byte
{
    None = 0,
    Filled = 1,
    Cancelled = 2,
    MassCancelled = 3,
    Expired = 4,
    ScheduledCancel = 5,
    ImmediateResidual = 6,
    SelfTrade = 7,
    GroupShrunk = 8,
    GroupEnded = 9,
    ReduceOnlyTrim = 10,
    Amended = 11,
    Replaced = 12,
    AuctionResidual = 13,
    VolatilityHalt = 14,
    AdmissionRefused = 15,
    InstrumentClosed = 16,
    RiskCancelled = 17,
}
