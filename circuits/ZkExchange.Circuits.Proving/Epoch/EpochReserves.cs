using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What is set against the liabilities.</summary>
/// <param name="Assets">Reserves, fund and cap of each asset.</param>
/// <param name="Rows">The rows of the report, whose amounts add up to the reserves of each asset.</param>
/// <param name="Time">When they were counted.</param>
public sealed record EpochReserves(
    IReadOnlyList<ReserveAmounts> Assets, IReadOnlyList<ReserveRow> Rows, string Time);
