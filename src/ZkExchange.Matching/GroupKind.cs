namespace ZkExchange.Matching;

/// <summary>Orders that are placed in one command and act on each other.</summary>
public enum GroupKind : byte
{
    /// <summary>
    /// Two orders of one side and size. A fill of one shrinks the other; a trigger, an end of one ends the other.
    /// </summary>
    OneCancelsOther = 0,

    /// <summary>
    /// An entry and two exits of the other side. The exits are armed by what the entry has filled, and cancel each
    /// other.
    /// </summary>
    Bracket = 1,
}
