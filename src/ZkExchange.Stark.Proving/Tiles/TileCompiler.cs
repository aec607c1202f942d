using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving.Tiles;

enum StepKind : byte
{
    Add,
    Subtract,
    Multiply,
    AddConstant,
    SubtractFromConstant,
    MultiplyConstant,
    Cube,
    Fill,

    /// <summary>(left + constant)^3.</summary>
    CubeSum,

    /// <summary>left constant + other.</summary>
    MultiplyAdd,

    /// <summary>A sum of planes. Left: the first of its terms in the list of them. Right: how many.</summary>
    Chain,
}

/// <summary>One operation on planes; a constant, as a residue, stands in Right.</summary>
sealed record Step(StepKind Kind, int Target, int Left, int Right, int Other = 0);

/// <summary>Constraints of one kind, weighted and added.</summary>
/// <param name="Rows">Their kind.</param>
/// <param name="Planes">Where their values are.</param>
/// <param name="Weights">Five residues for each.</param>
sealed record WeightedSum(Rows Rows, int[] Planes, uint[] Weights);

/// <summary>Gives steps and places to the nodes of a graph.</summary>
sealed class TileCompiler
{
    const int NoPlane = -1;

    readonly ConstraintGraph _graph;
    readonly IReadOnlyList<KoalaBear> _publicInputs;
    readonly Operand[] _operands;
    readonly int[] _uses;
    readonly bool[] _isColumn;
    readonly Dictionary<int, int> _cubes = [];               // a node that is a cube, and what of
    readonly Stack<int> _free = new();
    readonly List<Step> _steps = [];
    readonly List<int> _links = [];
    int _last = -1;                                          // the node that the last step computes, if any

    public TileCompiler(
        ConstraintGraph graph, IReadOnlyList<KoalaBear> publicInputs, Func<int, int> wordOf, IReadOnlyList<int> kept,
        IReadOnlyList<WeightedConstraint> constraints)
    {
        _graph = graph;
        _publicInputs = publicInputs;
        _operands = new Operand[graph.Entries.Count];
        _uses = new int[graph.Entries.Count];
        _isColumn = new bool[graph.Entries.Count];

        foreach (var node in kept) _uses[node]++;
        foreach (var constraint in constraints) _uses[constraint.Node]++;
        CountUses();
        Blocks = PlaceColumns(wordOf);
        Planes = Blocks.Length * Matrix.Lanes;

        for (var node = 0; node < _uses.Length; node++)
        {
            if (_uses[node] > 0) Emit(node);
        }

        foreach (var constraint in constraints) Materialise(constraint.Node);
        Sums = SumsOf(constraints);
        Steps = [.. _steps];
        Links = [.. _links];
    }

    /// <summary>What to load before the first step.</summary>
    public ColumnBlock[] Blocks { get; }

    public int Planes { get; private set; }

    public Step[] Steps { get; }

    /// <summary>What to add to the sums of the kinds of rows after the last step.</summary>
    public WeightedSum[] Sums { get; }

    /// <summary>The planes of the chains' terms.</summary>
    public int[] Links { get; }

    /// <summary>The planes that a step reads.</summary>
    public int[] OperandsOf(Step step) => step.Kind switch
    {
        StepKind.Fill => [],
        StepKind.Chain => Links[step.Left..(step.Left + step.Right)],
        StepKind.Add or StepKind.Subtract or StepKind.Multiply => [step.Left, step.Right],
        StepKind.MultiplyAdd => [step.Left, step.Other],
        _ => [step.Left],
    };

    /// <summary>Where a kept node is.</summary>
    public Operand OperandOf(int node) => _operands[node];

    /// <summary>Uses of each node that is needed, from the roots down. A cube takes its base and not the square.
    /// </summary>
    void CountUses()
    {
        for (var node = _uses.Length - 1; node >= 0; node--)
        {
            if (_uses[node] == 0) continue;

            var entry = _graph.Entries[node];
            if (entry.Operation is Operation.Constant or Operation.Column or Operation.Public) continue;

            _uses[(int)entry.Left]++;
            if (entry.Operation != Operation.Negate) _uses[(int)entry.Right]++;
        }

        // Only now are all uses known: a square that nothing but its cube uses disappears.
        for (var node = _uses.Length - 1; node >= 0; node--)
        {
            if (_uses[node] == 0 || !IsCube(node, out var root, out var square)) continue;

            _uses[square] = 0;
            _uses[root] -= 2;
            _cubes.Add(node, root);
        }
    }

    bool IsCube(int node, out int root, out int square)
    {
        (root, square) = (0, 0);
        var entry = _graph.Entries[node];
        if (entry.Operation != Operation.Multiply || entry.Left == entry.Right) return false;

        return IsSquareOf(entry.Left, entry.Right, out root, out square)
            || IsSquareOf(entry.Right, entry.Left, out root, out square);
    }

    bool IsSquareOf(uint candidate, uint value, out int root, out int square)
    {
        (root, square) = ((int)value, (int)candidate);
        var entry = _graph.Entries[square];
        return entry.Operation == Operation.Multiply && entry.Left == value && entry.Right == value
            && _uses[square] <= 1;
    }

    ColumnBlock[] PlaceColumns(Func<int, int> wordOf)
    {
        // Blocks of this row first, then those of the next.
        const int ahead = 1 << 24;
        var order = new List<int>();
        for (var node = 0; node < _uses.Length; node++)
        {
            if (!IsNeededColumn(node, out var entry)) continue;

            var block = wordOf((int)entry.Left) / Matrix.Lanes + (int)entry.Right * ahead;
            if (!order.Contains(block)) order.Add(block);
        }

        order.Sort();
        for (var node = 0; node < _uses.Length; node++)
        {
            if (!IsNeededColumn(node, out var entry)) continue;

            var word = wordOf((int)entry.Left);
            var place = order.IndexOf(word / Matrix.Lanes + (int)entry.Right * ahead);
            _operands[node] = new(place * Matrix.Lanes + word % Matrix.Lanes, default);
            _isColumn[node] = true;
        }

        var blocks = new ColumnBlock[order.Count];
        for (var b = 0; b < blocks.Length; b++)
            blocks[b] = new(order[b] % ahead * Matrix.Lanes, order[b] / ahead);
        return blocks;
    }

    bool IsNeededColumn(int node, out Entry entry)
    {
        entry = _graph.Entries[node];
        return _uses[node] > 0 && entry.Operation == Operation.Column;
    }

    void Emit(int node)
    {
        var entry = _graph.Entries[node];
        switch (entry.Operation)
        {
            case Operation.Column:
                break;
            case Operation.Constant:
                _operands[node] = new(NoPlane, KoalaBear.From(entry.Left));
                break;
            case Operation.Public:
                _operands[node] = new(NoPlane, _publicInputs[(int)entry.Left]);
                break;
            case Operation.Negate:
                EmitDifference(node, new(NoPlane, default), _operands[(int)entry.Left]);
                Release((int)entry.Left);
                break;
            default:
                if (_cubes.TryGetValue(node, out var root))
                {
                    EmitCube(node, root);
                    break;
                }

                if (entry.Operation != Operation.Add || !TryFuse(node, (int)entry.Left, (int)entry.Right))
                    EmitPair(node, entry.Operation, _operands[(int)entry.Left], _operands[(int)entry.Right]);
                Release((int)entry.Left);
                Release((int)entry.Right);
                break;
        }
    }

    void EmitCube(int node, int root)
    {
        var value = _operands[root];
        if (value.IsConstant) Set(node, value.Constant * value.Constant * value.Constant);
        else if (IsLast(root, StepKind.AddConstant)) Fuse(node, _steps[^1] with { Kind = StepKind.CubeSum });
        else Put(node, StepKind.Cube, value.Plane, 0);
        Release(root);
    }

    /// <summary>A sum with what was computed just before and nothing else needs joins that step.</summary>
    bool TryFuse(int node, int left, int right)
    {
        if (_last == right) (left, right) = (right, left);
        if (_last != left || _operands[right].IsConstant) return false;

        var other = _operands[right].Plane;
        if (IsLast(left, StepKind.MultiplyConstant))
        {
            Fuse(node, _steps[^1] with { Kind = StepKind.MultiplyAdd, Other = other });
            return true;
        }

        if (IsLast(left, StepKind.Add))
        {
            var (_, target, first, second, _) = _steps[^1];
            _links.AddRange([first, second, other]);
            Fuse(node, new(StepKind.Chain, target, _links.Count - 3, 3));
            return true;
        }

        if (!IsLast(left, StepKind.Chain)) return false;

        _links.Add(other);
        Fuse(node, _steps[^1] with { Right = _steps[^1].Right + 1 });
        return true;
    }

    /// <summary>True if the last step computes a node that is used once, and how.</summary>
    bool IsLast(int node, StepKind kind) => _last == node && _uses[node] == 1 && _steps[^1].Kind == kind;

    /// <summary>Puts a step in place of the last, whose value is then nowhere.</summary>
    void Fuse(int node, Step step)
    {
        var target = Take();
        _operands[node] = new(target, default);
        _steps[^1] = step with { Target = target };
        _last = node;
    }

    void EmitPair(int node, Operation operation, Operand left, Operand right)
    {
        if (operation == Operation.Subtract)
        {
            EmitDifference(node, left, right);
            return;
        }

        // Sums and products commute: a constant goes to the right.
        if (left.IsConstant) (left, right) = (right, left);
        var isSum = operation == Operation.Add;
        if (left.IsConstant)
            Set(node, isSum ? left.Constant + right.Constant : left.Constant * right.Constant);
        else if (right.IsConstant)
            Put(node, isSum ? StepKind.AddConstant : StepKind.MultiplyConstant, left.Plane, right.Constant);
        else
            Put(node, isSum ? StepKind.Add : StepKind.Multiply, left.Plane, right.Plane);
    }

    void EmitDifference(int node, Operand left, Operand right)
    {
        if (left.IsConstant && right.IsConstant) Set(node, left.Constant - right.Constant);
        else if (left.IsConstant) Put(node, StepKind.SubtractFromConstant, right.Plane, left.Constant);
        else if (right.IsConstant) Put(node, StepKind.AddConstant, left.Plane, -right.Constant);
        else Put(node, StepKind.Subtract, left.Plane, right.Plane);
    }

    void Set(int node, KoalaBear constant) => _operands[node] = new(NoPlane, constant);

    void Put(int node, StepKind kind, int left, KoalaBear constant) => Put(node, kind, left, (int)constant.Residue);

    void Put(int node, StepKind kind, int left, int right)
    {
        var target = Take();
        _operands[node] = new(target, default);
        _steps.Add(new(kind, target, left, right));
        _last = node;
    }

    int Take() => _free.TryPop(out var plane) ? plane : Planes++;

    void Release(int node)
    {
        if (--_uses[node] == 0 && !_isColumn[node] && !_operands[node].IsConstant) _free.Push(_operands[node].Plane);
    }

    WeightedSum[] SumsOf(IReadOnlyList<WeightedConstraint> constraints)
    {
        var sums = new List<WeightedSum>();
        foreach (var rows in (ReadOnlySpan<Rows>)[Rows.Every, Rows.First, Rows.Transition, Rows.Last])
        {
            var terms = constraints.Where(constraint => constraint.Rows == rows).ToArray();
            if (terms.Length == 0) continue;

            var (planes, weights) = (new int[terms.Length], new uint[terms.Length * Quintic.Degree]);
            for (var k = 0; k < terms.Length; k++)
            {
                planes[k] = _operands[terms[k].Node].Plane;
                for (var c = 0; c < Quintic.Degree; c++) weights[k * Quintic.Degree + c] = terms[k].Weight[c].Residue;
            }

            sums.Add(new(rows, planes, weights));
        }

        return [.. sums];
    }

    /// <summary>A constraint that is a constant needs a plane like any other.</summary>
    void Materialise(int node)
    {
        if (!_operands[node].IsConstant) return;

        var constant = _operands[node].Constant;
        var target = Take();
        _operands[node] = new(target, default);
        _steps.Add(new(StepKind.Fill, target, 0, (int)constant.Residue));
    }
}
