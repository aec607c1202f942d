using System.Numerics;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Tests.Shard;

/// <summary>Small books to prove.</summary>
static class Book
{
    /// <summary>Pools 1 and 2 are named.</summary>
    public static readonly string[] Pools = ["loan", "margin", "", "", "", "", ""];

    /// <summary>Three assets; the first two have tiers in pools 1 and 2.</summary>
    public static IReadOnlyList<AssetDefinition> Assets { get; } =
    [
        Asset("BTC", 1_000_000, new(1, 50_000_000, 9500), new(1, 90_000_000, 5000), new(2, 70_000_000, 8000)),
        Asset("ETH", 30_000, new(1, 3_000_000, 10_000), new(2, 6_000_000, 7000), new(2, 9_000_000, 0)),
        Asset("USD", 1),
    ];

    /// <summary>The tables of <see cref="Assets"/>.</summary>
    public static ShardTables Tables { get; } = ShardTables.Of(Assets, Pools);

    /// <summary>An asset of class native.</summary>
    public static AssetDefinition Asset(string symbol, UInt128 weight, params Tier[] tiers) =>
        new(symbol, AssetClass.Native, 8, weight, "none", "2026-01-01T00:00:00Z", tiers);

    /// <summary>An account with a tag and a salt of its own.</summary>
    public static ShardAccount Account(int position, params AccountEntry[] entries) =>
        Lossy(position, BigInteger.Zero, entries);

    /// <summary>An account with declared bad debt.</summary>
    public static ShardAccount Lossy(int position, BigInteger badDebt, params AccountEntry[] entries) => new(
        position, NodeDigest.Of(1000 + (uint)position, 7), Salt.Of(11, 22, 33, (uint)position), entries, badDebt);

    /// <summary>The key of an asset in a pool.</summary>
    public static uint Key(int asset, int pool = 0) => EntryKey.Of(asset, pool);

    /// <summary>Two accounts: one with free balances, one with bad debt, pledges in two tiers and two debts.</summary>
    public static ShardWitness Small { get; } = Shard(
        2,
        Account(2, new(Key(0), 5, 0), new(Key(1), 7, 0), new(Key(0, 1), 3, 0)),
        Lossy(
            1, 40_000_000_000,
            new(Key(1), 1000, 5), new(Key(2), (UInt128.One << 90) - 1, 500_000),
            new(Key(0, 1), 60, 0), new(Key(1, 2), 250, 0)));

    /// <summary>A shard of 2^height positions.</summary>
    public static ShardWitness Shard(int height, params ShardAccount[] accounts) =>
        new(height, accounts, Salt.Of(5, 6, 7, 8));
}
