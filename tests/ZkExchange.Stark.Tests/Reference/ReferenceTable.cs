using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.LogUp;

namespace ZkExchange.Stark.Tests.Reference;

/// <summary>One table at one point or row: its nodes and the derived constraints, in the plainest form.</summary>
sealed class ReferenceTable(TablePlacement table, IReadOnlyList<uint> publicInputs, Fingerprint? fingerprint)
{
    readonly TableLayout _layout = table.Layout;

    /// <summary>The values of all nodes.</summary>
    public Quintic[] Nodes(Func<int, KoalaBear> here, Func<int, KoalaBear> next)
    {
        var values = new List<Quintic>();
        foreach (var (operation, left, right) in _layout.Table.Graph.Entries)
        {
            values.Add(operation switch
            {
                Operation.Constant => Quintic.From(KoalaBear.From(left)),
                Operation.Column => Quintic.From(right == 0 ? here((int)left) : next((int)left)),
                Operation.Public => Quintic.From(KoalaBear.From(publicInputs[(int)left])),
                Operation.Add => values[(int)left] + values[(int)right],
                Operation.Subtract => values[(int)left] - values[(int)right],
                Operation.Multiply => values[(int)left] * values[(int)right],
                _ => -values[(int)left],
            });
        }

        return [.. values];
    }

    public Quintic Denominator(int interaction, Quintic[] nodes)
    {
        var (bus, message) = (Interaction(interaction).Bus, Interaction(interaction).Message);
        var sum = fingerprint!.Alpha + fingerprint.Betas[0] * KoalaBear.From((uint)bus.Id + 1);
        for (var j = 0; j < message.Count; j++) sum += fingerprint.Betas[j + 1] * nodes[message[j]];
        return sum;
    }

    public Quintic Numerator(int interaction, Quintic[] nodes)
    {
        var weights = Interaction(interaction).Weights;
        var sum = Quintic.Zero;
        for (var j = 0; j < weights.Count; j++) sum += fingerprint!.Deltas[j] * nodes[weights[j]];
        return Interaction(interaction).Direction == Direction.Send ? sum : -sum;
    }

    /// <summary>phi of a group in a row of the trace.</summary>
    public Quintic Fraction(InteractionGroup group, Quintic[] nodes)
    {
        var sum = Quintic.Zero;
        for (var i = group.First; i < group.First + group.Count; i++)
        {
            sum += Numerator(i, nodes) * Denominator(i, nodes).Inverse();
        }

        return sum;
    }

    /// <summary>The values of all constraints in the order of their lambdas.</summary>
    public IEnumerable<(Rows Rows, Quintic Value)> Constraints(
        Quintic[] nodes, Quintic blind, Quintic[] phi, Quintic acc, Quintic accNext, Quintic terminal)
    {
        foreach (var constraint in _layout.Table.Constraints) yield return (constraint.Rows, nodes[constraint.Node]);
        if (!_layout.HasInteractions) yield break;

        var sum = Quintic.Zero;
        for (var g = 0; g < phi.Length; g++)
        {
            var first = 2 * g;
            var isPair = first + 1 < _layout.Table.Interactions.Count;
            var other = isPair ? Denominator(first + 1, nodes) : Quintic.One;
            var value = phi[g] * Denominator(first, nodes) * other - Numerator(first, nodes) * other;
            if (isPair) value -= Numerator(first + 1, nodes) * Denominator(first, nodes);
            yield return (Rows.Every, value);
            sum += phi[g];
        }

        yield return (Rows.First, acc - blind);
        yield return (Rows.Transition, accNext - acc - sum);
        yield return (Rows.Last, acc + sum - terminal);
    }

    Interaction Interaction(int index) => _layout.Table.Interactions[index];
}
