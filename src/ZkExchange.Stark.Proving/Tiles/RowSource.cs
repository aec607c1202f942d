using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Points of a matrix whose rows are points: a trace, one coset of an extension, some rows of a coset, or a
/// few points with their next rows in a matrix of their own.</summary>
/// <param name="Matrix">The rows.</param>
/// <param name="First">The row of point 0.</param>
/// <param name="Count">Rows of the coset, a power of two: the next row of the last one is the first.</param>
/// <param name="Step">Rows from a point to the one after it.</param>
/// <param name="Next">Where the next rows are not in <paramref name="Matrix"/>: the matrix of them.</param>
readonly unsafe record struct RowSource(Matrix Matrix, long First, long Count, long Step = 1, Matrix? Next = null)
{
    /// <summary>All rows of a matrix.</summary>
    public RowSource(Matrix matrix)
        : this(matrix, 0, matrix.Rows)
    {
    }

    /// <summary>One coset of an extension, or every so many-th of its rows.</summary>
    public RowSource(ExtendedMatrix extension, int coset, long step = 1)
        : this(extension.Storage, coset * extension.Rows, extension.Rows, step)
    {
    }

    /// <summary>The words of the row of a point, or of the row after it.</summary>
    public uint* Pointer(long point, int ahead) => ahead != 0 && Next is not null
        ? Next.Pointer(point & (Next.Rows - 1))
        : Matrix.Pointer(First + ((point * Step + ahead) & (Count - 1)));

    /// <summary>The words of the rows of some points, or of the rows after them.</summary>
    public void Locate(long point, int ahead, uint** rows, int count)
    {
        if (ahead != 0 && Next is not null)
        {
            for (var i = 0; i < count; i++) rows[i] = Next.Pointer((point + i) & (Next.Rows - 1));
            return;
        }

        var (matrix, first, mask, step) = (Matrix, First, Count - 1, Step);
        for (var i = 0; i < count; i++) rows[i] = matrix.Pointer(first + (((point + i) * step + ahead) & mask));
    }
}
