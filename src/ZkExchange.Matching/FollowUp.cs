namespace ZkExchange.Matching;

/// <summary>A woken order that asks to be admitted, as if it had just been placed.</summary>
/// <param name="Id">The order.</param>
/// <param name="Request">What it has become.</param>
/// <param name="Terms">On which terms.</param>
public readonly record struct FollowUp(ulong Id, OrderRequest Request, OrderTerms Terms);
