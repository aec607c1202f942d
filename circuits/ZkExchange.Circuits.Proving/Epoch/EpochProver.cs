// A stated epoch becomes two folders: the published one, and the private one beside it. Both appear when everything is
// in them, or not at all.

using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Proves a draft and writes it.</summary>
public static class EpochProver
{
    static readonly Dictionary<string, byte[]> s_none = new(StringComparer.Ordinal);

    /// <summary>Proves and writes an epoch.</summary>
    /// <param name="draft">What to prove.</param>
    /// <param name="prover">Makes the proofs.</param>
    /// <param name="folder">The published folder; it and its private sibling must not exist.</param>
    /// <param name="sign">The signature of a statement, if it names a signer.</param>
    /// <param name="extras">More files for the private folder, by name.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind.</param>
    /// <exception cref="IOException">A folder exists or cannot be written.</exception>
    public static async Task<EpochResult> ProveAsync(
        EpochDraft draft, IShardProver prover, string folder, Func<FileDigest, byte[]>? sign = null,
        IReadOnlyDictionary<string, byte[]>? extras = null, Action<EpochPhase>? progress = null,
        CancellationToken cancellation = default)
    {
        using var published = PendingFolder.Begin(folder, isPrivate: false);
        using var secret = PendingFolder.Begin(PrivateFolder.PathOf(folder), isPrivate: true);
        var statement = draft.Statement;
        published.Write(Statement.FileName, statement.Bytes.Span);
        if (draft.Report is not null) published.Write(ReservesReport.FileName, draft.Report);
        if (statement.Signer is not null && sign is not null)
            published.Write(StatementSignature.FileName, sign(statement.Digest));

        // The private folder is written beside the proofs; whatever fails, both have ended before the folders go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writing = Task.Factory.StartNew(
            () => PrivateFolder.Write(secret, draft, stop.Token), stop.Token, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var lengths = new List<int>();
        try
        {
            await EpochProofs.MakeAsync(draft, prover, Take, progress, cancellation).ConfigureAwait(false);
            progress?.Invoke(new("writing the private folder", 1));
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await writing.ConfigureAwait(false);
        foreach (var (name, bytes) in extras ?? s_none) secret.Write(name, bytes);
        cancellation.ThrowIfCancellationRequested();

        // The secrets first: a published epoch whose secrets are lost could answer no customer.
        secret.Commit();
        published.Commit();
        return new(statement, lengths[..^1], lengths[^1]);

        void Take(string name, byte[] proof)
        {
            published.Write(name, proof);
            lengths.Add(proof.Length);
        }
    }
}
