// Whether traces satisfy a circuit, asked directly: every constraint on every row it names, every bus message by
// message. No challenge, no polynomial: what this accepts, the prover can prove, and the answer names the law that is
// broken.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving;

/// <summary>Checks traces against a circuit (specs/30-proof-system.md sections 6 and 7).</summary>
/// <remarks>
/// Multiplicities and weights are compared modulo p, as the proof system does: that they are small enough for the sums
/// to be those of integers is a matter of the constraints, which are checked one by one.
/// </remarks>
public static class TraceChecker
{
    /// <summary>The laws that are broken, constraints first; empty for a good witness.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="traces">For each table its declared columns, a power of two of rows; null = absent.</param>
    /// <param name="publicInputs">As many as the circuit has.</param>
    /// <param name="publicMessages">For each entry of the circuit, the words of its messages.</param>
    /// <param name="without">Laws to leave out: what would be accepted if the circuit did not state them.</param>
    public static IReadOnlyList<BrokenLaw> Check(
        Circuit circuit,
        IReadOnlyList<Matrix?> traces,
        IReadOnlyList<uint> publicInputs,
        IReadOnlyList<uint[]> publicMessages,
        Predicate<string>? without = null)
    {
        Fields.Check.That(traces.Count == circuit.Tables.Count);
        Fields.Check.That(publicInputs.Count == circuit.PublicInputs);
        Fields.Check.That(publicMessages.Count == circuit.PublicMessages.Count);

        var broken = new List<BrokenLaw>();
        var buses = circuit.Buses.ToDictionary(bus => bus, bus => new BusLedger(bus));
        for (var i = 0; i < traces.Count; i++)
        {
            var table = circuit.Tables[i];
            if (traces[i] is not { } trace)
            {
                if (!table.IsOptional) broken.Add(new(table.Name, "the table is there", 0, 1));
                continue;
            }

            Fields.Check.That(trace.Columns == table.Width && System.Numerics.BitOperations.IsPow2(trace.Rows));
            CheckTable(new TraceTile(table, trace, publicInputs), without, buses, broken);
        }

        for (var i = 0; i < publicMessages.Count; i++)
        {
            var (bus, direction) = circuit.PublicMessages[i];
            Fields.Check.That(publicMessages[i].Length % bus.Width == 0);
            var words = Array.ConvertAll(publicMessages[i], KoalaBear.From);
            for (var at = 0; at < words.Length; at += bus.Width)
            {
                buses[bus].Add(words.AsSpan(at, bus.Width), [KoalaBear.One], direction, "a public message", -1);
            }
        }

        foreach (var bus in circuit.Buses) buses[bus].Report(broken);
        return broken;
    }

    static void CheckTable(
        TraceTile tile, Predicate<string>? without, Dictionary<Bus, BusLedger> buses, List<BrokenLaw> broken)
    {
        var constraints = tile.Table.Constraints.Where(constraint => without?.Invoke(constraint.Law) != true).ToArray();
        var interactions = tile.Table.Interactions.Where(item => without?.Invoke(item.Law) != true).ToArray();
        var failures = new (long Row, long Count)[constraints.Length];
        for (var start = 0L; start < tile.Height; start += tile.Rows)
        {
            tile.Evaluate(start);
            for (var i = 0; i < failures.Length; i++) CountFailures(tile, constraints[i], ref failures[i]);
            foreach (var interaction in interactions) AddMessages(tile, interaction, buses[interaction.Bus]);
        }

        for (var i = 0; i < failures.Length; i++)
        {
            if (failures[i].Count > 0)
                broken.Add(new(tile.Table.Name, constraints[i].Law, failures[i].Row, failures[i].Count));
        }
    }

    static void CountFailures(TraceTile tile, Constraint constraint, ref (long Row, long Count) failures)
    {
        var values = tile.Values(constraint.Node);
        var last = tile.Height - 1 - tile.Start;               // of the table, counted from the tile's first row
        var (from, to) = constraint.Rows switch
        {
            Rows.First => (0, tile.Start == 0 ? 1 : 0),
            Rows.Transition => (0, (int)Math.Min(values.Length, last)),
            Rows.Last => ((int)Math.Min(values.Length, last), values.Length),
            _ => (0, values.Length),
        };
        for (var i = from; i < to; i++)
        {
            if (values[i] == KoalaBear.Zero) continue;
            if (failures.Count++ == 0) failures.Row = tile.Start + i;
        }
    }

    static void AddMessages(TraceTile tile, Interaction interaction, BusLedger ledger)
    {
        Span<KoalaBear> weights = new KoalaBear[interaction.Weights.Count];
        Span<KoalaBear> message = new KoalaBear[interaction.Message.Count];
        for (var i = 0; i < tile.Rows; i++)
        {
            var isSilent = true;
            for (var w = 0; w < weights.Length; w++)
            {
                weights[w] = tile.Values(interaction.Weights[w])[i];
                isSilent &= weights[w] == KoalaBear.Zero;
            }

            if (isSilent) continue;
            for (var m = 0; m < message.Length; m++) message[m] = tile.Values(interaction.Message[m])[i];
            ledger.Add(message, weights, interaction.Direction, interaction.Law, tile.Start + i);
        }
    }
}
