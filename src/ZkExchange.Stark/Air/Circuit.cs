namespace ZkExchange.Stark.Air;

/// <summary>Messages that the verifier itself puts on a bus or takes from it, computed from the statement.</summary>
public sealed record PublicMessages(Bus Bus, Direction Direction);

/// <summary>A statement as constraints: tables in key order, buses, public inputs and public messages.</summary>
/// <param name="Name">For messages to people; not part of the key.</param>
/// <param name="Tables">In key order; at most 255.</param>
/// <param name="Buses">Every bus of the tables, ids distinct.</param>
/// <param name="PublicInputs">How many words the statement provides.</param>
/// <param name="PublicMessages">In key order.</param>
public sealed record Circuit(
    string Name,
    IReadOnlyList<Table> Tables,
    IReadOnlyList<Bus> Buses,
    int PublicInputs,
    IReadOnlyList<PublicMessages> PublicMessages);
