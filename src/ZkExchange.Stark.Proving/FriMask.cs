using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>R: uniform in E[x], as many coefficients as the tallest class allows (specs/30-proof-system.md section
/// 12.4).</summary>
static class FriMask
{
    const int RowsPerStream = 2048;

    /// <summary>Fills five columns of coefficients, a stream of its own for every 2048 rows.</summary>
    public static void Fill(Masks masks, Matrix low, Matrix high, int word, Work work)
    {
        work.Ranges(low.Rows + high.Rows, RowsPerStream, (from, to) =>
        {
            for (var start = from; start < to; start += RowsPerStream)
            {
                using var stream = masks.Stream(MaskPurpose.Fri, (int)(start / RowsPerStream));
                for (var k = start; k < Math.Min(to, start + RowsPerStream); k++)
                {
                    var row = k < low.Rows ? low.Row(k) : high.Row(k - low.Rows);
                    stream.Fill(row.Slice(word, Quintic.Degree));
                }
            }
        });
    }
}
