using ZkExchange.Circuits.Parts;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>What is proven about one shard (specs/41-circuits.md): its tree holds well-formed accounts and nothing
/// else, its hidden sums are theirs, and none owes more than it has pledged or than is declared as bad debt.</summary>
public static class ShardCircuit
{
    /// <summary>The first table of the key: the hidden sums, then accounts, two items a row.</summary>
    public const int EntryTableIndex = 0;

    /// <summary>Inner nodes of the plain tree, and the shard node.</summary>
    public const int NodeTableIndex = 1;

    /// <summary>Totals.</summary>
    public const int SumTableIndex = 2;

    /// <summary>Valued amounts; may be absent.</summary>
    public const int ValueTableIndex = 3;

    /// <summary>The keys of the statement.</summary>
    public const int KeyTableIndex = 4;

    /// <summary>The tiers of the statement.</summary>
    public const int TierTableIndex = 5;

    /// <summary>Limbs.</summary>
    public const int RangeTableIndex = 6;

    /// <summary>How many tables there are.</summary>
    public const int TableCount = 7;

    /// <summary>The key of every shard's proof, whatever profile.</summary>
    public static VerifyingKey Key { get; } = VerifyingKey.Of(Build());

    /// <summary>The constraints.</summary>
    public static Circuit Definition => Key.Circuit;

    static Circuit Build()
    {
        var buses = new ShardBuses();
        return new(
            "shard",
            [
                EntryTable.Build(buses),
                NodeTable.Build(buses),
                SumTable.Build(buses),
                ValueTable.Build(buses),
                KeyTable.Build(buses),
                TierTable.Build(buses),
                RangeTable.Build(buses.Fifteen),
            ],
            buses.All,
            ShardPublic.Count,
            [
                new(buses.PublicKeys, Direction.Receive), new(buses.PublicTiers, Direction.Receive),
                new(buses.Node, Direction.Receive),
            ]);
    }
}
