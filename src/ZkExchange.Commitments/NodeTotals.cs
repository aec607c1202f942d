using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>What lies below a node of the upper tree: number of accounts, declared bad debt, sums per asset.</summary>
/// <param name="Accounts">Below 2^30.</param>
/// <param name="BadDebt">In 10^-4 of a value, below 2^240.</param>
/// <param name="Assets">One for each asset of the table, in its order.</param>
public sealed record NodeTotals(uint Accounts, BigInteger BadDebt, IReadOnlyList<AssetTotals> Assets)
{
    /// <summary>Bad debt is below 2^240.</summary>
    public const int BadDebtBits = 240;

    /// <summary>Numbers of accounts are below 2^30.</summary>
    public const int AccountsBits = 30;

    /// <summary>The totals of nothing.</summary>
    public static NodeTotals Zero(int assets) => new(0, BigInteger.Zero, new AssetTotals[assets]);

    /// <summary>True if every number is in its range: only such totals are hashed or proven.</summary>
    public bool IsValid =>
        Accounts < 1u << AccountsBits && BadDebt.Sign >= 0 && BadDebt.GetBitLength() <= BadDebtBits
        && Assets.All(asset => Amount.IsValid(asset.Equity) && Amount.IsValid(asset.Debt));

    /// <summary>The sums, which are valid again only if they still fit.</summary>
    public static NodeTotals operator +(NodeTotals left, NodeTotals right)
    {
        Check.That(left.Assets.Count == right.Assets.Count);
        var assets = new AssetTotals[left.Assets.Count];
        for (var i = 0; i < assets.Length; i++) assets[i] = left.Assets[i] + right.Assets[i];
        return new(left.Accounts + right.Accounts, left.BadDebt + right.BadDebt, assets);
    }
}
