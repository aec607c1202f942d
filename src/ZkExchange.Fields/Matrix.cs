// Rows of field elements in native memory. A trace is written row by row, a leaf of the commitment is a row, and the
// transforms work on sixteen columns of one row at a time, so rows are contiguous and padded to whole cache lines.

using System.Numerics;

namespace ZkExchange.Fields;

/// <summary>A row-major matrix of field elements outside the collected heap, zero when made.</summary>
/// <remarks>
/// The owner disposes it. There is no finalizer: a span does not keep its matrix alive, so a finalizer could free
/// memory under a running loop, while a matrix that was forgotten only shows in <see cref="BytesLive"/>.
/// Where the number of rows is a power of two, one row of padding follows each <see cref="BlockRows"/> rows: transforms
/// step through such matrices in large powers of two, and without it all their rows would share one cache set.
/// </remarks>
public sealed unsafe class Matrix : IDisposable
{
    /// <summary>The stride is a multiple of this many words: one cache line, one vector of 512 bits.</summary>
    public const int Lanes = 16;

    const int Unpadded = 63;

    static long s_bytesLive;
    static long s_bytesPeak;

    readonly long _bytes;                                    // rows that there are
    readonly long _capacity;                                 // and rows that there may be
    readonly int _blockLog2;
    nint _words;

    /// <summary>A zero matrix.</summary>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    public Matrix(long rows, int columns)
        : this(rows, columns, BlockLog2Of(rows))
    {
    }

    /// <summary>A zero matrix in memory for a larger one, which costs nothing until there is one.</summary>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="rowsMax">At least <paramref name="rows"/>.</param>
    /// <param name="columnsMax">At least <paramref name="columns"/>.</param>
    public Matrix(long rows, int columns, long rowsMax, int columnsMax)
        : this(
            rows, columns, StrideOf(columnsMax), BlockLog2Of(rows),
            BytesOf(rowsMax, StrideOf(columnsMax), BlockLog2Of(rows)), 0)
    {
    }

    /// <summary>A matrix with one row of padding after each 2^<paramref name="blockLog2"/> rows.</summary>
    internal Matrix(long rows, int columns, int blockLog2)
        : this(rows, columns, StrideOf(columns), blockLog2, BytesOf(rows, StrideOf(columns), blockLog2), 0)
    {
    }

    Matrix(long rows, int columns, int stride, int blockLog2, long capacity, nint words)
    {
        Rows = rows;
        Columns = columns;
        Stride = stride;
        _blockLog2 = blockLog2;
        _bytes = BytesOf(rows, stride, blockLog2);
        _capacity = capacity;
        Check.That(rows >= 1 && columns >= 1 && columns <= stride && _bytes <= capacity);
        _words = words == 0 ? NativePages.Allocate(capacity) : words;
        var live = Interlocked.Add(ref s_bytesLive, _bytes);
        for (var peak = BytesPeak; live > peak; peak = BytesPeak)
        {
            Interlocked.CompareExchange(ref s_bytesPeak, live, peak);
        }
    }

    /// <summary>Bytes of all matrices of the process that are not yet disposed.</summary>
    public static long BytesLive => Interlocked.Read(ref s_bytesLive);

    /// <summary>The largest value of <see cref="BytesLive"/> since the start or the last reset.</summary>
    public static long BytesPeak => Interlocked.Read(ref s_bytesPeak);

    public long Rows { get; }

    public int Columns { get; }

    /// <summary>Words from a row to the next in its block; the words behind the columns belong to nobody.</summary>
    public int Stride { get; }

    /// <summary>Rows kR .. kR + R - 1 of a block of R rows lie one stride apart; R is the number of rows if unpadded.
    /// </summary>
    public long BlockRows => _blockLog2 == Unpadded ? Rows : 1L << _blockLog2;

    /// <summary>The elements of a row.</summary>
    public Span<KoalaBear> Row(long row)
    {
        if ((ulong)row >= (ulong)Rows) Throw.RowOutOfRange(row, Rows);
        return new(Pointer(row), Columns);
    }

    public KoalaBear this[long row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <summary>Starts a new measurement of the peak.</summary>
    public static void ResetPeak() => Interlocked.Exchange(ref s_bytesPeak, BytesLive);

    public void Dispose()
    {
        var words = Interlocked.Exchange(ref _words, 0);
        if (words == 0) return;
        NativePages.Free(words, _capacity, _bytes);
        Interlocked.Add(ref s_bytesLive, -_bytes);
    }

    /// <summary>The same rows with more columns and rows, zeros, behind them, in the same memory, which this matrix
    /// then has no longer; null if the memory is too small, and nothing has changed.</summary>
    /// <param name="rows">At least as many.</param>
    /// <param name="columns">At least as many.</param>
    internal Matrix? TryGrow(long rows, int columns)
    {
        Check.That(rows >= Rows && columns >= Columns && _words != 0);
        if (columns > Stride || BytesOf(rows, Stride, _blockLog2) > _capacity) return null;

        Interlocked.Add(ref s_bytesLive, -_bytes);
        return new(rows, columns, Stride, _blockLog2, _capacity, Interlocked.Exchange(ref _words, 0));
    }

    /// <summary>The first word of a row, which the caller has checked; aligned to 64 bytes.</summary>
    internal uint* Pointer(long row)
    {
        if (_words == 0) Throw.MatrixDisposed();
        return (uint*)_words + (row + (row >> _blockLog2)) * Stride;
    }

    static int StrideOf(int columns) => (columns + Lanes - 1) / Lanes * Lanes;

    static long BytesOf(long rows, int stride, int blockLog2) =>
        checked((rows + (blockLog2 == Unpadded ? 0 : rows >> blockLog2)) * stride * sizeof(uint));

    /// <summary>The blocking of a power-of-two number of rows: R = 2^ceil(lg rows / 2).</summary>
    internal static int BlockLog2Of(long rows) =>
        BitOperations.IsPow2(rows) ? (BitOperations.Log2((ulong)rows) + 1) / 2 : Unpadded;
}
