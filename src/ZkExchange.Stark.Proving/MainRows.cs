using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The main rows of a class: the traces of its tables side by side, each with its blind behind it.</summary>
static class MainRows
{
    /// <summary>Joins the traces, which are disposed.</summary>
    /// <param name="rows">The class.</param>
    /// <param name="blowupLog2">There will be room for so many times the rows.</param>
    /// <param name="traces">Of all tables of the key.</param>
    /// <param name="blinds">b of each table with a terminal.</param>
    /// <param name="masks">Rows of a blind that nothing reads are random.</param>
    /// <param name="work">Threads.</param>
    public static Matrix Of(
        HeightClass rows, int blowupLog2, IReadOnlyList<Matrix?> traces, Quintic[] blinds, Masks masks, Work work)
    {
        var joined = Join(rows, blowupLog2, traces, work);
        foreach (var table in rows.Tables)
        {
            if (table.Layout.HasBlind) FillBlind(joined, table, blinds[table.Terminal], masks, work);
        }

        return joined;
    }

    static Matrix Join(HeightClass rows, int blowupLog2, IReadOnlyList<Matrix?> traces, Work work)
    {
        // Nothing to join: the trace is the class, if there is room for a blind.
        var count = 1L << rows.HeightLog2;
        var first = traces[rows.Tables[0].Layout.Index]!;
        if (rows.Tables.Count == 1 && first.TryGrow(count, rows.MainWidth) is { } whole) return whole;

        var joined = new Matrix(count, rows.MainWidth, count << blowupLog2, rows.MainWidth);
        foreach (var table in rows.Tables)
        {
            using var trace = traces[table.Layout.Index]!;
            work.Ranges(count, 64, (from, to) =>
            {
                for (var row = from; row < to; row++) trace.Row(row).CopyTo(joined.Row(row)[table.MainOffset..]);
            });
        }

        return joined;
    }

    static void FillBlind(Matrix joined, TablePlacement table, Quintic blind, Masks masks, Work work)
    {
        const int rowsPerStream = 2048;
        var word = table.MainOffset + table.Layout.BlindColumn;
        work.Ranges(joined.Rows, rowsPerStream, (from, to) =>
        {
            for (var start = from; start < to; start += rowsPerStream)
            {
                // Stream 0 is that of the blinds themselves; 2^13 more for each table at most.
                var index = 1 + (int)(start / rowsPerStream) + (table.Layout.Index << 13);
                using var stream = masks.Stream(MaskPurpose.Blind, index);
                for (var row = start; row < Math.Min(to, start + rowsPerStream); row++)
                    stream.Fill(joined.Row(row).Slice(word, Quintic.Degree));
            }
        });

        for (var c = 0; c < Quintic.Degree; c++) joined[0, word + c] = blind[c];
    }
}
