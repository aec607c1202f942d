namespace ZkExchange.Ledger.Journal;

/// <summary>The answer of a scan.</summary>
/// <param name="Outcome">What was found; the default is no acceptance.</param>
/// <param name="Segment">File in which the scan ended.</param>
/// <param name="Offset">Byte at which it ended.</param>
/// <param name="Frames">Sound frames before that.</param>
/// <param name="NextSequence">Sequence number that the next command will have.</param>
/// <param name="LastHash">Hash of the last sound frame.</param>
/// <param name="Acknowledged">All commands before this one are known to have been durable; 0 if there is no
/// mark.</param>
public sealed record JournalVerdict(
    JournalOutcome Outcome, string Segment, long Offset, long Frames, ulong NextSequence, byte[] LastHash,
    ulong Acknowledged = 0)
{
    /// <summary>True if the journal can be used, after cutting a torn tail if there is one.</summary>
    public bool IsUsable => Outcome is JournalOutcome.Sound or JournalOutcome.TornTail;

    /// <summary>One sentence for an operator.</summary>
    public string Describe() => Outcome switch
    {
        JournalOutcome.Sound => $"{Frames} frames, sound to the end; the next command is {NextSequence}",
        JournalOutcome.TornTail =>
            $"{Frames} frames are sound; the last write, in {Segment} at byte {Offset}, did not finish "
                + "and was never acknowledged",
        JournalOutcome.AcknowledgedMissing when Segment.Length == 0 =>
            $"{Outcome}: no journal is left, but all commands before {Acknowledged} were acknowledged: "
                + "restore the folder from a replica, nothing was changed",
        JournalOutcome.AcknowledgedMissing =>
            $"{Outcome}: sound up to command {NextSequence - 1}, in {Segment} at byte {Offset}, but all before "
                + $"{Acknowledged} were acknowledged: restore the folder from a replica, nothing was changed",
        _ => $"{Outcome} in {Segment} at byte {Offset}, after {Frames} sound frames: "
            + "restore this file from a replica, nothing was changed",
    };
}
