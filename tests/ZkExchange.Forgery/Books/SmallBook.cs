using System.Numerics;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Forgery.Books;

/// <summary>A book of a few customers, and the parts it is made of.</summary>
static class SmallBook
{
    /// <summary>2^90 - 1.</summary>
    public static readonly UInt128 Most = Amount.Limit - 1;

    /// <summary>Pools 1 and 2 are in use.</summary>
    public static readonly string[] Pools = ["loan", "futures", "", "", "", "", ""];

    /// <summary>Four assets: two with tiers, a coin without any, a coin of the exchange's own.</summary>
    public static IReadOnlyList<AssetDefinition> Assets { get; } =
    [
        Asset("GOLD", 2_000_000, new(1, 10_000_000, 9000), new(1, 40_000_000, 4000), new(2, 20_000_000, 8000)),
        Asset("SILVER", 25_000, new(1, 5_000_000, 10_000), new(2, 1_000_000, 6000)),
        Asset("COPPER", 3),
        Asset("OWN", 1_000_000),
    ];

    /// <summary>What the statement makes of them.</summary>
    public static ShardTables Tables { get; } = ShardTables.Of(Assets, Pools);

    /// <summary>An asset.</summary>
    public static AssetDefinition Asset(string symbol, UInt128 weight, params Tier[] tiers) => new(
        symbol, AssetClass.Native, 6, weight, "fixing", "2026-11-20T00:00:00Z", tiers);

    /// <summary>A free balance: equity and debt.</summary>
    public static AccountEntry Free(int asset, UInt128 equity, UInt128 debt = default) =>
        new(EntryKey.Of(asset, 0), equity, debt);

    /// <summary>A pledge in a pool.</summary>
    public static AccountEntry Pledge(int asset, int pool, UInt128 equity) =>
        new(EntryKey.Of(asset, pool), equity, 0);

    /// <summary>An account.</summary>
    public static ShardAccount Account(int position, params AccountEntry[] entries) => Owing(position, 0, entries);

    /// <summary>An account with declared bad debt, in 1/10000 of a value.</summary>
    public static ShardAccount Owing(int position, BigInteger badDebt, params AccountEntry[] entries) => new(
        position, NodeDigest.Of(500 + (uint)position, 1), Salt.Of(9, 8, 7, 100 + (uint)position), entries, badDebt);

    /// <summary>A shard of 2^height positions.</summary>
    public static ShardWitness Shard(int height, params ShardAccount[] accounts) =>
        new(height, accounts, Salt.Of(21, 22, 23, 24));

    /// <summary>Three customers of a shard of four: one rich, one with a loan, one with a lost loan.</summary>
    public static ShardWitness Honest { get; } = Shard(
        2,
        Account(0, Free(0, 12), Free(1, 345), Free(2, Most / 2)),
        Account(2, Free(1, 1, 40), Free(2, 5, 777), Pledge(0, 1, 9), Pledge(1, 2, 30)),
        Owing(3, 7_000_000_000, Free(0, 0, 1), Free(3, 5), Pledge(1, 1, 220)));
}
