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
        // Distinct positions below a bound sort themselves: what lies where, then what is there from left to right.
        Check.That(positions.Length <= tree.Positions && tree.Positions < int.MaxValue);
        var owners = new int[tree.Positions];                  // the account, plus one
        for (var account = 0; account < positions.Length; account++)
        {
            Check.That(owners[positions[account]] == 0);
            owners[positions[account]] = account + 1;
        }

        var accounts = new int[positions.Length];
        var starts = new int[tree.ShardCount + 1];
        var taken = 0;
        for (var position = 0; position < owners.Length; position++)
        {
            if (owners[position] == 0) continue;
            accounts[taken++] = owners[position] - 1;
            starts[(position >> tree.ShardHeight) + 1]++;
        }

        for (var shard = 0; shard < tree.ShardCount; shard++) starts[shard + 1] += starts[shard];
        return new(accounts, starts);
    }

    /// <summary>Shards.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The accounts of a shard.</summary>
    public ReadOnlySpan<int> AccountsOf(int shard) =>
        _accounts.AsSpan(_starts[shard], _starts[shard + 1] - _starts[shard]);

    /// <summary>Blocks of the accounts of a shard: rows of its entry table.</summary>
    public long Rows(Book book, int shard)
    {
        long rows = 0;
        foreach (var account in AccountsOf(shard))
            rows += AccountItems.Blocks(AccountItems.Of(book.EntriesOf(account)));

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
