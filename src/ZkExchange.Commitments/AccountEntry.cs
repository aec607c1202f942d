namespace ZkExchange.Commitments;

/// <summary>What an account holds and owes under one key, in the asset's smallest units.</summary>
/// <param name="Key">assetIndex + 2^16 * pool; strictly ascending inside an account.</param>
/// <param name="Equity">Below 2^90.</param>
/// <param name="Debt">Below 2^90.</param>
public readonly record struct AccountEntry(uint Key, UInt128 Equity, UInt128 Debt);
