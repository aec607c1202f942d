namespace ZkExchange.Commitments;

/// <summary>What stands against the liabilities in one asset, each below 2^90.</summary>
/// <param name="Amount">R: the published reserves.</param>
/// <param name="Insurance">I, at most R: the fund set aside from them.</param>
/// <param name="NettingCap">C: how far debts of this asset may stand in for coins; 0 is gross.</param>
public readonly record struct ReserveAmounts(UInt128 Amount, UInt128 Insurance, UInt128 NettingCap);
