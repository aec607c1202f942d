using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Top;

/// <summary>What the tables of the top proof say to each other (specs/41-circuits.md section 12).</summary>
sealed class TopBuses
{
    /// <summary>Sixteen limbs of a total, then accounts.</summary>
    public const int TotalWeights = 17;

    /// <summary>Index, six limbs of R - I, six limbs of C.</summary>
    public const int ReserveWords = 13;

    /// <summary>Sixteen limbs.</summary>
    public const int BoundWords = 16;

    /// <summary>Index, three words of equity, three of debt.</summary>
    public const int DisclosedWords = 7;

    /// <summary>A limb of fifteen bits.</summary>
    public Bus Fifteen { get; } = new(1, "fifteen bits", BusKind.Lookup, 1);

    /// <summary>(level, index, digest): a node, from where it is sealed to its parent.</summary>
    public Bus Node { get; } = new(2, "nodes", BusKind.Permutation, 2 + 8);

    /// <summary>(level, index, id): the totals of the children of a node; id 0 is bad debt and accounts, 1 + i asset i.
    /// </summary>
    public Bus Total { get; } = new(3, "totals", BusKind.Sum, 3, TotalWeights);

    /// <summary>(s, shard node), from the verifier.</summary>
    public Bus PublicShards { get; } = new(4, "public shards", BusKind.Permutation, 1 + 8);

    /// <summary>(i, R - I, C), from the verifier.</summary>
    public Bus PublicReserves { get; } = new(5, "public reserves", BusKind.Permutation, ReserveWords);

    /// <summary>The most that bad debt may be, from the verifier.</summary>
    public Bus PublicBound { get; } = new(6, "public bound", BusKind.Permutation, BoundWords);

    /// <summary>(i, E, D), to the verifier where the totals are disclosed.</summary>
    public Bus PublicTotals { get; } = new(7, "public totals", BusKind.Permutation, DisclosedWords);

    /// <summary>Bad debt, to the verifier where the totals are disclosed.</summary>
    public Bus PublicBadDebt { get; } = new(8, "public bad debt", BusKind.Permutation, 8);

    /// <summary>All, in the order of their numbers.</summary>
    public IReadOnlyList<Bus> All =>
        [Fifteen, Node, Total, PublicShards, PublicReserves, PublicBound, PublicTotals, PublicBadDebt];
}
