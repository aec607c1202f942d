using System.Numerics;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>What an account owes against what it pledged (specs/40-statements.md section 4 d).</summary>
public static class Valuation
{
    /// <summary>10^4 times the value of the debts minus the value of the pledges after haircut, or 0 if that is
    /// negative.
    /// </summary>
    /// <param name="entries">Of one account, with keys of the statement.</param>
    /// <param name="tables">The statement's assets and tiers.</param>
    public static BigInteger Shortfall(ReadOnlySpan<AccountEntry> entries, ShardTables tables)
    {
        var balance = BigInteger.Zero;
        foreach (ref readonly var entry in entries)
        {
            if (entry.Debt > 0) balance -= Debt(entry, tables);
            if (TryPledge(entry, tables, out _, out var counts)) balance += counts;
        }

        return balance.Sign < 0 ? -balance : BigInteger.Zero;
    }

    /// <summary>The value owed, in 10^-4.</summary>
    internal static BigInteger Debt(in AccountEntry entry, ShardTables tables) =>
        TierRow.RatioUnit * Value(entry.Debt, tables.Tiers[ShardTables.DebtTier(EntryKey.Asset(entry.Key))]);

    /// <summary>What the entry counts for as a pledge, in 10^-4; false if it counts for nothing.</summary>
    internal static bool TryPledge(in AccountEntry entry, ShardTables tables, out int tier, out BigInteger counts)
    {
        (tier, counts) = (-1, BigInteger.Zero);
        if (entry.Equity == 0 || EntryKey.Pool(entry.Key) == 0) return false;

        var value = Value(entry.Equity, tables.Tiers[ShardTables.DebtTier(EntryKey.Asset(entry.Key))]);
        tier = tables.PledgeTier(entry.Key, value);
        if (tier < 0) return false;

        counts = tables.Tiers[tier].Counts(value);
        return counts.Sign > 0;
    }

    internal static BigInteger Value(UInt128 amount, TierRow tier) => (BigInteger)amount * tier.Weight;
}
