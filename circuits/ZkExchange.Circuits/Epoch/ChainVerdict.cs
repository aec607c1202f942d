namespace ZkExchange.Circuits.Epoch;

/// <summary>The first check of a chain that failed. Append, never renumber.</summary>
public enum ChainOutcome : byte
{
    /// <summary>Nothing was checked.</summary>
    Unchecked = 0,

    /// <summary>Every check held.</summary>
    Accepted = 1,

    /// <summary>An epoch by itself is refused.</summary>
    EpochRejected = 10,

    /// <summary>Another exchange or environment.</summary>
    StatementMismatch = 11,

    /// <summary>Two statements for one epoch, neither superseding the other: fraud, if both are signed.</summary>
    Equivocation = 12,

    /// <summary>An epoch is missing, out of order, does not name the one before it, or supersedes one that is not
    /// here.</summary>
    HistoryBroken = 13,

    /// <summary>The snapshot is not later than the one before.</summary>
    StaleStatement = 14,
}

/// <summary>What an epoch does differently from the one before it.</summary>
/// <param name="Epoch">The index of the epoch among those given.</param>
/// <param name="What">In words.</param>
public readonly record struct ChainChange(int Epoch, string What);

/// <summary>What became of checking a chain of epochs.</summary>
/// <param name="Outcome">The first check that failed, or that all held.</param>
/// <param name="Where">The index of the epoch at which it failed.</param>
/// <param name="Detail">In words.</param>
/// <param name="Changes">Of all epochs up to the one that failed.</param>
public sealed record ChainVerdict(
    ChainOutcome Outcome, int Where, string Detail, IReadOnlyList<ChainChange> Changes)
{
    public bool IsAccepted => Outcome == ChainOutcome.Accepted;
}
