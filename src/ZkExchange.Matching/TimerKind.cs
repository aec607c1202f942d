namespace ZkExchange.Matching;

/// <summary>What a book does when a time has come. Timers of one time run in this order, then by subject.</summary>
enum TimerKind : byte
{
    ExpireOrder = 0,
    CancelAccount = 1,
    EndCall = 2,
}
