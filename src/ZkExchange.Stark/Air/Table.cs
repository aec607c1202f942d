using ZkExchange.Fields;

namespace ZkExchange.Stark.Air;

/// <summary>The rows on which a constraint must be zero.</summary>
public enum Rows : byte
{
    Every = 0,
    First = 1,

    /// <summary>Every row but the last, the only ones that have a next row.</summary>
    Transition = 2,
    Last = 3,
}

/// <summary>A node that must be zero on the rows it names; the law is quoted when it is not.</summary>
public readonly record struct Constraint(Rows Rows, int Node, string Law);

/// <summary>One table of a circuit: its columns, its constraints, and what it says on the buses.</summary>
/// <remarks>A circuit speaks to it once, when the key is made. Nothing of a witness is here.</remarks>
public sealed class Table(string name, int width, int heightLog2Min, int heightLog2Max, bool isOptional = false)
{
    readonly List<Constraint> _constraints = [];
    readonly List<Interaction> _interactions = [];

    public string Name { get; } = name;

    /// <summary>Declared main columns; the blind of section 7 comes on top where the key has one.</summary>
    public int Width { get; } = width;

    /// <summary>The heights that the key allows, apart from the profile's own limits.</summary>
    public int HeightLog2Min { get; } = heightLog2Min;

    /// <inheritdoc cref="HeightLog2Min"/>
    public int HeightLog2Max { get; } = heightLog2Max;

    /// <summary>An optional table may be absent from a proof's shape.</summary>
    public bool IsOptional { get; } = isOptional;

    public ConstraintGraph Graph { get; } = new();
    public IReadOnlyList<Constraint> Constraints => _constraints;
    public IReadOnlyList<Interaction> Interactions => _interactions;

    /// <summary>The value of a column in this row.</summary>
    public Node this[int column] => Cell(column, 0);

    /// <summary>The value of a column in the next row; in the last row, that of the first.</summary>
    public Node Next(int column) => Cell(column, 1);

    /// <summary>A value of the public inputs.</summary>
    public Node Public(int index) => Graph.Append(Operation.Public, (uint)index);

    public void OnEvery(Node zero, string law) => Demand(Rows.Every, zero, law);
    public void OnFirst(Node zero, string law) => Demand(Rows.First, zero, law);
    public void OnTransition(Node zero, string law) => Demand(Rows.Transition, zero, law);
    public void OnLast(Node zero, string law) => Demand(Rows.Last, zero, law);

    /// <summary>Puts a message on a permutation or lookup bus.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="multiplicity">How often: degree at most 2, in 0 .. bound by constraints of this table.</param>
    /// <param name="message">The words, each of degree at most 1, as many as the bus is wide.</param>
    /// <param name="law">What the message says.</param>
    /// <param name="bound">The largest multiplicity.</param>
    public void Send(Bus bus, Node multiplicity, ReadOnlySpan<Node> message, string law, uint bound = 1) =>
        Interact(bus, Direction.Send, bound, [multiplicity], message, law);

    /// <summary>Takes a message from a permutation bus (multiplicity 0 or 1 by constraint), or is the receiving side of
    /// a lookup bus (any multiplicity).</summary>
    public void Receive(Bus bus, Node multiplicity, ReadOnlySpan<Node> message, string law) =>
        Interact(bus, Direction.Receive, bus.Kind == BusKind.Permutation ? 1u : 0, [multiplicity], message, law);

    /// <summary>Puts weights (each of degree at most 2) on the sum of a message.</summary>
    public void SendSum(Bus bus, ReadOnlySpan<Node> weights, ReadOnlySpan<Node> message, string law) =>
        Interact(bus, Direction.Send, 0, weights, message, law);

    /// <summary>Takes the sums of the weights of a message.</summary>
    public void ReceiveSum(Bus bus, ReadOnlySpan<Node> weights, ReadOnlySpan<Node> message, string law) =>
        Interact(bus, Direction.Receive, 0, weights, message, law);

    Node Cell(int column, uint ahead)
    {
        Check.That(column >= 0 && column < Width);
        return Graph.Append(Operation.Column, (uint)column, ahead);
    }

    void Demand(Rows rows, Node zero, string law) => _constraints.Add(new(rows, zero.In(Graph).Index, law));

    void Interact(
        Bus bus, Direction direction, uint bound, ReadOnlySpan<Node> weights, ReadOnlySpan<Node> message, string law)
    {
        Check.That(message.Length == bus.Width);
        Check.That(bus.Kind == BusKind.Sum ? weights.Length <= bus.Weights : weights.Length == 1);
        Check.That(weights.Length > 0);
        _interactions.Add(new(bus, direction, bound, Indices(weights), Indices(message), law));
    }

    int[] Indices(ReadOnlySpan<Node> nodes)
    {
        var indices = new int[nodes.Length];
        for (var i = 0; i < nodes.Length; i++) indices[i] = nodes[i].In(Graph).Index;
        return indices;
    }
}
