using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What a book's cut into shards depends on, and nothing of whom it belongs to.</summary>
/// <param name="Tables">The keys and tiers of the statement.</param>
/// <param name="Accounts">At least 1.</param>
/// <param name="Entries">At least as many.</param>
/// <param name="Blocks">Rows that entries take: two items each.</param>
/// <param name="Values">Rows of amounts that are valued, at most: the debts and pledges of accounts that owe, and one
/// each for bad debt.</param>
/// <param name="FullestAccount">Blocks of the largest account.</param>
public sealed record BookSize(
    ShardTables Tables, int Accounts, long Entries, long Blocks, long Values, int FullestAccount)
{
    // Measured with four entries an account: 3.1 GB for four million accounts, where this says 3.3.
    const long ProcessBytes = 300L << 20;
    const long BytesPerEntry = 84;
    const long BytesPerAccount = 320;
    const long BytesPerPosition = 2 * NodeDigest.Bytes;
    const long WitnessBytesPerEntry = 56;
    const long WitnessBytesPerAccount = 200;

    /// <summary>About what the process takes besides the proof of a shard: the book, what is derived from it, the
    /// trees, and the witnesses of two shards.</summary>
    public long MemoryBytes(TreeShape tree)
    {
        var witness = (Entries * WitnessBytesPerEntry) + (Accounts * WitnessBytesPerAccount);
        return ProcessBytes + (Entries * BytesPerEntry) + (Accounts * BytesPerAccount)
            + (tree.Positions * BytesPerPosition) + (witness * Math.Min(2, tree.ShardCount) / tree.ShardCount);
    }

    /// <summary>The size of a book that was checked.</summary>
    public static BookSize Of(Book book, ShardTables tables)
    {
        var (values, blocks, fullest) = (0L, 0L, 0);
        for (var account = 0; account < book.Accounts; account++)
        {
            var (debts, pledges) = (0, 0);
            var entries = book.EntriesOf(account);
            foreach (ref readonly var entry in entries)
            {
                if (entry.Debt != 0) debts++;
                if (entry.Equity != 0 && EntryKey.Pool(entry.Key) > 0) pledges++;
            }

            if (debts > 0) values += (ValueTable.ItemRows * (debts + pledges)) + 1;
            var own = AccountItems.Blocks(AccountItems.Of(entries));
            blocks += own;
            fullest = Math.Max(fullest, own);
        }

        return new(tables, book.Accounts, book.Entries, blocks, values, fullest);
    }

    /// <summary>What the fullest of so many shards has to hold, or hardly ever more.</summary>
    /// <param name="shards">1 or more.</param>
    /// <param name="height">g.</param>
    /// <remarks>Positions are random, so shards are not equally full. Sizes of accounts vary about as much as they are
    /// large: four standard deviations, and the largest account on top.</remarks>
    public ShardRows Fullest(int shards, int height)
    {
        var units = Share(Entries) + (ValueTable.DebtUnits * Share(Values) / ValueTable.ItemRows);
        var sums = 1 + Tables.Assets + (units / ShardPlan.BlockMax);
        return new(Share(Blocks), height, sums, Share(Values));

        long Share(long rows)
        {
            if (shards == 1 || rows == 0) return rows;
            var mean = (double)rows / shards;
            var perAccount = Math.Max(1, (double)rows / Accounts);
            return Math.Min(rows, (long)(mean + (4 * Math.Sqrt(mean * 2 * perAccount))) + FullestAccount + 1);
        }
    }
}
