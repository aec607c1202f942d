namespace ZkExchange.Stark;

/// <summary>The first check that failed, in the order of the verifier's work. Part of the wire contract: append, never
/// renumber.</summary>
public enum Outcome : byte
{
    /// <summary>Nothing was checked.</summary>
    Unchecked = 0,

    /// <summary>Every check held.</summary>
    Accepted = 1,

    /// <summary>The proof ends before its last field. Where: the byte at which it ends.</summary>
    BadLength = 10,

    /// <summary>Bytes are left behind the last field. Where: the byte at which they begin.</summary>
    TrailingBytes = 11,

    /// <summary>A word is not below p. Where: the byte at which the field begins.</summary>
    BadEncoding = 12,

    /// <summary>The proof is longer than any of its shape can be.</summary>
    LimitExceeded = 13,

    /// <summary>A mandatory table is absent, or no table is present. Where: the table.</summary>
    BadShape = 20,

    /// <summary>A height is outside the limits of key or profile. Where: the table.</summary>
    BadHeight = 21,

    /// <summary>The shape is not the one that the statement prescribes. Where: the table.</summary>
    StatementMismatch = 22,

    /// <summary>Public inputs or messages are too many, too few, or not words below p.</summary>
    PublicValueMismatch = 23,

    /// <summary>The messages on the buses could wrap around p.</summary>
    MultiplicityBound = 24,

    /// <summary>The proven level is below the target of the profile.</summary>
    BelowSecurityTarget = 25,

    /// <summary>The terminals and the public messages do not cancel.</summary>
    BusUnbalanced = 30,

    /// <summary>The identity at the out-of-domain point fails. Where: the class.</summary>
    ConstraintMismatch = 31,

    /// <summary>A nonce does not do the work. Where: the label of the round.</summary>
    GrindFailed = 40,

    /// <summary>Opened rows do not lead to the root. Where: the tree (kind, or 16 + layer in FRI).</summary>
    MerkleMismatch = 41,

    /// <summary>The first layer is not the combination of the opened rows. Where: the position.</summary>
    QueryMismatch = 42,

    /// <summary>A fold does not meet the next layer. Where: that layer.</summary>
    FriMismatch = 43,

    /// <summary>The last fold does not meet the final polynomial. Where: the position.</summary>
    DegreeBound = 44,
}
