using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>What the tables of a shard say to each other (specs/41-circuits.md section 5).</summary>
sealed class ShardBuses
{
    /// <summary>Weights of a sum: how many units of 2^15 a limb may have, then up to sixteen limbs.</summary>
    public const int SumWeights = 1 + (2 * TotalWords);

    /// <summary>Words of a total as the chain of hidden sums hashes it.</summary>
    public const int TotalWords = 8;

    /// <summary>key, kind, nine limbs of the weight, twelve of lo, twelve of the width, thirteen of the base, ratio.
    /// </summary>
    public const int TierWords = 49;

    /// <summary>A limb of fifteen bits.</summary>
    public Bus Fifteen { get; } = new(1, "fifteen bits", BusKind.Lookup, 1);

    /// <summary>(key, asset, rank) of the keys that the statement allows.</summary>
    public Bus Key { get; } = new(2, "keys", BusKind.Lookup, 3);

    /// <summary>Rows of the tier table.</summary>
    public Bus Tier { get; } = new(3, "tiers", BusKind.Lookup, TierWords);

    /// <summary>(level, digest): a node of the plain tree, from where it is made to its one parent; the hidden sums and
    /// the shard node, which the verifier takes.</summary>
    public Bus Node { get; } = new(4, "nodes", BusKind.Permutation, 1 + 8);

    /// <summary>(account, key, kind, x0, x1, x2): an amount that is valued; kind 0 a pledge, 1 a debt.</summary>
    public Bus Amount { get; } = new(5, "amounts", BusKind.Permutation, 6);

    /// <summary>(id, block): sums of limbs. id 0 is bad debt, 1 + i asset i; -1 - id is the total of id, as 1 and eight
    /// words, from the sums to the chain of hidden sums.</summary>
    public Bus Sum { get; } = new(6, "sums", BusKind.Sum, 2, SumWeights);

    /// <summary>The rows of the key table, for the verifier.</summary>
    public Bus PublicKeys { get; } = new(7, "public keys", BusKind.Permutation, 3);

    /// <summary>The rows of the tier table, for the verifier.</summary>
    public Bus PublicTiers { get; } = new(8, "public tiers", BusKind.Permutation, TierWords);

    /// <summary>All, in the order of their numbers.</summary>
    public IReadOnlyList<Bus> All =>
        [Fifteen, Key, Tier, Node, Amount, Sum, PublicKeys, PublicTiers];
}
