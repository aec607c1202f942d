namespace ZkExchange.Matching.Tests.Twin;

/// <summary>Where an order of the naive book is.</summary>
enum TwinPhase
{
    Held,
    Taking,
    Resting,
    Waiting,
    Woken,
}
