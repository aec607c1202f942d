using ZkExchange.Fields;

namespace ZkExchange.Benchmarks;

/// <summary>Input data from a fixed seed.</summary>
static class Words
{
    public static Matrix Matrix(long rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        Fill(matrix);
        return matrix;
    }

    /// <summary>Overwrites every row; fast enough to run before every measurement.</summary>
    public static void Fill(Matrix matrix)
    {
        var state = 0x9E37_79B9_7F4A_7C15ul;
        for (var r = 0L; r < matrix.Rows; r++)
        {
            foreach (ref var cell in matrix.Row(r))
            {
                state = (state ^ (state >> 29)) * 0xBF58_476D_1CE4_E5B9ul + 1;
                cell = KoalaBear.FromResidue((uint)(((state >> 32) * KoalaBear.Modulus) >> 32));
            }
        }
    }
}
