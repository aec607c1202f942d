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

    /// <summary>What the tile after this one is going to load.</summary>
    public RowsAhead Ahead { get; } = new(Points);

    /// <summary>The words of a plane.</summary>
    public uint* this[int plane] => (uint*)_words + (long)plane * Points;

    /// <summary>Sixteen columns at a time, from rows to planes: block b of the list fills planes 16 b .. 16 b + 15 from
    /// the plane given.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="point">The first point.</param>
    /// <param name="blocks">The columns.</param>
    /// <param name="plane">The first plane.</param>
    public void Load(RowSource source, long point, ReadOnlySpan<ColumnBlock> blocks, int plane)
    {
        // Block by block: its planes stay in the first cache while they are written.
        var rows = stackalloc uint*[Points];
        var located = -1;
        for (var b = 0; b < blocks.Length; b++)
        {
            var (column, ahead) = (blocks[b].Column, blocks[b].Ahead);
            if (ahead != located) source.Locate(point, located = ahead, rows, Points);
            var target = this[plane + b * Matrix.Lanes];
            for (var group = 0; group < Points; group += Matrix.Lanes)
                TileMath.Transpose(rows + group, column, target + group, Points);
        }
    }

    /// <summary>Asks for a line before it is read.</summary>
    public static void Prefetch(uint* line)
    {
        if (Sse.IsSupported) Sse.Prefetch1(line);
    }

    public void Dispose()
    {
        var words = Interlocked.Exchange(ref _words, 0);
        if (words == 0) return;

        NativeMemory.AlignedFree((void*)words);
        Ahead.Dispose();
    }
}

/// <summary>Sixteen neighbouring columns, of this row or of the next.</summary>
/// <param name="Column">The first of them, a multiple of sixteen.</param>
/// <param name="Ahead">0, or 1 for the next row.</param>
readonly record struct ColumnBlock(int Column, int Ahead);
