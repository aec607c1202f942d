using ZkExchange.Circuits.Parts;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>How amounts are valued (specs/41-circuits.md section 11): content public, lookups hidden.</summary>
static class TierTable
{
    /// <summary>1 in rows that hold a tier.</summary>
    public const int IsReal = 0;

    /// <summary>The words of a public message.</summary>
    public const int Content = 1;

    /// <summary>How often the row was looked up.</summary>
    public const int Count = Content + ShardBuses.TierWords;

    /// <summary>Columns.</summary>
    public const int Width = Count + 1;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses) =>
        PublicTable.Build("tier", ShardBuses.TierWords, buses.Tier, buses.PublicTiers);
}
