using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Work space of one thread: planes of <see cref="Points"/> words, one behind the other.</summary>
sealed unsafe class Tile : IDisposable
{
    /// <summary>Points of a tile. Few enough that the live values of a table stay in the nearest caches, enough that
    /// the cost of choosing a kernel disappears beside it.</summary>
    public const int Points = 128;

    /// <summary>Words of an element of E at every point.</summary>
    public const int Extension = Quintic.Degree * Points;

    const int Alignment = 64;

    nint _words;

    /// <param name="planes">How many planes it has.</param>
    public Tile(int planes)
    {
        Planes = planes;
        _words = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(1, planes) * Points * sizeof(uint), Alignment);
    }

    public int Planes { get; }

    /// <summary>The words of a plane.</summary>
    public uint* this[int plane] => (uint*)_words + (long)plane * Points;

    /// <summary>Sixteen columns at a time, from rows to planes: block b of the list fills planes 16 b .. 16 b + 15 from
    /// the plane given.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="point">The first point.</param>
    /// <param name="blocks">The columns.</param>
    /// <param name="plane">The first plane.</param>
    /// <param name="prefetch">Whether to ask for the rows of the next tile.</param>
    public void Load(
        RowSource source, long point, ReadOnlySpan<ColumnBlock> blocks, int plane, bool prefetch = true)
    {
        // Block by block: its planes stay in the first cache while they are written.
        var rows = stackalloc uint*[Points];
        var next = stackalloc uint*[Points];
        var coming = stackalloc uint*[Points];
        Locate(source, point, 0, rows);
        Locate(source, point, 1, next);
        Locate(source, point + Points, 0, coming);
        for (var b = 0; b < blocks.Length; b++)
        {
            var (column, ahead) = (blocks[b].Column, blocks[b].Ahead);
            var target = this[plane + b * Matrix.Lanes];
            for (var group = 0; group < Points; group += Matrix.Lanes)
            {
                if (prefetch && ahead == 0) Prefetch(coming + group, column, Matrix.Lanes);
                TileMath.Transpose((ahead == 0 ? rows : next) + group, column, target + group, Points);
            }
        }
    }

    /// <summary>Asks for one line of some rows, before they are read.</summary>
    public static void Prefetch(uint** rows, int column, int count)
    {
        if (!Sse.IsSupported) return;
        for (var i = 0; i < count; i++) Sse.Prefetch1(rows[i] + column);
    }

    public void Dispose()
    {
        var words = Interlocked.Exchange(ref _words, 0);
        if (words != 0) NativeMemory.AlignedFree((void*)words);
    }

    static void Locate(RowSource source, long point, int ahead, uint** rows)
    {
        for (var i = 0; i < Points; i++) rows[i] = source.Pointer(point + i, ahead);
    }
}

/// <summary>Sixteen neighbouring columns, of this row or of the next.</summary>
/// <param name="Column">The first of them, a multiple of sixteen.</param>
/// <param name="Ahead">0, or 1 for the next row.</param>
readonly record struct ColumnBlock(int Column, int Ahead);
