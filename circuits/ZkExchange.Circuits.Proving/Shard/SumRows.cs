using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="SumTable"/>.</summary>
static class SumRows
{
    const uint LimbMask = (1u << RangeTable.LimbBits) - 1;

    /// <summary>Writes the rows and counts their limbs.</summary>
    public static Matrix Write(SumBlocks sums, long rows, LookupCounts counts)
    {
        var trace = new Matrix(rows, SumTable.Width);
        var at = 0;
        Span<uint> totals = stackalloc uint[SumTable.Limbs];
        for (var id = 0; id < sums.Ids; id++)
        {
            totals.Clear();
            for (var block = 0; block < sums.Of(id).Count; block++, at += SumTable.BlockRows)
            {
                var upper = trace.Row(at);
                var lower = trace.Row(at + 1);
                upper[SumTable.IsUpper] = KoalaBear.One;
                lower[SumTable.IsLower] = KoalaBear.One;
                if (block == sums.Of(id).Count - 1) lower[SumTable.IsLast] = KoalaBear.One;
                lower[SumTable.Count] = KoalaBear.From((uint)sums.Of(id)[block].Count);
                counts.Fifteen((uint)sums.Of(id)[block].Count);
                var carry = WriteLimbs(sums.Of(id)[block].Sums, totals, 0, 0, lower, counts);
                WriteLimbs(sums.Of(id)[block].Sums, totals, SumTable.RowLimbs, carry, upper, counts);
                for (var r = at; r < at + SumTable.BlockRows; r++)
                {
                    trace[r, SumTable.Id] = KoalaBear.From((uint)id);
                    trace[r, SumTable.Block] = KoalaBear.From((uint)block);
                    if (id == 0) trace[r, SumTable.IsBadDebt] = KoalaBear.One;
                }
            }
        }

        return trace;
    }

    // The total of the block before is one contribution more. Returns the carry of the last limb.
    static uint WriteLimbs(
        uint[] sums, Span<uint> totals, int first, uint carry, Span<KoalaBear> row, LookupCounts counts)
    {
        row[SumTable.CarryIn] = KoalaBear.From(carry);
        for (var j = 0; j < SumTable.RowLimbs; j++)
        {
            var sum = sums[first + j] + totals[first + j];     // < 2^30 - 2^15
            row[SumTable.Sums + j] = KoalaBear.From(sum);
            totals[first + j] = (sum + carry) & LimbMask;
            carry = (sum + carry) >> RangeTable.LimbBits;
            row[SumTable.Totals + j] = KoalaBear.From(totals[first + j]);
            counts.Fifteen(totals[first + j]);
            counts.Fifteen(carry);
        }

        return carry;
    }
}
