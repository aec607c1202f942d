using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>The weighted constraints of one table at the points of a tile: declared ones by its program, those of the
/// buses by the rule of specs/30-proof-system.md section 7.</summary>
/// <remarks>Shared by threads: all state is in the tile.</remarks>
sealed unsafe class TableConstraints
{
    const int ScratchPlanes = TableBuses.Planes + 2 * Quintic.Degree;

    readonly TablePlacement _table;
    readonly TileProgram _program;
    readonly TableBuses? _buses;
    readonly Quintic _terminal;
    readonly ColumnBlock[] _blindBlocks = [];
    readonly ColumnBlock[] _auxiliaryBlocks = [];
    readonly ColumnBlock[] _nextBlocks = [];
    readonly uint[] _weights = [];                           // lambda X^k of the constraints of the accumulator

    /// <param name="table">The table.</param>
    /// <param name="challenges">Null without interactions.</param>
    /// <param name="publicInputs">Their values.</param>
    /// <param name="lambdas">Of all tables.</param>
    /// <param name="terminals">Of all tables.</param>
    public TableConstraints(
        TablePlacement table, Fingerprint? challenges, IReadOnlyList<KoalaBear> publicInputs, Quintic[] lambdas,
        Quintic[] terminals)
    {
        _table = table;
        var layout = table.Layout;
        var definition = layout.Table;
        var declared = new WeightedConstraint[definition.Constraints.Count];
        for (var i = 0; i < declared.Length; i++)
        {
            var constraint = definition.Constraints[i];
            declared[i] = new(constraint.Node, constraint.Rows, lambdas[table.LambdaOffset + i]);
        }

        var offset = table.MainOffset;
        var kept = TableBuses.NodesOf(definition);
        _program = new(
            definition.Graph, publicInputs, column => offset + column, kept, declared,
            TileCode.LanesFor(definition.Graph, 2L << table.HeightLog2));
        if (!layout.HasInteractions) return;

        var ofBuses = lambdas.AsSpan(table.LambdaOffset, layout.Constraints.Count)[declared.Length..];
        _buses = new(layout, challenges!, _program.Kept, ofBuses[..layout.Groups.Count]);
        _weights = WeightsOf(ofBuses[layout.Groups.Count..]);
        _terminal = terminals[table.Terminal];
        _auxiliaryBlocks = BlocksOf(table.AuxiliaryOffset, layout.AuxiliaryWidth, 0);
        _nextBlocks = BlocksOf(table.AuxiliaryOffset + layout.AccumulatorWord, Quintic.Degree, 1);
        if (layout.HasBlind) _blindBlocks = BlocksOf(table.MainOffset + layout.BlindColumn, Quintic.Degree, 0);
    }

    /// <summary>Planes of work space.</summary>
    public int Planes => _program.Planes + ScratchPlanes
        + Matrix.Lanes * (_blindBlocks.Length + _auxiliaryBlocks.Length + _nextBlocks.Length);

    /// <summary>Adds the weighted constraints to the sums of their kinds.</summary>
    /// <param name="tile">Work space, <see cref="Planes"/> planes from plane 0.</param>
    /// <param name="main">Main rows of the class.</param>
    /// <param name="auxiliary">Auxiliary rows of the class, if it has any.</param>
    /// <param name="point">The first point of the tile.</param>
    /// <param name="sums">Five planes for each kind of <see cref="Rows"/>.</param>
    public void Add(Tile tile, RowSource main, RowSource? auxiliary, long point, uint* sums)
    {
        _program.Run(tile, 0, main, point, sums);
        if (_buses is null) return;

        var scratch = _program.Planes;
        var here = scratch + ScratchPlanes;
        var next = here + Matrix.Lanes * _auxiliaryBlocks.Length;
        var blind = next + Matrix.Lanes * _nextBlocks.Length;
        tile.Load(auxiliary!.Value, point, _auxiliaryBlocks, here);
        tile.Load(auxiliary.Value, point, _nextBlocks, next);
        tile.Load(main, point, _blindBlocks, blind);
        tile.Ahead.Expect(auxiliary.Value, point + Tile.Points, Tile.Points, _auxiliaryBlocks);

        var layout = _table.Layout;
        var work = tile[scratch];
        var value = work + TableBuses.Planes * Tile.Points;
        var fractions = value + Tile.Extension;
        var every = sums + (int)Rows.Every * Tile.Extension;
        var lines = _auxiliaryBlocks.Length * Tile.Points / layout.Groups.Count + 1;
        TileMath.Fill(fractions, 0, Tile.Extension);
        for (var g = 0; g < layout.Groups.Count; g++)
        {
            var phi = tile[here] + WordIn(_auxiliaryBlocks, _table.AuxiliaryOffset + g * Quintic.Degree);
            tile.Ahead.Ask(lines);
            _buses.Constraint(g, tile[0], phi, work);
            TileMath.Add(every, every, work, Tile.Extension);
            TileMath.Add(fractions, fractions, phi, Tile.Extension);
        }

        var accumulator = _table.AuxiliaryOffset + layout.AccumulatorWord;
        var acc = tile[here] + WordIn(_auxiliaryBlocks, accumulator);
        var accNext = tile[next] + WordIn(_nextBlocks, accumulator);
        // first: acc - b
        var first = acc;
        if (layout.HasBlind)
        {
            var b = tile[blind] + WordIn(_blindBlocks, _table.MainOffset + layout.BlindColumn);
            TileMath.Subtract(value, acc, b, Tile.Extension);
            first = value;
        }

        AddTo(sums, Rows.First, first, 0);

        // transition: acc' - (acc + sum phi)
        TileMath.Add(fractions, fractions, acc, Tile.Extension);
        TileMath.Subtract(value, accNext, fractions, Tile.Extension);
        AddTo(sums, Rows.Transition, value, 1);

        // last: acc + sum phi - T
        for (var c = 0; c < Quintic.Degree; c++)
        {
            var plane = fractions + c * Tile.Points;
            TileMath.AddConstant(plane, plane, (-_terminal[c]).Residue, Tile.Points);
        }

        AddTo(sums, Rows.Last, fractions, 2);
    }

    /// <summary>sums[rows] += lambda value.</summary>
    void AddTo(uint* sums, Rows rows, uint* value, int lambda)
    {
        var terms = stackalloc uint*[Quintic.Degree];
        for (var k = 0; k < Quintic.Degree; k++) terms[k] = value + k * Tile.Points;
        fixed (uint* weights = _weights)
        {
            TileMath.Dot(
                sums + (int)rows * Tile.Extension, Tile.Points, terms, Quintic.Degree,
                weights + lambda * Quintic.Degree * Quintic.Degree, Tile.Points);
        }
    }

    /// <summary>Where a word is in blocks that hold it, in words from the first plane.</summary>
    static long WordIn(ColumnBlock[] blocks, int word) => (long)(word - blocks[0].Column) * Tile.Points;

    /// <summary>Neighbouring blocks that hold some words.</summary>
    static ColumnBlock[] BlocksOf(int word, int count, int ahead)
    {
        var first = word / Matrix.Lanes;
        var blocks = new ColumnBlock[(word + count - 1) / Matrix.Lanes - first + 1];
        for (var b = 0; b < blocks.Length; b++) blocks[b] = new((first + b) * Matrix.Lanes, ahead);
        return blocks;
    }

    static uint[] WeightsOf(ReadOnlySpan<Quintic> lambdas)
    {
        var words = new uint[lambdas.Length * Quintic.Degree * Quintic.Degree];
        var at = 0;
        foreach (var lambda in lambdas)
        {
            var weight = lambda;
            for (var k = 0; k < Quintic.Degree; k++, weight *= Quintic.X)
            {
                for (var c = 0; c < Quintic.Degree; c++) words[at++] = weight[c].Residue;
            }
        }

        return words;
    }
}
