namespace ZkExchange.Commitments;

/// <summary>The sums of one asset below a node, each below 2^90.</summary>
public readonly record struct AssetTotals(UInt128 Equity, UInt128 Debt);
