using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>Writes permutations into rows whose first columns are inputs and cells.</summary>
static class PermutationRows
{
    const int RowsPerPiece = 1024;

    static readonly KoalaBear[] s_zero = ZeroCells();

    /// <summary>Writes Compress(left, right) and returns it.</summary>
    /// <param name="left">Words 0 .. 7 of the input.</param>
    /// <param name="right">Words 8 .. 15.</param>
    /// <param name="row">Begins with the inputs.</param>
    public static NodeDigest Write(in NodeDigest left, in NodeDigest right, Span<KoalaBear> row)
    {
        Span<KoalaBear> cells = stackalloc KoalaBear[Poseidon2.TraceCells];
        var digest = Poseidon2.Trace(left, right, cells);
        cells[..Poseidon2Part.Width].CopyTo(row);
        return digest;
    }

    /// <summary>Fills rows with the permutation of zeros: what padding holds.</summary>
    public static void Pad(Matrix trace, long from, int threads = 1) =>
        Workers.Share(trace.Rows - from, RowsPerPiece, threads, (first, end) =>
        {
            for (var r = from + first; r < from + end; r++) s_zero.CopyTo(trace.Row(r));
        });

    static KoalaBear[] ZeroCells()
    {
        var cells = new KoalaBear[Poseidon2.TraceCells];
        Poseidon2.Trace(default, default, cells);
        return cells[..Poseidon2Part.Width];
    }
}
