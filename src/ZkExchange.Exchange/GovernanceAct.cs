namespace ZkExchange.Exchange;

/// <summary>What can be governed: the first byte of an act.</summary>
enum GovernanceAct : byte
{
    Parameters = 1,
    State = 2,
}
