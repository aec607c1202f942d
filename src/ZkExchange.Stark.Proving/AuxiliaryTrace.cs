// The columns of the buses (specs/30-proof-system.md section 7): phi of every group, and the accumulator
//
//   acc_0 = b,   acc_(r+1) = acc_r + sum_g phi_g(r),   T = acc_(n-1) + sum_g phi_g(n-1)
//
// A chunk of rows is written with an accumulator that begins at zero; what it should have begun with is added when all
// chunks are known.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Writes phi and acc of one table into the auxiliary rows of its class.</summary>
sealed unsafe class AuxiliaryTrace
{
    const int PlaneWords = TileInversion.Points + Matrix.Lanes;          // no power of two: they share no cache set

    readonly TablePlacement _table;
    readonly InteractionColumns _columns;
    readonly TileProgram _program;
    readonly TableBuses _buses;
    readonly Dictionary<int, PairOfLimbs> _pairs = [];       // by group
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

        // Messages are sums of a few columns: no code is worth compiling for them.
        _program = new(
            definition.Graph, publicInputs, columns.WordOf, TableBuses.NodesOf(definition), [], lanes: null);
        _buses = new(table.Layout, challenges, _program.Kept, []);
        FindPairs();
    }

    /// <summary>Writes the columns.</summary>
    /// <param name="blind">b.</param>
    /// <param name="terminal">T.</param>
    /// <returns>False if a fingerprint is zero: the proof must start again with other masks.</returns>
    public bool TryWrite(Quintic blind, out Quintic terminal)
    {
        var count = _rows.Rows;
        Check.That(count % _chunk == 0);
        var totals = new Quintic[count / _chunk];
        _work.Ranges(count, _chunk, () => new Scratch(_program.Planes, _table.Layout),
            (scratch, from, to) =>
            {
                for (var row = from; row < to; row += _chunk) totals[row / _chunk] = WriteChunk(scratch, row);
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

        _work.Ranges(count, _chunk, (from, to) =>
        {
            for (var row = from; row < to; row += _chunk) AddToAccumulator(starts[row / _chunk], row);
        });
        return true;
    }

    /// <summary>The groups whose fractions can be looked up.</summary>
    void FindPairs()
    {
        var tables = new Dictionary<(Quintic, Quintic), LimbFractions?>();
        for (var g = 0; g < _table.Layout.Groups.Count; g++)
        {
            if (!_buses.IsPairOfWords(g, out var words, out var start, out var slope)) continue;

            if (!tables.TryGetValue((start, slope), out var fractions))
                tables.Add((start, slope), fractions = LimbFractions.Of(start, slope));
            if (fractions is not null) _pairs.Add(g, new(fractions, words.Left, words.Right));
        }
    }

    /// <summary>phi of all groups and acc for one chunk of rows, as if it were the first.</summary>
    /// <returns>The sum over the chunk.</returns>
    Quintic WriteChunk(Scratch scratch, long row)
    {
        var groups = _table.Layout.Groups.Count;
        Array.Fill(scratch.IsDivided, false);
        for (var point = 0; point < _chunk; point += Tile.Points)
        {
            _program.Run(scratch.Tile, 0, new(_columns.Values), row + point, null);
            var work = scratch.Tile[_program.Planes];
            for (var g = 0; g < groups; g++)
            {
                if (!scratch.IsDivided[g])
                {
                    if (TryLookUp(scratch, g, work, point)) continue;

                    // What was looked up before in this chunk has the denominator one.
                    TileMath.Fill(scratch.Denominator(g), PlaneWords, Quintic.One, point);
                    scratch.IsDivided[g] = true;
                }

                _buses.Fraction(g, scratch.Tile[0], work);
                Keep(work, scratch.Numerator(g), point);
                Keep(work + Tile.Extension, scratch.Denominator(g), point);
            }
        }

        var sum = scratch.Accumulator;
        TileMath.Fill(sum, PlaneWords, Quintic.Zero, _chunk);
        for (var g = 0; g < groups; g++)
        {
            var phi = scratch.Numerator(g);
            if (scratch.IsDivided[g])
            {
                var denominator = scratch.Denominator(g);
                if (!TileInversion.Extension(denominator, PlaneWords, _chunk, scratch.Inversion))
                {
                    Interlocked.Exchange(ref _zeroDenominators, 1);
                    return default;
                }

                TileMath.MultiplyExtension(phi, PlaneWords, phi, PlaneWords, denominator, PlaneWords, _chunk);
            }

            for (var c = 0; c < Quintic.Degree; c++)
                TileMath.Add(sum + c * PlaneWords, sum + c * PlaneWords, phi + c * PlaneWords, _chunk);
        }

        var total = Accumulate(sum);
        Store(scratch, row);
        return total;
    }

    /// <summary>phi of a tile's points in place of the numerator, if the group is a pair of limbs.</summary>
    bool TryLookUp(Scratch scratch, int group, uint* work, int point) =>
        _pairs.TryGetValue(group, out var pair) && pair.Fractions.TrySum(
            scratch.Tile[0], pair.Left, pair.Right, scratch.Numerator(group) + point, PlaneWords, work);

    /// <summary>Five planes of a tile to their place in the chunk.</summary>
    static void Keep(uint* planes, uint* target, int point)
    {
        for (var c = 0; c < Quintic.Degree; c++)
        {
            Buffer.MemoryCopy(
                planes + c * Tile.Points, target + c * PlaneWords + point,
                Tile.Points * sizeof(uint), Tile.Points * sizeof(uint));
        }
    }

    /// <summary>Sums of rows to sums of the rows before; returns that of all.</summary>
    Quintic Accumulate(uint* sums)
    {
        var total = Quintic.Zero;
        for (var i = 0; i < _chunk; i++)
        {
            var sum = TileScalar.Get(sums + i, PlaneWords);
            TileScalar.Put(sums + i, PlaneWords, total);
            total += sum;
        }

        return total;
    }

    /// <summary>From planes to rows.</summary>
    void Store(Scratch scratch, long row)
    {
        var words = _table.Layout.AuxiliaryWidth;
        var planes = stackalloc uint*[scratch.RowPlanes];
        for (var word = 0; word < scratch.RowPlanes; word++) planes[word] = scratch.RowPlane(word);

        // Rows that are this table's alone are written a line at a time: the words behind them belong to nobody.
        if (words == _rows.Columns && _rows.BlockRows % Matrix.Lanes == 0)
        {
            for (var i = 0; i < _chunk; i += Matrix.Lanes)
            {
                for (var word = 0; word < words; word += Matrix.Lanes)
                    TileMath.Transpose(planes + word, i, _rows.Pointer(row + i) + word, _rows.Stride);
            }

            return;
        }

        for (var i = 0; i < _chunk; i++)
        {
            var target = _rows.Pointer(row + i) + _table.AuxiliaryOffset;
            for (var word = 0; word < words; word++) target[word] = planes[word][i];
        }
    }

    void AddToAccumulator(Quintic start, long row)
    {
        var word = _table.AuxiliaryOffset + _table.Layout.AccumulatorWord;
        for (var i = 0; i < _chunk; i++)
        {
            var target = _rows.Pointer(row + i) + word;
            TileScalar.Put(target, 1, TileScalar.Get(target, 1) + start);
        }
    }

    /// <summary>A group of two limbs.</summary>
    /// <param name="Fractions">Of their bus.</param>
    /// <param name="Left">One.</param>
    /// <param name="Right">The other.</param>
    readonly record struct PairOfLimbs(LimbFractions Fractions, SentWord Left, SentWord Right);

    /// <summary>What a thread works on.</summary>
    /// <remarks>Numerators, which become phi, and the accumulator lie in the order of a row; planes of zeros behind
    /// them fill the last line.</remarks>
    sealed class Scratch : IDisposable
    {
        readonly Tile _row;
        readonly Tile _denominators;
        readonly Tile _inversion = new(TileInversion.ExtensionWords / Tile.Points);
        readonly int _groups;

        public Scratch(int planes, TableLayout layout)
        {
            _groups = layout.Groups.Count;
            IsDivided = new bool[_groups];
            RowPlanes = (layout.AuxiliaryWidth + Matrix.Lanes - 1) / Matrix.Lanes * Matrix.Lanes;
            Tile = new(planes + TableBuses.Planes);
            _row = new(TilesFor(RowPlanes));
            _denominators = new(TilesFor(_groups * Quintic.Degree));
            TileMath.Fill(_row[0], 0, RowPlanes * PlaneWords);
        }

        public Tile Tile { get; }

        /// <summary>Planes for the words of a row, whole lines of them.</summary>
        public int RowPlanes { get; }

        /// <summary>For each group whether its numerator waits for the inverse of its denominator.</summary>
        public bool[] IsDivided { get; }

        public uint* Inversion => _inversion[0];

        public uint* Accumulator => Numerator(_groups);

        public uint* RowPlane(int word) => _row[0] + (long)word * PlaneWords;

        /// <summary>The numerators of a group at all rows of the chunk.</summary>
        public uint* Numerator(int group) => RowPlane(group * Quintic.Degree);

        public uint* Denominator(int group) => _denominators[0] + (long)group * Quintic.Degree * PlaneWords;

        public void Dispose()
        {
            Tile.Dispose();
            _row.Dispose();
            _denominators.Dispose();
            _inversion.Dispose();
        }

        static int TilesFor(int planes) => (planes * PlaneWords + Tile.Points - 1) / Tile.Points;
    }
}
