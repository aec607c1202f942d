// What a circuit must keep to so that the soundness argument covers it (specs/30-proof-system.md sections 6 and 7).
// Checked once, when the key is made; whoever reads a key from bytes checks the same.

namespace ZkExchange.Stark.Air;

/// <summary>The rules of the constraint language.</summary>
static class CircuitRules
{
    const int TablesMax = 255;
    const int NameMax = 255;
    const int HeightLog2Max = Fields.KoalaBear.TwoAdicity;

    /// <summary>Refuses a circuit that breaks a rule.</summary>
    /// <exception cref="CircuitException">Names the place and the rule.</exception>
    public static void Check(Circuit circuit)
    {
        Demand(circuit.Tables.Count is >= 1 and <= TablesMax, circuit.Name, "1 to 255 tables");
        Demand(circuit.PublicInputs is >= 0 and <= ushort.MaxValue, circuit.Name, "at most 65535 public inputs");
        Demand(circuit.PublicMessages.Count <= byte.MaxValue, circuit.Name, "at most 255 lists of public messages");

        CheckBuses(circuit);
        foreach (var table in circuit.Tables) CheckTable(circuit, table);
        foreach (var messages in circuit.PublicMessages)
        {
            Demand(circuit.Buses.Contains(messages.Bus), circuit.Name, "public messages on a bus of the circuit");
            Demand(messages.Bus.Kind == BusKind.Permutation, messages.Bus.Name, "public messages on permutation buses");
        }

        var interacting = circuit.Tables.Where(table => table.Interactions.Count > 0).ToArray();
        Demand(interacting.Length == 0 || interacting.Any(table => !table.IsOptional), circuit.Name,
            "a mandatory table with interactions where there are interactions");
        Demand(interacting.Length > 0 || circuit.PublicMessages.Count == 0, circuit.Name,
            "public messages only where there are interactions");
    }

    static void CheckBuses(Circuit circuit)
    {
        Demand(circuit.Buses.Count <= ushort.MaxValue, circuit.Name, "at most 65535 buses");
        var identifiers = new HashSet<ushort>();
        foreach (var bus in circuit.Buses)
        {
            Demand(identifiers.Add(bus.Id), bus.Name, "bus ids are distinct");
            Demand(bus.Width is >= 1 and <= 1024, bus.Name, "1 to 1024 words in a message");
            Demand(bus.Weights is >= 1 and <= 1024, bus.Name, "1 to 1024 weights");
            Demand(bus.Kind == BusKind.Sum || bus.Weights == 1, bus.Name, "one weight but on sum buses");

            if (bus.Kind == BusKind.Lookup)
            {
                var receivers = circuit.Tables.Count(table => table.Interactions.Any(
                    interaction => interaction.Bus == bus && interaction.Direction == Direction.Receive));
                Demand(receivers == 1, bus.Name, "one receiving table on a lookup bus");
            }
        }
    }

    static void CheckTable(Circuit circuit, Table table)
    {
        var name = table.Name;
        Demand(name.Length is >= 1 and <= NameMax && name.All(char.IsAscii), name, "an ASCII name of 1 to 255 letters");
        Demand(table.Width is >= 1 and <= short.MaxValue, name, "1 to 32767 columns");
        Demand(table.HeightLog2Min >= Profile.FinalHeightLog2, name, "at least 2^5 rows");
        Demand(table.HeightLog2Min <= table.HeightLog2Max, name, "heights from a minimum to a maximum");
        Demand(table.HeightLog2Max <= HeightLog2Max, name, "at most 2^24 rows");

        foreach (var entry in table.Graph.Entries)
        {
            Demand(entry.Operation != Operation.Public || entry.Left < circuit.PublicInputs, name,
                "public inputs within their number");
        }

        foreach (var constraint in table.Constraints)
        {
            var most = constraint.Rows is Rows.First or Rows.Last ? 2 : Profile.ConstraintDegreeMax;
            Demand(table.Graph.Degree(constraint.Node) <= most, name, $"degree at most {most}: {constraint.Law}");
        }

        foreach (var interaction in table.Interactions) CheckInteraction(circuit, table, interaction);
    }

    static void CheckInteraction(Circuit circuit, Table table, Interaction interaction)
    {
        var (bus, law) = (interaction.Bus, interaction.Law);
        Demand(circuit.Buses.Contains(bus), table.Name, $"a bus of the circuit: {law}");
        Demand(interaction.Message.Count == bus.Width, table.Name, $"as many words as the bus is wide: {law}");
        Demand(interaction.Weights.Count >= 1 && interaction.Weights.Count <= bus.Weights, table.Name,
            $"at most as many weights as the bus has: {law}");
        Demand(interaction.Message.All(node => table.Graph.Degree(node) <= 1), table.Name, $"affine messages: {law}");
        Demand(interaction.Weights.All(node => table.Graph.Degree(node) <= 2), table.Name,
            $"multiplicities and weights of degree at most 2: {law}");

        var isCounted = bus.Kind == BusKind.Permutation
            || (bus.Kind == BusKind.Lookup && interaction.Direction == Direction.Send);
        Demand(isCounted == (interaction.Bound > 0), table.Name, $"a bound exactly where multiplicities count: {law}");
        Demand(bus.Kind != BusKind.Permutation || interaction.Bound == 1, table.Name, $"at most once: {law}");
    }

    static void Demand(bool holds, string where, string rule)
    {
        if (!holds) throw new CircuitException($"{where}: {rule}.");
    }
}
