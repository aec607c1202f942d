using System.Numerics;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Top;

/// <summary>What the totals are compared with.</summary>
/// <param name="Assets">In asset order, I at most R.</param>
/// <param name="BadDebtBound">The most that bad debt may be, in 10^-4 of a value; below 2^240.</param>
public sealed record TopReserves(IReadOnlyList<ReserveAmounts> Assets, BigInteger BadDebtBound)
{
    /// <summary>The reserves of a statement; liabilities only: R = C = 2^90 - 1, I = 0, bad debt below 2^240.</summary>
    public static TopReserves Of(Statement statement) =>
        statement.Reserves is null ? None(statement.Assets.Count) : Of(statement.Reserves.Assets, statement.Assets);

    /// <summary>Reserves R, insurance I and caps C; the bound is 10^4 times the value of the insurance.</summary>
    public static TopReserves Of(IReadOnlyList<ReserveAmounts> reserves, IReadOnlyList<AssetDefinition> assets)
    {
        Fields.Check.That(reserves.Count == assets.Count);
        var insured = BigInteger.Zero;
        for (var i = 0; i < assets.Count; i++) insured += (BigInteger)reserves[i].Insurance * assets[i].Weight;
        return new(reserves, TierRow.RatioUnit * insured);
    }

    /// <summary>Values that compare with nothing.</summary>
    public static TopReserves None(int assets)
    {
        var free = new ReserveAmounts[assets];
        Array.Fill(free, new(Amount.Limit - 1, 0, Amount.Limit - 1));
        return new(free, (BigInteger.One << NodeTotals.BadDebtBits) - 1);
    }
}
