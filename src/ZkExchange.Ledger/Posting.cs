namespace ZkExchange.Ledger;

/// <summary>
/// One movement: an amount leaves one account and reaches another of the same asset. Nothing else changes a balance.
/// </summary>
/// <param name="From">Falls by the amount.</param>
/// <param name="To">Rises by the amount.</param>
/// <param name="Amount">Above zero, below 2^90, in the asset's smallest unit.</param>
/// <param name="Reason">Why.</param>
public readonly record struct Posting(LedgerAccount From, LedgerAccount To, Int128 Amount, PostingReason Reason);
