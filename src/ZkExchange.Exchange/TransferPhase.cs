namespace ZkExchange.Exchange;

/// <summary>How far a movement of money has come.</summary>
enum TransferPhase : byte
{
    Pending = 1,
    Done = 2,
    Cancelled = 3,
}
