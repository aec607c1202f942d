// A stated epoch becomes two folders: the published one, and the private one beside it. Shards are proven one after the
// other, and a witness lives no longer than its proof. Both folders appear when everything is in them, or not at all.

using ZkExchange.Circuits.Epoch;
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
        var (statement, shards) = (draft.Statement, draft.Statement.ShardNodes.Count);
        published.Write(Statement.FileName, statement.Bytes.Span);
        if (draft.Report is not null) published.Write(ReservesReport.FileName, draft.Report);
        if (statement.Signer is not null && sign is not null)
            published.Write(StatementSignature.FileName, sign(statement.Digest));

        var lengths = new int[shards];
        for (var shard = 0; shard < shards; shard++)
        {
            var name = shards == 1 ? "proving the shard" : $"proving shard {shard + 1} of {shards}";
            var done = shard;
            var proof = await prover.ProveShardAsync(
                statement, shard, draft.Books.WitnessOf(shard),
                phase => progress?.Invoke(new($"{name}: {phase.Phase}", (done + phase.Fraction) / (shards + 1))),
                cancellation).ConfigureAwait(false);
            published.Write(EpochFiles.ShardProof(shard), proof);
            lengths[shard] = proof.Length;
        }

        var top = await prover.ProveTopAsync(
            statement, draft.Books.WitnessOfTop(),
            phase => progress?.Invoke(new($"proving the top: {phase.Phase}", (shards + phase.Fraction) / (shards + 1))),
            cancellation).ConfigureAwait(false);
        published.Write(EpochFiles.TopProof, top);

        PrivateFolder.Write(secret, draft);
        foreach (var (name, bytes) in extras ?? s_none) secret.Write(name, bytes);
        cancellation.ThrowIfCancellationRequested();

        // The secrets first: a published epoch whose secrets are lost could answer no customer.
        secret.Commit();
        published.Commit();
        return new(statement, lengths, top.Length);
    }
}
