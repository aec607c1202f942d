using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Top;

/// <summary>The rows of <see cref="ReserveTable"/>.</summary>
static class ReserveRows
{
    /// <summary>Refuses totals that the reserves do not cover.</summary>
    /// <exception cref="WitnessException">Names the asset.</exception>
    public static void CheckCovered(NodeTotals totals, TopReserves reserves)
    {
        for (var i = 0; i < reserves.Assets.Count; i++)
        {
            var (total, reserve) = (totals.Assets[i], reserves.Assets[i]);
            var need = (BigInteger)total.Equity + reserve.Insurance - reserve.Amount;
            if (need > total.Debt || need > reserve.NettingCap)
            {
                throw new WitnessException(
                    HostReason.HostReserves,
                    $"asset {i} is owed {need} more than its reserves less its insurance; debts are {total.Debt} and "
                    + $"may stand in for {reserve.NettingCap}");
            }
        }

        if (totals.BadDebt > reserves.BadDebtBound)
        {
            throw new WitnessException(
                HostReason.HostReserves,
                $"bad debt of {totals.BadDebt} is more than the insurance of {reserves.BadDebtBound} (in 1/10000)");
        }
    }

    /// <summary>Writes the rows and counts their limbs.</summary>
    public static Matrix Write(NodeTotals totals, TopReserves reserves, long rows, LookupCounts counts)
    {
        var trace = new Matrix(rows, ReserveTable.Width);
        var first = trace.Row(0);
        first[ReserveTable.IsFirst] = KoalaBear.One;
        Write(first, ReserveTable.Totals, totals.BadDebt, TreeTable.Limbs);
        Write(first, ReserveTable.Published, reserves.BadDebtBound, TopBuses.BoundWords);
        Write(first, ReserveTable.Slack, reserves.BadDebtBound - totals.BadDebt, TreeTable.Limbs);
        Count(first, counts);
        for (var i = 0; i < reserves.Assets.Count; i++)
        {
            var row = trace.Row(1 + i);
            var (total, reserve) = (totals.Assets[i], reserves.Assets[i]);
            var free = (BigInteger)reserve.Amount - reserve.Insurance;
            row[ReserveTable.IsAsset] = KoalaBear.One;
            row[ReserveTable.Id] = KoalaBear.From((uint)i + 1);
            Amount(row, ReserveTable.Totals + TreeTable.EquityLimb, total.Equity);
            Amount(row, ReserveTable.Totals + TreeTable.DebtLimb, total.Debt);
            Amount(row, ReserveTable.Published, free);
            Amount(row, ReserveTable.Published + ReserveTable.AmountLimbs, reserve.NettingCap);
            Amount(row, ReserveTable.Slack, free + total.Debt - total.Equity);
            Amount(row, ReserveTable.Slack + ReserveTable.AmountLimbs, free + reserve.NettingCap - total.Equity);
            Count(row, counts);
        }

        return trace;
    }

    static void Amount(Span<KoalaBear> row, int at, BigInteger value) =>
        Write(row, at, value, ReserveTable.AmountLimbs);

    static void Write(Span<KoalaBear> row, int at, BigInteger value, int count)
    {
        Span<uint> limbs = stackalloc uint[TreeTable.Limbs];
        Limbs.Wrap(value, RangeTable.LimbBits, limbs[..count]);
        for (var j = 0; j < count; j++) row[at + j] = KoalaBear.From(limbs[j]);
    }

    static void Count(ReadOnlySpan<KoalaBear> row, LookupCounts counts)
    {
        for (var j = 0; j < TreeTable.Limbs; j++) counts.Fifteen(row[ReserveTable.Slack + j].ToUInt32());
    }
}
