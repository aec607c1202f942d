// What a circuit becomes in the verifying key: a list of nodes, each made of earlier ones, no two alike. The circuit
// speaks to it once; the verifier, the prover and the checker of traces all evaluate this one list
// (specs/30-proof-system.md section 6, specs/adr/0002).

using ZkExchange.Fields;

namespace ZkExchange.Stark.Air;

/// <summary>The opcodes of the canonical form. Part of the key's bytes: never renumber.</summary>
public enum Operation : byte
{
    Constant = 1,
    Column = 2,
    Public = 3,
    Add = 4,
    Subtract = 5,
    Multiply = 6,
    Negate = 7,
}

/// <summary>One node. Left and Right are: the canonical constant; the column and its offset 0 or 1; the index of a
/// public input; or one or two earlier nodes.</summary>
public readonly record struct Entry(Operation Operation, uint Left, uint Right = 0);

/// <summary>The nodes of one table, in topological order and without duplicates.</summary>
public sealed class ConstraintGraph
{
    readonly List<Entry> _entries = [];
    readonly List<int> _degrees = [];
    readonly Dictionary<Entry, int> _indices = [];

    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The degree of a node in the columns; constants and public inputs count 0.</summary>
    public int Degree(int node) => _degrees[node];

    internal Node Append(Operation operation, uint left, uint right = 0)
    {
        var entry = new Entry(operation, left, right);
        if (_indices.TryGetValue(entry, out var index)) return new(this, index);

        index = _entries.Count;
        _entries.Add(entry);
        _degrees.Add(DegreeOf(entry));
        _indices.Add(entry, index);
        return new(this, index);
    }

    int DegreeOf(Entry entry) => entry.Operation switch
    {
        Operation.Column => 1,
        Operation.Add or Operation.Subtract => Math.Max(_degrees[(int)entry.Left], _degrees[(int)entry.Right]),
        Operation.Multiply => _degrees[(int)entry.Left] + _degrees[(int)entry.Right],
        Operation.Negate => _degrees[(int)entry.Left],
        _ => 0,
    };
}

/// <summary>A value of a table that is only written down. Sums, differences and products write further nodes.</summary>
/// <remarks>No division and no comparison, so every constraint is a polynomial by construction.</remarks>
public readonly struct Node
{
    readonly ConstraintGraph? _graph;
    readonly KoalaBear _constant;

    internal Node(ConstraintGraph graph, int index) => (_graph, Index) = (graph, index);

    Node(KoalaBear constant) => _constant = constant;

    internal int Index { get; }

    public static implicit operator Node(uint value) => new(KoalaBear.From(value));
    public static implicit operator Node(int value) => new(KoalaBear.From(value));
    public static implicit operator Node(KoalaBear value) => new(value);

    public static Node operator +(Node left, Node right) => Combine(Operation.Add, left, right);
    public static Node operator -(Node left, Node right) => Combine(Operation.Subtract, left, right);
    public static Node operator *(Node left, Node right) => Combine(Operation.Multiply, left, right);
    public static Node operator -(Node value) => 0 - value;

    // Constants fold; x + 0, x - 0, 1 x and 0 x write nothing, so equal formulas give equal keys.
    static Node Combine(Operation operation, Node left, Node right)
    {
        if (left._graph is null && right._graph is null)
        {
            var (a, b) = (left._constant, right._constant);
            return new(operation switch
            {
                Operation.Add => a + b,
                Operation.Subtract => a - b,
                _ => a * b,
            });
        }

        if (right._graph is null)
        {
            if (right._constant == KoalaBear.Zero) return operation == Operation.Multiply ? right : left;
            if (right._constant == KoalaBear.One && operation == Operation.Multiply) return left;
        }

        if (left._graph is null)
        {
            if (left._constant == KoalaBear.Zero && operation == Operation.Multiply) return left;
            if (left._constant == KoalaBear.Zero && operation == Operation.Add) return right;
            if (left._constant == KoalaBear.Zero)
                return right._graph!.Append(Operation.Negate, (uint)right.Index);

            if (left._constant == KoalaBear.One && operation == Operation.Multiply) return right;
        }

        var graph = (left._graph ?? right._graph)!;
        return graph.Append(operation, (uint)left.In(graph).Index, (uint)right.In(graph).Index);
    }

    /// <summary>The node in a graph: a constant is appended, a node of another graph is a mistake of ours.</summary>
    internal Node In(ConstraintGraph graph)
    {
        if (_graph is null) return graph.Append(Operation.Constant, _constant.ToUInt32());
        Check.That(ReferenceEquals(_graph, graph));
        return this;
    }
}
