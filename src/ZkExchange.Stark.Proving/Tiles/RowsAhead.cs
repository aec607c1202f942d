using System.Runtime.InteropServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Rows that are read later: their lines are asked for a few at a time, between computations, and in the order
/// of addresses, in which memory answers twice as fast as in any other.</summary>
/// <param name="capacity">The most rows.</param>
sealed unsafe class RowsAhead(int capacity) : IDisposable
{
    readonly uint** _rows = (uint**)NativeMemory.Alloc((nuint)capacity, (nuint)sizeof(uint*));
    int _count;
    int _column;
    int _lines;                                              // of each row
    int _row;
    int _line;

    /// <summary>Begins with the rows of some points.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="point">The first point.</param>
    /// <param name="count">How many points.</param>
    /// <param name="blocks">The columns in ascending order; of next rows, which are other points' rows, none is asked
    /// for.</param>
    public void Expect(RowSource source, long point, int count, ReadOnlySpan<ColumnBlock> blocks)
    {
        Check.That(count <= capacity);
        var here = 0;
        while (here < blocks.Length && blocks[here].Ahead == 0) here++;
        (_count, _row, _line) = (here == 0 ? 0 : count, 0, 0);
        if (_count == 0) return;

        _column = blocks[0].Column;
        _lines = (blocks[here - 1].Column - _column) / Matrix.Lanes + 1;
        source.Locate(point, 0, _rows, count);
    }

    /// <summary>Asks for the next lines, if any are left.</summary>
    public void Ask(int lines)
    {
        while (lines > 0 && _row < _count)
        {
            var line = _rows[_row] + _column + _line * Matrix.Lanes;
            var asked = Math.Min(lines, _lines - _line);
            for (var i = 0; i < asked; i++) Tile.Prefetch(line + i * Matrix.Lanes);
            lines -= asked;
            _line += asked;
            if (_line == _lines) (_row, _line) = (_row + 1, 0);
        }
    }

    public void Dispose() => NativeMemory.Free(_rows);
}
