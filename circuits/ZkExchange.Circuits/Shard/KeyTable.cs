using ZkExchange.Circuits.Parts;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The keys that the statement allows (specs/41-circuits.md section 11): content public, lookups hidden.
/// </summary>
static class KeyTable
{
    /// <summary>1 in rows that hold a key.</summary>
    public const int IsReal = 0;

    /// <summary>Key, asset, rank: the words of a public message.</summary>
    public const int Content = 1;

    /// <summary>Words of the content.</summary>
    public const int Words = 3;

    /// <summary>How often the row was looked up.</summary>
    public const int Count = Content + Words;

    /// <summary>Columns.</summary>
    public const int Width = Count + 1;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses) =>
        PublicTable.Build("key", Words, buses.Key, buses.PublicKeys);
}
