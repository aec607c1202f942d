using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The assets of an epoch with the scale that their values share.</summary>
/// <param name="Assets">In the order of the statement, 1 .. 65535.</param>
/// <param name="Pools">Seven names of the pools 1 .. 7, "" where a pool is not used.</param>
/// <param name="ValueScale">A value is 10^-ValueScale of the quote currency; 0 .. 60.</param>
/// <param name="ValueUnit">The name of the quote currency.</param>
public sealed record AssetTable(
    IReadOnlyList<AssetDefinition> Assets, IReadOnlyList<string> Pools, int ValueScale, string ValueUnit);
