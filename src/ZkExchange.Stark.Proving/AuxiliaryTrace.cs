// The columns of the buses (specs/30-proof-system.md section 7): phi of every group, and the accumulator
//
//   acc_0 = b,   acc_(r+1) = acc_r + sum_g phi_g(r),   T = acc_(n-1) + sum_g phi_g(n-1)

using ZkExchange.Fields;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Writes phi and acc of one table into the auxiliary rows of its class.</summary>
sealed unsafe class AuxiliaryTrace
{
    readonly TablePlacement _table;
    readonly InteractionColumns _columns;
    readonly TileProgram _program;
    readonly TableBuses _buses;
    readonly Matrix _rows;
    readonly Work _work;
    readonly int _chunk;                                     // rows whose denominators are inverted together
    int _zeroDenominators;

    /// <param name="table">The table.</param>
    /// <param name="columns">What its messages and weights are made of.</param>
    /// <param name="challenges">alpha, betas, deltas.</param>
    /// <param name="publicInputs">Their values.</param>
    /// <param name="rows">The auxiliary rows of the table's class.</param>
    /// <param name="work">Threads.</param>
    public AuxiliaryTrace(
        TablePlacement table, InteractionColumns columns, Fingerprint challenges,
        IReadOnlyList<KoalaBear> publicInputs, Matrix rows, Work work)
    {
        _table = table;
        _columns = columns;
        _rows = rows;
        _work = work;
        _chunk = (int)Math.Min(rows.Rows, TileInversion.Points);
        var definition = table.Layout.Table;
        _program = new(
            definition.Graph, publicInputs, columns.WordOf, TableBuses.NodesOf(definition), [],
            TileCode.LanesFor(rows.Rows));
        _buses = new(table.Layout, challenges, _program.Kept);
    }

    /// <summary>Writes the columns.</summary>
    /// <param name="blind">b.</param>
    /// <param name="terminal">T.</param>
    /// <returns>False if a fingerprint is zero: the proof must start again with other masks.</returns>
    public bool TryWrite(Quintic blind, out Quintic terminal)
    {
        var count = _rows.Rows;
        Check.That(count % _chunk == 0);
        using var sums = new Matrix(count, Quintic.Degree);
        var totals = new Quintic[count / _chunk];
        _work.Ranges(count, _chunk, () => new Scratch(_program.Planes, _table.Layout.Groups.Count),
            (scratch, from, to) =>
            {
                for (var row = from; row < to; row += _chunk)
                    totals[row / _chunk] = WriteFractions(scratch, row, sums);
            },
            scratch => scratch.Dispose());

        terminal = default;
        if (_zeroDenominators != 0) return false;

        var starts = new Quintic[totals.Length];
        terminal = blind;
        for (var k = 0; k < totals.Length; k++)
        {
            starts[k] = terminal;
            terminal += totals[k];
        }

        var word = _table.AuxiliaryOffset + _table.Layout.AccumulatorWord;
        _work.Ranges(count, _chunk, (from, to) =>
        {
            for (var row = from; row < to; row += _chunk) WriteAccumulator(starts[row / _chunk], row, word, sums);
        });
        return true;
    }

    /// <summary>phi of all groups for one chunk of rows, and the sums of each row.</summary>
    /// <returns>The sum over the chunk.</returns>
    Quintic WriteFractions(Scratch scratch, long row, Matrix sums)
    {
        var groups = _table.Layout.Groups.Count;
        for (var point = 0; point < _chunk; point += Tile.Points)
        {
            _program.Run(scratch.Tile, 0, new(_columns.Values), row + point, null);
            var work = scratch.Tile[_program.Planes];
            for (var g = 0; g < groups; g++)
            {
                _buses.Fraction(g, scratch.Tile[0], work);
                for (var plane = 0; plane < 2 * Quintic.Degree; plane++)
                {
                    Buffer.MemoryCopy(
                        work + plane * Tile.Points, scratch.Fraction(g) + (long)plane * _chunk + point,
                        Tile.Points * sizeof(uint), Tile.Points * sizeof(uint));
                }
            }
        }

        var sum = scratch.Sum;
        TileMath.Fill(sum, _chunk, Quintic.Zero, _chunk);
        for (var g = 0; g < groups; g++)
        {
            var numerator = scratch.Fraction(g);
            var denominator = numerator + Quintic.Degree * _chunk;
            if (!TileInversion.Extension(denominator, _chunk, _chunk, scratch.Inversion))
            {
                Interlocked.Exchange(ref _zeroDenominators, 1);
                return default;
            }

            TileMath.MultiplyExtension(numerator, _chunk, numerator, _chunk, denominator, _chunk, _chunk);
            TileMath.Add(sum, sum, numerator, Quintic.Degree * _chunk);
            Scatter(numerator, row, _rows, _table.AuxiliaryOffset + g * Quintic.Degree);
        }

        Scatter(sum, row, sums, 0);
        var total = Quintic.Zero;
        for (var i = 0; i < _chunk; i++) total += TileScalar.Get(sum + i, _chunk);
        return total;
    }

    void WriteAccumulator(Quintic start, long row, int word, Matrix sums)
    {
        var accumulator = start;
        for (var i = 0; i < _chunk; i++)
        {
            var target = _rows.Row(row + i).Slice(word, Quintic.Degree);
            for (var c = 0; c < Quintic.Degree; c++) target[c] = accumulator[c];
            accumulator += Quintic.From(sums.Row(row + i));
        }
    }

    void Scatter(uint* planes, long row, Matrix rows, int word)
    {
        for (var i = 0; i < _chunk; i++)
        {
            var target = rows.Pointer(row + i) + word;
            for (var c = 0; c < Quintic.Degree; c++) target[c] = planes[c * _chunk + i];
        }
    }

    /// <summary>What a thread works on.</summary>
    sealed class Scratch : IDisposable
    {
        const int PlanesOfChunk = TileInversion.Points / Tile.Points;

        readonly Tile _fractions;
        readonly Tile _inversion = new(TileInversion.ExtensionWords / Tile.Points);
        readonly Tile _sum = new(Quintic.Degree * PlanesOfChunk);

        public Scratch(int planes, int groups)
        {
            Tile = new(planes + TableBuses.Planes);
            _fractions = new(groups * 2 * Quintic.Degree * PlanesOfChunk);
        }

        public Tile Tile { get; }

        public uint* Inversion => _inversion[0];

        public uint* Sum => _sum[0];

        /// <summary>Numerator and denominator of a group at all rows of the chunk.</summary>
        public uint* Fraction(int group) => _fractions[group * 2 * Quintic.Degree * PlanesOfChunk];

        public void Dispose()
        {
            Tile.Dispose();
            _fractions.Dispose();
            _inversion.Dispose();
            _sum.Dispose();
        }
    }
}
