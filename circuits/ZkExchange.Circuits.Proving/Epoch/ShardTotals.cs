using System.Numerics;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What lies in each shard.</summary>
static class ShardTotals
{
    const int AccountsPerPiece = 4096;

    /// <summary>Adds up a book that was checked, in the order of its accounts.</summary>
    /// <param name="input">The book, its assets and how many threads may work.</param>
    /// <param name="positions">Of each account.</param>
    /// <param name="shards">Which accounts lie in which shard.</param>
    /// <param name="tree">The shape of the tree.</param>
    /// <param name="shortfalls">Of the accounts below their haircuts.</param>
    /// <returns>The totals of each shard; sums that are too large for a statement are in them as they are.</returns>
    public static NodeTotals[] Of(
        EpochInput input, int[] positions, ShardIndex shards, TreeShape tree,
        IReadOnlyDictionary<int, BigInteger> shortfalls)
    {
        var assets = input.Table.Assets.Count;
        var sums = new AssetTotals[tree.ShardCount][];
        for (var shard = 0; shard < sums.Length; shard++) sums[shard] = new AssetTotals[assets];
        var gate = new Lock();
        Workers.Share(
            input.Book.Accounts, AccountsPerPiece, input.Threads, () => new AssetTotals[]?[sums.Length],
            (mine, from, to) =>
            {
                for (var account = (int)from; account < to; account++)
                {
                    ref var shard = ref mine[positions[account] >> tree.ShardHeight];
                    shard ??= new AssetTotals[assets];
                    foreach (ref readonly var entry in input.Book.EntriesOf(account))
                        shard[EntryKey.Asset(entry.Key)] += new AssetTotals(entry.Equity, entry.Debt);
                }
            },
            mine =>
            {
                // 2^24 accounts of 8 * 2^16 entries below 2^90 stay below 2^128: nothing wraps.
                lock (gate)
                {
                    for (var shard = 0; shard < sums.Length; shard++)
                        for (var i = 0; i < mine[shard]?.Length; i++) sums[shard][i] += mine[shard]![i];
                }
            });

        var badDebts = new BigInteger[sums.Length];
        foreach (var (account, shortfall) in shortfalls) badDebts[positions[account] >> tree.ShardHeight] += shortfall;
        var totals = new NodeTotals[sums.Length];
        for (var shard = 0; shard < totals.Length; shard++)
            totals[shard] = new((uint)shards.AccountsOf(shard).Length, badDebts[shard], sums[shard]);
        return totals;
    }
}
