// The solvency rule of one account (specs/40-statements.md sections 4 d and 9): 10^4 times the value of its debts is at
// most the value of what it pledges, after haircuts. Everything is an integer, nothing is rounded.

using System.Numerics;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What an account's pledges count for, and what it owes, in 10^-4 of a value.</summary>
public static class Collateral
{
    /// <summary>Ratios are in 1/10000, so values are compared ten thousand times as fine.</summary>
    public const int RatioScale = 10_000;

    /// <summary>The tiered value of all pledges: the entries of pools 1 to 7.</summary>
    public static BigInteger TieredValue(AssetTable table, ReadOnlySpan<AccountEntry> entries)
    {
        var sum = BigInteger.Zero;
        foreach (ref readonly var entry in entries)
        {
            var pool = EntryKey.Pool(entry.Key);
            if (pool == 0 || entry.Equity == 0) continue;
            var asset = table.Assets[EntryKey.Asset(entry.Key)];
            sum += TieredValue(asset.Tiers, pool, (BigInteger)entry.Equity * asset.Weight);
        }

        return sum;
    }

    /// <summary>The value of all debts, times 10^4.</summary>
    public static BigInteger DebtValue(AssetTable table, ReadOnlySpan<AccountEntry> entries)
    {
        var sum = BigInteger.Zero;
        foreach (ref readonly var entry in entries)
            if (entry.Debt > 0) sum += (BigInteger)entry.Debt * table.Assets[EntryKey.Asset(entry.Key)].Weight;

        return sum * RatioScale;
    }

    /// <summary>By how much debts exceed the pledges; 0 for a healthy account.</summary>
    public static BigInteger Shortfall(AssetTable table, ReadOnlySpan<AccountEntry> entries)
    {
        var debts = DebtValue(table, entries);
        if (debts.IsZero) return debts;
        var shortfall = debts - TieredValue(table, entries);
        return shortfall.Sign > 0 ? shortfall : BigInteger.Zero;
    }

    /// <summary>Sum over a pool's tiers of ratio * (min(v, upTo) - min(v, upTo before)), and no more.</summary>
    public static BigInteger TieredValue(IReadOnlyList<Tier> tiers, int pool, BigInteger value)
    {
        var (sum, before) = (BigInteger.Zero, BigInteger.Zero);
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            if (tier.Pool != pool) continue;
            var end = BigInteger.Min(value, tier.UpTo);
            if (end <= before) break;
            sum += tier.Ratio * (end - before);
            before = tier.UpTo;
        }

        return sum;
    }
}
