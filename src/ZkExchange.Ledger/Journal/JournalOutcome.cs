namespace ZkExchange.Ledger.Journal;

/// <summary>What a journal turned out to be.</summary>
public enum JournalOutcome : byte
{
    Unchecked = 0,

    /// <summary>Every frame is there and follows from the one before.</summary>
    Sound = 1,

    /// <summary>The last write did not finish. Nothing in it was ever acknowledged; it can be cut.</summary>
    TornTail = 2,

    /// <summary>
    /// A frame is damaged and a sound one follows: something acknowledged is missing. Nothing may be cut.
    /// </summary>
    DamagedMiddle = 10,

    /// <summary>A frame is sound by itself and does not continue the one before.</summary>
    BrokenChain = 11,

    /// <summary>Sequence numbers do not continue.</summary>
    SequenceGap = 12,

    /// <summary>The payload of a sound frame cannot be split into its commands.</summary>
    MalformedPayload = 13,

    /// <summary>The mark says that more was acknowledged than is there, or than is sound.</summary>
    AcknowledgedMissing = 14,

    /// <summary>The mark belongs to another history: no frame has its hash where it should be.</summary>
    ForeignMark = 15,
}
