using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Cli.Output;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Cli.Remote;

/// <summary>Has proofs made by a zkx-prover: specs/65-prover-service.md.</summary>
/// <remarks>The prover sees the witness. What it sends back is verified here before it is taken: a broken or malicious
/// prover costs time, never a wrong folder.</remarks>
sealed class RemoteShardProver(GrpcChannel channel) : IShardProver, IDisposable
{
    readonly ProverClient _client = new(channel);

    /// <inheritdoc/>
    public int ProofsAtOnce => 1;

    /// <inheritdoc/>
    /// <exception cref="CommandException">No proof, and why.</exception>
    public async Task<byte[]> ProveShardAsync(
        Statement statement, int shard, Func<ShardWitness> witness, Action<EpochPhase>? progress,
        CancellationToken cancellation)
    {
        var given = witness();
        var subject = new ShardSubject
        {
            Index = (uint)shard,
            Accounts = (uint)given.Accounts.Count,
            Entries = (uint)given.Accounts.Sum(account => account.Entries.Length),
            Blind = WitnessParts.Bytes(given.Blind),
        };
        var proof = await ProveAsync(
            new() { Shard = subject }, statement, WitnessParts.Of(given), progress, cancellation)
            .ConfigureAwait(false);
        var circuits = EpochCircuits.Standard;
        return Verified(circuits.Shard, statement, circuits.ShardClaims(statement)(shard), proof);
    }

    /// <inheritdoc/>
    /// <exception cref="CommandException">No proof, and why.</exception>
    public async Task<byte[]> ProveTopAsync(
        Statement statement, TopWitness witness, Action<EpochPhase>? progress, CancellationToken cancellation)
    {
        var subject = new TopSubject { Nodes = (uint)witness.Blinds.Sum(level => level.Count) };
        var proof = await ProveAsync(
            new() { Top = subject }, statement, WitnessParts.Of(witness), progress, cancellation)
            .ConfigureAwait(false);
        var circuits = EpochCircuits.Standard;
        return Verified(circuits.Top, statement, circuits.TopClaim(statement), proof);
    }

    public void Dispose() => channel.Dispose();

    byte[] Verified(VerifyingKey key, Statement statement, Claim claim, byte[] proof)
    {
        var profile = Profile.Find(statement.Profile);
        Check.That(profile is not null);
        var verdict = StarkVerifier.Verify(key, profile, claim, proof);
        if (verdict.IsAccepted) return proof;
        throw new CommandException(
            ExitCode.Proof, "Proof", $"The prover at {channel.Address} sent a proof that fails: {verdict.Outcome}.");
    }

    async Task<byte[]> ProveAsync(
        ProveHeader header, Statement statement, IEnumerable<ProveRequest> parts, Action<EpochPhase>? progress,
        CancellationToken cancellation)
    {
        try
        {
            return await _client.ProveAsync(header, statement.Bytes, parts, Report, timeout: null, cancellation)
                .ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            // Its text goes to a terminal, as the phases do.
            throw new CommandException(
                exception.Status == GrpcStatus.InvalidArgument ? ExitCode.Input : ExitCode.Proof,
                "Prover", $"{channel.Address} made no proof: {exception.Status}: {PlainText(exception.Message, 1000)}");
        }

        void Report(ProveReply reply)
        {
            var phase = reply.EventCase switch
            {
                ProveReply.EventOneofCase.Queued => new EpochPhase($"waiting behind {reply.Queued.Ahead}", 0),
                ProveReply.EventOneofCase.Ready => new EpochPhase("sending the witness", 0),
                ProveReply.EventOneofCase.Progress =>
                    new(PlainText(reply.Progress.Phase, 40), Math.Min(reply.Progress.Permille, 1000) / 1000.0),
                _ => new EpochPhase("receiving the proof", 1),
            };
            progress?.Invoke(phase);
        }
    }

    // What comes from another machine is shown as printable ASCII of a sensible length.
    static string PlainText(string text, int lengthMax) => string.Concat(
        text.Take(lengthMax).Select(unit => unit is >= ' ' and <= '~' ? unit : '?'));
}
