// A chain of epochs (specs/40-statements.md section 5): same exchange and environment; epoch + 1; later snapshot;
// `previous` names the epoch before. A corrected epoch keeps number and previous of the one it supersedes. Whatever
// changes between epochs besides prices and books is listed.

using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Epoch;

/// <summary>Decides whether epochs, each checked by itself, continue one another.</summary>
public static class ChainVerifier
{
    /// <summary>The verdict on a chain.</summary>
    /// <param name="epochs">What became of each, in the order of the chain.</param>
    public static ChainVerdict Verify(IReadOnlyList<EpochVerdict> epochs)
    {
        var changes = new List<ChainChange>();
        var before = new HashSet<FileDigest>();                // every version of the epoch before
        var versions = new HashSet<FileDigest>();              // every version so far of the epoch at hand
        if (epochs.Count == 0) return new(ChainOutcome.HistoryBroken, 0, "no epoch", changes);
        for (var i = 0; i < epochs.Count; i++)
        {
            if (!epochs[i].IsAccepted || epochs[i].Statement is not { } statement)
                return new(ChainOutcome.EpochRejected, i, $"{epochs[i].Outcome}: {epochs[i].Detail}", changes);
            if (i == 0)
            {
                versions.Add(statement.Digest);
                continue;
            }

            var last = epochs[i - 1].Statement!;
            var isCorrection = statement.Epoch == last.Epoch;
            var (outcome, detail) = isCorrection
                ? Correction(last, statement)
                : Succession(last, statement, versions);
            if (outcome != ChainOutcome.Accepted) return new(outcome, i, detail, changes);

            if (!isCorrection)
            {
                (before, versions) = (versions, before);
                versions.Clear();
            }

            versions.Add(statement.Digest);
            foreach (var what in StatementChanges.Of(last, statement)) changes.Add(new(i, what));
        }

        return new(ChainOutcome.Accepted, 0, "", changes);
    }

    static (ChainOutcome Outcome, string Detail) Correction(Statement last, Statement statement)
    {
        if (!IsSameBook(last, statement)) return (ChainOutcome.StatementMismatch, "exchange or environment");
        if (statement.Supersedes != last.Digest)
            return (ChainOutcome.Equivocation, $"epoch {statement.Epoch}: {last.Digest} and {statement.Digest}");
        return statement.Previous == last.Previous
            ? (ChainOutcome.Accepted, "")
            : (ChainOutcome.HistoryBroken, "a correction keeps `previous`");
    }

    static (ChainOutcome Outcome, string Detail) Succession(
        Statement last, Statement statement, HashSet<FileDigest> versions)
    {
        if (!IsSameBook(last, statement)) return (ChainOutcome.StatementMismatch, "exchange or environment");
        if (statement.Epoch != last.Epoch + 1)
            return (ChainOutcome.HistoryBroken, $"epoch {statement.Epoch} behind epoch {last.Epoch}");
        if (!versions.Contains(statement.Previous))
            return (ChainOutcome.HistoryBroken, $"`previous` is {statement.Previous}");
        if (statement.Supersedes is not null)
            return (ChainOutcome.HistoryBroken, "the statement that it supersedes is not given");
        return string.CompareOrdinal(statement.Snapshot, last.Snapshot) > 0
            ? (ChainOutcome.Accepted, "")
            : (ChainOutcome.StaleStatement, $"{statement.Snapshot} behind {last.Snapshot}");
    }

    static bool IsSameBook(Statement last, Statement statement) =>
        last.Environment == statement.Environment
        && string.Equals(last.Exchange, statement.Exchange, StringComparison.Ordinal);
}
