using ZkExchange.Ledger.Journal;

namespace ZkExchange.Exchange.Hosting;

/// <summary>What a start from a journal found and did.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Journal">What the scan of the journal said.</param>
/// <param name="SnapshotAt">Sequence number of the first command after the snapshot used; 0 if none was.</param>
/// <param name="Replayed">Commands done again.</param>
/// <param name="Snapshots">Snapshots that were there and could not be used.</param>
public sealed record RecoveryReport(
    RecoveryOutcome Outcome, JournalVerdict Journal, ulong SnapshotAt, ulong Replayed, int Snapshots)
{
    /// <summary>True if there is a venue to go on with.</summary>
    public bool IsUsable => Outcome is RecoveryOutcome.Born or RecoveryOutcome.Recovered;

    /// <summary>One sentence for an operator.</summary>
    public string Describe() => $"{Outcome}: {Journal.Describe()}; "
        + (SnapshotAt == 0 ? "no snapshot used" : $"snapshot before command {SnapshotAt}")
        + $", {Replayed} commands replayed" + (Snapshots == 0 ? "" : $", {Snapshots} unusable snapshots passed over");
}
