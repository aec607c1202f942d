using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Verifying;

/// <summary>The values of a table's nodes at a point outside the domain.</summary>
static class GraphEvaluator
{
    /// <summary>One value for each node.</summary>
    /// <param name="graph">The table's graph.</param>
    /// <param name="here">Declared columns at zeta.</param>
    /// <param name="next">Declared columns at g zeta; only those that the graph reads there need be right.</param>
    /// <param name="publicInputs">The claim's words.</param>
    public static Quintic[] Evaluate(
        ConstraintGraph graph, ReadOnlySpan<Quintic> here, ReadOnlySpan<Quintic> next, IReadOnlyList<uint> publicInputs)
    {
        var entries = graph.Entries;
        var values = new Quintic[entries.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var (operation, left, right) = entries[i];
            values[i] = operation switch
            {
                Operation.Constant => Quintic.From(KoalaBear.From(left)),
                Operation.Column => right == 0 ? here[(int)left] : next[(int)left],
                Operation.Public => Quintic.From(KoalaBear.From(publicInputs[(int)left])),
                Operation.Add => values[left] + values[right],
                Operation.Subtract => values[left] - values[right],
                Operation.Multiply => Product(graph, values, (int)left, (int)right),
                _ => -values[left],
            };
        }

        return values;
    }

    // Constants and public inputs lie in F: five products instead of twenty-five.
    static Quintic Product(ConstraintGraph graph, ReadOnlySpan<Quintic> values, int left, int right)
    {
        if (graph.Degree(left) == 0) return values[left].C0 * values[right];
        if (graph.Degree(right) == 0) return values[left] * values[right].C0;
        return values[left] * values[right];
    }
}
