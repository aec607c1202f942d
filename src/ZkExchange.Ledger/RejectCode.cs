namespace ZkExchange.Ledger;

/// <summary>Why a command changed nothing. Part of the event format: append within a band, never renumber.</summary>
/// <remarks>
/// The bands follow the order of the checks (specs/70-exchange-core.md section 3), so the first that fails is the
/// answer.
/// </remarks>
public enum RejectCode : byte
{
    None = 0,

    // Names nobody has, or somebody else has.
    UnknownInstrument = 1,
    UnknownAccount = 2,
    UnknownOrder = 3,
    NotOwner = 4,
    AlreadyFilled = 5,
    AlreadyCancelled = 6,
    NotLive = 7,
    DuplicateClientId = 8,
    UnknownAsset = 9,

    // A command that contradicts itself.
    MalformedCommand = 10,
    InvalidCombination = 11,
    TimeWentBackwards = 12,
    DuplicateName = 13,

    // The instrument's state.
    InstrumentHalted = 20,
    PostOnlyState = 21,
    ReduceOnlyState = 22,
    NotInCall = 23,
    OnlyInCall = 24,
    InstrumentClosed = 25,

    // Ticks, lots, limits.
    PriceOffTick = 30,
    PriceTooHigh = 31,
    QuantityOffLot = 32,
    QuantityTooSmall = 33,
    QuantityTooLarge = 34,
    NotionalTooSmall = 35,
    NotionalTooLarge = 36,
    ExpiryOutOfRange = 37,
    TooManySlices = 38,
    TooManyOrders = 39,

    // The market as it stands.
    NoReferencePrice = 40,
    OutsidePriceBand = 41,
    WouldTriggerImmediately = 42,
    ReduceOnlyWouldIncrease = 50,
    PostOnlyWouldCross = 51,
    FillOrKillUnfilled = 52,
    MinimumQuantityUnmet = 53,
    NotAmendable = 54,

    // Money and risk.
    InsufficientBalance = 60,
    InsufficientMargin = 61,
    AccountNotHealthy = 62,
    AmountOutOfRange = 63,
    ArithmeticRange = 64,
    MarginModelMissing = 65,
    OpenInterestCap = 66,
    PriceNotValid = 67,
    WithdrawalGateClosed = 68,
    DebtLimit = 69,

    // Money on its way in and out, and governance.
    UnknownTransfer = 80,
    TransferAlreadyDone = 81,
    IdempotencyConflict = 82,
    UnknownProposal = 83,
    TimelockRunning = 84,
    NotEnoughSignatures = 85,
    InvalidSignature = 86,
    ParameterOutOfRange = 87,
    NotAuthorised = 88,
    UnknownSource = 89,
}
