namespace ZkExchange.Matching;

/// <summary>An amendment that has passed the checks.</summary>
/// <param name="Id">The order.</param>
/// <param name="Effect">What happens to it.</param>
/// <param name="Request">For a replacement, the order that takes its place.</param>
/// <param name="Terms">For a replacement, its terms.</param>
/// <param name="Lots">For the other effects, the lots it loses.</param>
public readonly record struct AmendPlan(ulong Id, AmendEffect Effect, OrderRequest Request, OrderTerms Terms,
    long Lots);
