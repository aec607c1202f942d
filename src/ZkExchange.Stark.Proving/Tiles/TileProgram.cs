// A table's graph as a program for tiles. The graph in the key stays the only definition: this is the same list of
// nodes with the public inputs put in, what is not needed left out, and a place given to every value, so that places
// are used again as soon as their value is. Constraints stay until the end and join the sum of their kind, weighted
// with their lambdas. Where many points are to come the steps become machine code (TileCode), else they are read one
// by one.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Where a node's value is: a plane of the tile, or nowhere because it is a constant.</summary>
readonly record struct Operand(int Plane, KoalaBear Constant)
{
    public bool IsConstant => Plane < 0;
}

/// <summary>A constraint with its weight.</summary>
sealed record WeightedConstraint(int Node, Rows Rows, Quintic Weight);

/// <summary>Evaluates nodes of one graph at all points of a tile.</summary>
sealed unsafe class TileProgram
{
    readonly TileCompiler _plan;
    readonly TileCode? _code;

    /// <summary>Compiles.</summary>
    /// <param name="graph">The graph of the table.</param>
    /// <param name="publicInputs">Their values.</param>
    /// <param name="wordOf">The word of a row at which a column of the table is.</param>
    /// <param name="kept">Nodes whose values are wanted.</param>
    /// <param name="constraints">Constraints whose weighted sums are wanted.</param>
    /// <param name="lanes">What to make code of; null to read the steps one by one.</param>
    public TileProgram(
        ConstraintGraph graph, IReadOnlyList<KoalaBear> publicInputs, Func<int, int> wordOf, IReadOnlyList<int> kept,
        IReadOnlyList<WeightedConstraint> constraints, LaneCalls? lanes)
    {
        _plan = new(graph, publicInputs, wordOf, kept, constraints);
        Kept = new Operand[kept.Count];
        for (var i = 0; i < Kept.Length; i++) Kept[i] = _plan.OperandOf(kept[i]);
        if (lanes is not null) _code = new(_plan, Kept, lanes);
    }

    /// <summary>Where the kept nodes are after a run, in the order asked for.</summary>
    public Operand[] Kept { get; }

    /// <summary>Planes that a run needs.</summary>
    public int Planes => _plan.Planes;

    /// <summary>Evaluates at the points <paramref name="point"/> and following.</summary>
    /// <param name="tile">Work space.</param>
    /// <param name="plane">The first of <see cref="Planes"/> planes that belong to this program.</param>
    /// <param name="source">The rows.</param>
    /// <param name="point">The first point of the tile.</param>
    /// <param name="sums">For each kind of <see cref="Rows"/> five planes, to which the weighted constraints are added.
    /// </param>
    public void Run(Tile tile, int plane, RowSource source, long point, uint* sums)
    {
        var first = tile[plane];
        tile.Load(source, point, _plan.Blocks, plane);
        tile.Ahead.Expect(source, point + Tile.Points, Tile.Points, _plan.Blocks);
        if (_code is not null)
        {
            _code.Run(first, tile.Ahead, _plan.Blocks.Length * Tile.Points);
        }
        else
        {
            tile.Ahead.Ask(int.MaxValue);
            Interpret(first);
        }

        foreach (var sum in _plan.Sums) Add(sum, first, sums + (int)sum.Rows * Tile.Extension);
    }

    static void Add(WeightedSum constraints, uint* first, uint* sum)
    {
        var terms = stackalloc uint*[constraints.Planes.Length];
        for (var k = 0; k < constraints.Planes.Length; k++)
            terms[k] = first + (long)constraints.Planes[k] * Tile.Points;
        fixed (uint* weights = constraints.Weights)
        {
            TileMath.Dot(sum, Tile.Points, terms, constraints.Planes.Length, weights, Tile.Points);
        }
    }

    void Interpret(uint* first)
    {
        fixed (int* links = _plan.Links)
        {
            foreach (var step in _plan.Steps) Compute(step, first, links);
        }
    }

    static void Compute(Step step, uint* first, int* links)
    {
        const int count = Tile.Points;
        var target = first + (long)step.Target * count;
        var left = first + (long)step.Left * count;
        var right = first + (long)step.Right * count;
        switch (step.Kind)
        {
            case StepKind.CubeSum:
                TileMath.CubeSum(target, left, (uint)step.Right, count);
                break;
            case StepKind.MultiplyAdd:
                TileMath.MultiplyAdd(target, left, (uint)step.Right, first + (long)step.Other * count, count);
                break;
            case StepKind.Chain:
                TileMath.Chain(target, first, links + step.Left, step.Right, count);
                break;
            case StepKind.Add:
                TileMath.Add(target, left, right, count);
                break;
            case StepKind.Subtract:
                TileMath.Subtract(target, left, right, count);
                break;
            case StepKind.Multiply:
                TileMath.Multiply(target, left, right, count);
                break;
            case StepKind.AddConstant:
                TileMath.AddConstant(target, left, (uint)step.Right, count);
                break;
            case StepKind.SubtractFromConstant:
                TileMath.SubtractFromConstant(target, (uint)step.Right, left, count);
                break;
            case StepKind.MultiplyConstant:
                TileMath.MultiplyConstant(target, left, (uint)step.Right, count);
                break;
            case StepKind.Cube:
                TileMath.Cube(target, left, count);
                break;
            default:
                TileMath.Fill(target, (uint)step.Right, count);
                break;
        }
    }
}
