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
            for (var block = 0; block < sums.Of(id).Count; block++)
            {
                var row = trace.Row(at++);
                row[SumTable.Id] = KoalaBear.From((uint)id);
                row[SumTable.Block] = KoalaBear.From((uint)block);
                row[SumTable.IsReal] = KoalaBear.One;
                if (block == sums.Of(id).Count - 1) row[SumTable.IsFinal] = KoalaBear.One;
                if (id == 0) row[SumTable.IsBadDebt] = KoalaBear.One;
                WriteTotals(sums.Of(id)[block], totals, row, counts);
            }
        }

        return trace;
    }

    static void WriteTotals(SumBlocks.Block block, Span<uint> totals, Span<KoalaBear> row, LookupCounts counts)
    {
        row[SumTable.Count] = KoalaBear.From((uint)block.Count);
        counts.Fifteen((uint)block.Count);
        var carry = 0u;
        for (var j = 0; j < SumTable.Limbs; j++)
        {
            row[SumTable.Sums + j] = KoalaBear.From(block.Sums[j]);
            var sum = totals[j] + block.Sums[j] + carry;       // < 2^30
            totals[j] = sum & LimbMask;
            carry = sum >> RangeTable.LimbBits;
            row[SumTable.Totals + j] = KoalaBear.From(totals[j]);
            counts.Fifteen(totals[j]);
            if (j == SumTable.Limbs - 1) continue;
            row[SumTable.Carries + j] = KoalaBear.From(carry);
            counts.Fifteen(carry);
        }
    }
}
