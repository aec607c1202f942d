namespace ZkExchange.Stark.Air;

/// <summary>What equality of the two sides of a bus means.</summary>
public enum BusKind : byte
{
    /// <summary>Every message sent is received exactly as often as it is sent; multiplicities are 0 or 1.</summary>
    Permutation = 0,

    /// <summary>Every message sent stands in the one receiving table, which counts how often.</summary>
    Lookup = 1,

    /// <summary>Messages carry a vector of weights; for each message the weights sent and received have equal sums
    /// modulo p (specs/30-proof-system.md section 7, specs/adr/0003).</summary>
    Sum = 2,
}

public enum Direction : byte { Send = 0, Receive = 1 }

/// <summary>A channel between tables (LogUp). Width: words of a message. Weights: words of the weight vector, 1 but
/// for sums.</summary>
public sealed record Bus(ushort Id, string Name, BusKind Kind, int Width, int Weights = 1);

/// <summary>What a row puts on a bus or takes from it. Weights[0] is the multiplicity.</summary>
/// <param name="Bound">The largest multiplicity that the table's own constraints allow; 0 for a lookup's receiving
/// side and for sums, whose weights may be any field element.</param>
/// <param name="Law">Quoted when the bus does not balance and this interaction is the one that is off.</param>
public sealed record Interaction(
    Bus Bus, Direction Direction, uint Bound, IReadOnlyList<int> Weights, IReadOnlyList<int> Message, string Law);
