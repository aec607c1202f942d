namespace ZkExchange.Commitments;

/// <summary>The sums of one asset below a node, each below 2^90.</summary>
public readonly record struct AssetTotals(UInt128 Equity, UInt128 Debt)
{
    /// <summary>Both sums, which are in their range again only if they still fit.</summary>
    public static AssetTotals operator +(AssetTotals left, AssetTotals right) =>
        new(left.Equity + right.Equity, left.Debt + right.Debt);
}
