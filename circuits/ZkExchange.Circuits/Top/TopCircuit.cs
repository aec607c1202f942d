using ZkExchange.Circuits.Parts;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Top;

/// <summary>What is proven about the top of the tree (specs/41-circuits.md): the root holds exactly the statement's
/// shards under sums that add up, and equity is covered asset by asset.</summary>
public static class TopCircuit
{
    /// <summary>The first table of the key: the nodes from the shards to the root.</summary>
    public const int TreeTableIndex = 0;

    /// <summary>The comparison with the reserves.</summary>
    public const int ReserveTableIndex = 1;

    /// <summary>Limbs.</summary>
    public const int RangeTableIndex = 2;

    /// <summary>How many tables there are.</summary>
    public const int TableCount = 3;

    /// <summary>The key of the top proof, whatever profile.</summary>
    public static VerifyingKey Key { get; } = VerifyingKey.Of(Build());

    /// <summary>The constraints.</summary>
    public static Circuit Definition => Key.Circuit;

    static Circuit Build()
    {
        var buses = new TopBuses();
        return new(
            "top",
            [TreeTable.Build(buses), ReserveTable.Build(buses), RangeTable.Build(buses.Fifteen)],
            buses.All,
            TopPublic.Count,
            [
                new(buses.PublicShards, Direction.Send),
                new(buses.PublicReserves, Direction.Send),
                new(buses.PublicBound, Direction.Send),
                new(buses.PublicTotals, Direction.Receive),
                new(buses.PublicBadDebt, Direction.Receive),
            ]);
    }
}
