// A table's graph as a program for tiles. The graph in the key stays the only definition: this is the same list of
// nodes with the public inputs put in, what is not needed left out, and a place given to every value, so that places
// are used again as soon as their value is. Constraints are not kept: sixteen at a time join the sum of their kind,
// weighted with their lambdas.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Where a node's value is: a plane of the tile, or nowhere because it is a constant.</summary>
readonly record struct Operand(int Plane, KoalaBear Constant)
{
    public bool IsConstant => Plane < 0;
}

/// <summary>A constraint with its weight.</summary>
readonly record struct WeightedConstraint(int Node, Rows Rows, Quintic Weight);

/// <summary>Evaluates nodes of one graph at all points of a tile.</summary>
sealed unsafe class TileProgram
{
    const int SumTerms = 16;

    readonly TileCompiler _code;

    /// <summary>Compiles.</summary>
    /// <param name="graph">The graph of the table.</param>
    /// <param name="publicInputs">Their values.</param>
    /// <param name="wordOf">The word of a row at which a column of the table is.</param>
    /// <param name="kept">Nodes whose values are wanted.</param>
    /// <param name="constraints">Constraints whose weighted sums are wanted.</param>
    public TileProgram(
        ConstraintGraph graph, IReadOnlyList<KoalaBear> publicInputs, Func<int, int> wordOf, IReadOnlyList<int> kept,
        IReadOnlyList<WeightedConstraint> constraints)
    {
        _code = new(graph, publicInputs, wordOf, kept, constraints, SumTerms);
        Kept = [.. kept.Select(_code.OperandOf)];
    }

    /// <summary>Where the kept nodes are after a run, in the order asked for.</summary>
    public IReadOnlyList<Operand> Kept { get; }

    /// <summary>Planes that a run needs.</summary>
    public int Planes => _code.Planes;

    /// <summary>Evaluates at the points <paramref name="point"/> and following.</summary>
    /// <param name="tile">Work space.</param>
    /// <param name="plane">The first of <see cref="Planes"/> planes that belong to this program.</param>
    /// <param name="source">The rows.</param>
    /// <param name="point">The first point of the tile.</param>
    /// <param name="sums">For each kind of <see cref="Rows"/> five planes, to which the weighted constraints are added.
    /// </param>
    public void Run(Tile tile, int plane, RowSource source, long point, uint* sums)
    {
        const int count = Tile.Points;

        // A program of many steps asks for the rows of the next tile along the way, a short one while it loads.
        var later = source.Pointer(point + count, 0);
        var isLong = TileMath.HasSixteenLanes
            && _code.Steps.Length >= _code.Blocks.Length * Tile.Points / 2;
        tile.Load(source, point, _code.Blocks, plane, !isLong);

        var first = tile[plane];
        var terms = stackalloc uint*[SumTerms];
        fixed (Step* steps = _code.Steps)
        fixed (int* links = _code.Links)
        fixed (uint* weights = _code.Weights)
        {
            for (var i = 0; i < _code.Steps.Length; i++)
            {
                i = RunPlain(steps, i, first, links, later + (long)i * Matrix.Lanes);
                if (i == _code.Steps.Length) break;

                var step = steps[i];
                for (var k = 0; k < step.Right; k++) terms[k] = first + (long)_code.Terms[step.Left + k] * count;

                TileMath.Dot(
                    sums + step.Target * Tile.Extension, count, terms, step.Right,
                    weights + step.Left * Quintic.Degree, count);
            }
        }
    }

    /// <summary>Steps up to the next weighted sum, or all; returns where that is.</summary>
    int RunPlain(Step* steps, int from, uint* first, int* links, uint* later)
    {
        var to = from;
        while (to < _code.Steps.Length && steps[to].Kind != StepKind.Sum) to++;
        if (TileMath.HasSixteenLanes) Tile512.Run(steps + from, to - from, first, links, later);
        else for (var i = from; i < to; i++) Compute(steps[i], first, links);
        return to;
    }

    static void Compute(in Step step, uint* first, int* links)
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
