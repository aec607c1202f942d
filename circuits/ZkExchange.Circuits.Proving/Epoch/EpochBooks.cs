using System.Numerics;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>A book that has its places: everything that is known before the statement is written.</summary>
/// <param name="Input">What the epoch is made of.</param>
/// <param name="AccountsById">The accounts in ascending order of their ids.</param>
/// <param name="Positions">Of each account, 0 .. k 2^g - 1.</param>
/// <param name="Shards">Which accounts lie in which shard.</param>
/// <param name="Accounts">Tags, salts and leaves.</param>
/// <param name="Shortfalls">Of the accounts below their haircuts, in 10^-4 of a value.</param>
/// <param name="Trees">The plain tree of each shard.</param>
/// <param name="Sums">The tree above them.</param>
public sealed record EpochBooks(
    EpochInput Input, int[] AccountsById, int[] Positions, ShardIndex Shards, AccountSecrets Accounts,
    IReadOnlyDictionary<int, BigInteger> Shortfalls, IReadOnlyList<PlainTree> Trees, SumTree Sums)
{
    /// <summary>The witness of the top.</summary>
    public TopWitness WitnessOfTop() => TopWitness.Of(Sums);

    /// <summary>The witness of a shard; made anew at every call, so that it lives no longer than its proof.</summary>
    public ShardWitness WitnessOf(int shard)
    {
        var shape = Sums.Shape;
        var members = Shards.AccountsOf(shard);
        var accounts = new ShardAccount[members.Length];
        for (var i = 0; i < accounts.Length; i++)
        {
            var account = members[i];
            accounts[i] = new(
                Positions[account] & ((1 << shape.ShardHeight) - 1), Accounts.Tags[account], Accounts.Salts[account],
                Input.Book.EntriesOf(account).ToArray(), Shortfalls.GetValueOrDefault(account));
        }

        return new(shape.ShardHeight, accounts, Sums.Level(shape.ShardHeight)[shard].Blind);
    }
}
