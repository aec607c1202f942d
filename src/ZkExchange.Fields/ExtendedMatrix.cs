namespace ZkExchange.Fields;

/// <summary>The values of polynomials, one a column, on the evaluation domain D = { 3 w_N^J }, N = B n.</summary>
/// <remarks>
/// D is the union of B cosets of the trace domain, and everything is computed coset by coset, so that is how the rows
/// lie: natural index J is row J div B of coset J mod B, whose points are 3 w_N^(J mod B) w_n^i. Within a coset the
/// rows of an aligned group of <see cref="BlockRows"/> lie one stride apart.
/// </remarks>
public sealed class ExtendedMatrix : IDisposable
{
    internal ExtendedMatrix(int rowsLog2, int blowupLog2, int columns)
        : this(rowsLog2, blowupLog2, Allocate(rowsLog2, blowupLog2, columns))
    {
    }

    ExtendedMatrix(int rowsLog2, int blowupLog2, Matrix storage)
    {
        RowsLog2 = rowsLog2;
        BlowupLog2 = blowupLog2;
        Storage = storage;
    }

    /// <summary>lg n: rows of one coset, which is the length of the trace.</summary>
    public int RowsLog2 { get; }

    /// <summary>lg B: cosets.</summary>
    public int BlowupLog2 { get; }

    /// <summary>n.</summary>
    public long Rows => 1L << RowsLog2;

    /// <summary>N = B n.</summary>
    public long Points => 1L << (RowsLog2 + BlowupLog2);

    public int Columns => Storage.Columns;

    /// <summary>Words between neighbouring rows of a coset, within a block.</summary>
    public int Stride => Storage.Stride;

    /// <summary>Rows of a coset between two rows of padding; a power of two of at least sqrt(n).</summary>
    public long BlockRows => Storage.BlockRows;

    /// <summary>The rows as they lie in memory: row i of coset j is row n j + i.</summary>
    internal Matrix Storage { get; }

    /// <summary>The values of all columns at the point 3 w_N^<paramref name="naturalIndex"/>.</summary>
    public Span<KoalaBear> Row(long naturalIndex)
    {
        if ((ulong)naturalIndex >= (ulong)Points) Throw.RowOutOfRange(naturalIndex, Points);
        return Storage.Row(StorageRow(naturalIndex));
    }

    /// <summary>The values of all columns at row <paramref name="row"/> of a coset: natural index coset + B row.
    /// </summary>
    public Span<KoalaBear> Row(int coset, long row)
    {
        Check.That((uint)coset < 1u << BlowupLog2 && (ulong)row < (ulong)Rows);
        return Storage.Row(coset * Rows + row);
    }

    /// <summary>The point of a natural index.</summary>
    public KoalaBear Point(long naturalIndex) => CosetExtension.Point(RowsLog2 + BlowupLog2, naturalIndex);

    public void Dispose() => Storage.Dispose();

    /// <summary>An extension whose first coset holds a trace; in the trace's memory if there is room, and the trace
    /// has none then. The content of the other rows is zero.</summary>
    internal static ExtendedMatrix Around(Matrix trace, int blowupLog2)
    {
        var rowsLog2 = System.Numerics.BitOperations.Log2((ulong)trace.Rows);
        CheckSize(rowsLog2, blowupLog2);
        var grown = trace.TryGrow(trace.Rows << blowupLog2, trace.Columns);
        if (grown is not null) return new(rowsLog2, blowupLog2, grown);

        var extension = new ExtendedMatrix(rowsLog2, blowupLog2, trace.Columns);
        for (var row = 0L; row < trace.Rows; row++) trace.Row(row).CopyTo(extension.Storage.Row(row));
        return extension;
    }

    static Matrix Allocate(int rowsLog2, int blowupLog2, int columns)
    {
        CheckSize(rowsLog2, blowupLog2);
        return new(1L << (rowsLog2 + blowupLog2), columns, Matrix.BlockLog2Of(1L << rowsLog2));
    }

    static void CheckSize(int rowsLog2, int blowupLog2) =>
        Check.That(rowsLog2 >= 1 && blowupLog2 >= 0 && rowsLog2 + blowupLog2 <= KoalaBear.TwoAdicity);

    internal long StorageRow(long naturalIndex) =>
        ((naturalIndex & ((1L << BlowupLog2) - 1)) << RowsLog2) + (naturalIndex >> BlowupLog2);
}
