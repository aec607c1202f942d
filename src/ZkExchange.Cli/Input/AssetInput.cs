using ZkExchange.Circuits.Proving.Epoch;

namespace ZkExchange.Cli.Input;

/// <summary>An asset file as read.</summary>
/// <param name="Table">The assets, as the statement lists them.</param>
/// <param name="Insurance">Per asset, the fund set aside, in smallest units.</param>
/// <param name="NettingCaps">Per asset, how far debts may stand in for coins, in smallest units.</param>
sealed record AssetInput(AssetTable Table, IReadOnlyList<UInt128> Insurance, IReadOnlyList<UInt128> NettingCaps);
