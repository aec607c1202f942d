using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Sums over rows of rows times weights in E: one element of E for each column.</summary>
sealed unsafe class RowSums : IDisposable
{
    /// <summary>Rows taken at a time.</summary>
    public const int Rows = 32;

    const int BlockWords = Matrix.Lanes * Quintic.Degree;

    readonly ColumnBlock[] _blocks;
    readonly Tile _sums;
    readonly RowsAhead _ahead = new(Rows);

    /// <param name="columns">Which columns; others in their blocks of sixteen are added up with them.</param>
    public RowSums(IEnumerable<int> columns)
    {
        _blocks =
        [
            .. columns.Select(column => column / Matrix.Lanes).Distinct().Order()
                .Select(block => new ColumnBlock(block * Matrix.Lanes, 0)),
        ];
        _sums = new((_blocks.Length * BlockWords + Tile.Points - 1) / Tile.Points);
        TileMath.Fill(_sums[0], 0, _sums.Planes * Tile.Points);
    }

    /// <summary>Adds some rows.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="point">The first point.</param>
    /// <param name="ahead">1: the rows after the points'.</param>
    /// <param name="weights">Five words for each row.</param>
    /// <param name="count">At most <see cref="Rows"/>.</param>
    public void Add(RowSource source, long point, int ahead, uint* weights, int count)
    {
        var rows = stackalloc uint*[Rows];
        source.Locate(point, ahead, rows, count);

        // The rows after these, if there are any: some lines of them while a block of columns is at work.
        var isMore = ahead == 0 && point + 2 * Rows <= source.Matrix.Rows;
        _ahead.Expect(source, point + Rows, isMore ? Rows : 0, _blocks);
        for (var b = 0; b < _blocks.Length; b++)
        {
            _ahead.Ask(Rows);
            TileMath.RowDot(_sums[0] + b * BlockWords, rows, _blocks[b].Column, weights, count);
        }
    }

    /// <summary>Adds the sums to a list of all columns.</summary>
    public void AddTo(Span<Quintic> sums)
    {
        for (var b = 0; b < _blocks.Length; b++)
        {
            var column = _blocks[b].Column;
            for (var lane = 0; lane < Matrix.Lanes && column + lane < sums.Length; lane++)
                sums[column + lane] += TileScalar.Get(_sums[0] + b * BlockWords + lane, Matrix.Lanes);
        }
    }

    public void Dispose()
    {
        _sums.Dispose();
        _ahead.Dispose();
    }

    /// <summary>sum_k rows_k z^k.</summary>
    /// <remarks>Every block of rows uses the same powers; its sum then takes the power of its first row.</remarks>
    public static Quintic[] Polynomials(Matrix rows, Quintic z, Work work)
    {
        const int block = 1024;
        var powers = new uint[(int)Math.Min(block, rows.Rows) * Quintic.Degree];
        fixed (uint* words = powers)
        {
            var power = Quintic.One;
            for (var k = 0; k < powers.Length; k += Quintic.Degree, power *= z)
                TileScalar.Put(words + k, 1, power);
        }

        var sums = new Quintic[rows.Columns];
        var source = new RowSource(rows, 0, (long)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)rows.Rows));
        work.Ranges(rows.Rows, block, () => new Quintic[rows.Columns], (local, from, to) =>
        {
            for (var start = from; start < to; start += block)
            {
                using var part = new RowSums(Enumerable.Range(0, rows.Columns));
                var end = Math.Min(to, start + block);
                fixed (uint* weights = powers)
                {
                    for (var row = start; row < end; row += Rows)
                    {
                        part.Add(
                            source, row, 0, weights + (row - start) * Quintic.Degree, (int)Math.Min(Rows, end - row));
                    }
                }

                var first = z.Power((ulong)start);
                var values = new Quintic[rows.Columns];
                part.AddTo(values);
                for (var c = 0; c < values.Length; c++) local[c] += first * values[c];
            }
        }, local =>
        {
            lock (sums)
            {
                for (var c = 0; c < sums.Length; c++) sums[c] += local[c];
            }
        });
        return sums;
    }
}
