using System.Runtime.InteropServices;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Rows that are read later: their lines are asked for a few at a time, between computations, because memory
/// takes no more than some requests at once.</summary>
sealed unsafe class RowsAhead : IDisposable
{
    readonly uint** _rows = (uint**)NativeMemory.Alloc(Tile.Points, (nuint)sizeof(uint*));
    ReadOnlyMemory<ColumnBlock> _blocks;
    int _block;
    int _row;

    /// <summary>Begins with the rows of a tile's points.</summary>
    public void Expect(RowSource source, long point, ReadOnlyMemory<ColumnBlock> blocks)
    {
        source.Locate(point, 0, _rows, Tile.Points);
        (_blocks, _block, _row) = (blocks, 0, 0);
    }

    /// <summary>Asks for the next lines, if any are left.</summary>
    public void Ask(int lines)
    {
        var blocks = _blocks.Span;
        while (lines > 0 && _block < blocks.Length)
        {
            if (_row == Tile.Points || blocks[_block].Ahead != 0)
            {
                (_block, _row) = (_block + 1, 0);
                continue;
            }

            var count = Math.Min(lines, Tile.Points - _row);
            Tile.Prefetch(_rows + _row, blocks[_block].Column, count);
            _row += count;
            lines -= count;
        }
    }

    public void Dispose() => NativeMemory.Free(_rows);
}
