using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Which accounts lie in which shard, by ascending position.</summary>
public sealed class ShardIndex
{
    readonly int[] _accounts;
    readonly int[] _starts;

    ShardIndex(int[] accounts, int[] starts) => (_accounts, _starts) = (accounts, starts);

    /// <summary>Sorts accounts by their positions, which are distinct.</summary>
    public static ShardIndex Of(ReadOnlySpan<int> positions, TreeShape tree)
    {
        var keys = positions.ToArray();
        var accounts = new int[keys.Length];
        for (var i = 0; i < accounts.Length; i++) accounts[i] = i;
        Array.Sort(keys, accounts);

        var starts = new int[tree.ShardCount + 1];
        for (var i = 0; i < keys.Length; i++)
        {
            Check.That(keys[i] >= 0 && keys[i] < tree.Positions && (i == 0 || keys[i - 1] < keys[i]));
            starts[(keys[i] >> tree.ShardHeight) + 1]++;
        }

        for (var shard = 0; shard < tree.ShardCount; shard++) starts[shard + 1] += starts[shard];
        return new(accounts, starts);
    }

    /// <summary>Shards.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The accounts of a shard.</summary>
    public ReadOnlySpan<int> AccountsOf(int shard) =>
        _accounts.AsSpan(_starts[shard], _starts[shard + 1] - _starts[shard]);

    /// <summary>Entries and accounts of a shard: rows of its entry table.</summary>
    public long Rows(Book book, int shard)
    {
        long rows = 0;
        foreach (var account in AccountsOf(shard)) rows += 1 + book.EntriesOf(account).Length;
        return rows;
    }

    /// <summary>Rows of the fullest shard.</summary>
    public long RowsMax(Book book)
    {
        long most = 0;
        for (var shard = 0; shard < Count; shard++) most = Math.Max(most, Rows(book, shard));
        return most;
    }
}
