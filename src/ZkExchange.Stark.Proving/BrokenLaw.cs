namespace ZkExchange.Stark.Proving;

/// <summary>A constraint that does not hold, or a message that is sent and received unequally often.</summary>
/// <param name="Where">The table of a constraint, the bus of a message.</param>
/// <param name="Law">The law of the constraint, or that of the first interaction that named the message.</param>
/// <param name="Row">The first row at which it shows; -1 for a public message.</param>
/// <param name="Count">Rows at which the constraint fails, or messages with this law that do not balance.</param>
public sealed record BrokenLaw(string Where, string Law, long Row, long Count)
{
    public override string ToString() => $"{Where}: {Law} (row {Row}, {Count} in all)";
}
