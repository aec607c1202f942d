namespace ZkExchange.Matching;

/// <summary>
/// What a request comes to against the book as it stands: the answer of the checks that change nothing.
/// </summary>
/// <param name="Limit">The worst price it may trade at, in ticks: its own, or the protection price of a market
/// order.</param>
/// <param name="Quantity">Lots it may trade, after the reduce-only clamp.</param>
/// <param name="Waits">It sleeps first, and holds nothing until it wakes.</param>
public readonly record struct OrderTerms(uint Limit, long Quantity, bool Waits);
