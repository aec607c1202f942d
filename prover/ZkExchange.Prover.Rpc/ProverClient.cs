using System.Security.Cryptography;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Rpc;

/// <summary>The service from the client's side: any number of calls over one channel.</summary>
public sealed class ProverClient(GrpcChannel channel)
{
    static readonly TimeSpan s_shortCall = TimeSpan.FromSeconds(10);

    /// <summary>What the prover can do.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public Task<DescribeReply> DescribeAsync(CancellationToken cancellation) =>
        channel.UnaryAsync(
            ProverLimits.Describe, new DescribeRequest(), DescribeReply.Parser, s_shortCall, cancellation);

    /// <summary>What the prover is doing.</summary>
    /// <exception cref="RpcException">The call failed.</exception>
    public Task<HealthReply> HealthAsync(CancellationToken cancellation) =>
        channel.UnaryAsync(ProverLimits.Health, new HealthRequest(), HealthReply.Parser, s_shortCall, cancellation);

    /// <summary>Has one proof made. What comes back is as long as announced and undamaged, and not yet
    /// verified.</summary>
    /// <param name="header">The subject and the counts; the statement's length and the format are filled in.</param>
    /// <param name="statement">The bytes of statement.json.</param>
    /// <param name="witness">The parts after the statement; drawn from while they are sent, on one thread.</param>
    /// <param name="events">Hears of the place in the line and of progress, in order; may be null.</param>
    /// <param name="timeout">The deadline for all of it, or null for none.</param>
    /// <param name="cancellation">Ends the call; the prover stops its work.</param>
    /// <exception cref="RpcException">No proof, and why.</exception>
    public async Task<byte[]> ProveAsync(
        ProveHeader header, ReadOnlyMemory<byte> statement, IEnumerable<ProveRequest> witness,
        Action<ProveReply>? events, TimeSpan? timeout, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(witness);
        var complete = header.Clone();
        complete.Format = ProverLimits.Format;
        complete.StatementBytes = (uint)statement.Length;

        await using var call = channel.Open<ProveRequest, ProveReply>(
            ProverLimits.Prove, ProveReply.Parser, timeout, cancellation);

        // A prover may have answered before it could be told anything: its answer is read in the same order.
        await call.TrySendAsync(new() { Header = complete }).ConfigureAwait(false);
        await WaitUntilReadyAsync(call, events).ConfigureAwait(false);

        // Reading goes on during the upload: a refusal in its middle is heard at once.
        var upload = Task.Run(() => UploadAsync(call, statement, witness), CancellationToken.None);
        try
        {
            return await ReceiveAsync(call, events).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            await EndAsync().ConfigureAwait(false);
            if (upload.IsFaulted) await upload.ConfigureAwait(false);    // no witness to send: that is the reason
            throw;
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }

        async Task EndAsync()
        {
            await call.CancelAsync().ConfigureAwait(false);              // an upload still under way ends with the call
            await Task.WhenAny(upload).ConfigureAwait(false);
        }
    }

    static async Task WaitUntilReadyAsync(DuplexCall<ProveRequest, ProveReply> call, Action<ProveReply>? events)
    {
        while (await call.ReadAsync().ConfigureAwait(false) is { } reply)
        {
            events?.Invoke(reply);
            if (reply.EventCase == ProveReply.EventOneofCase.Ready) return;
        }

        throw Unexpected("the call ended before it began");
    }

    static async Task UploadAsync(
        DuplexCall<ProveRequest, ProveReply> call, ReadOnlyMemory<byte> statement, IEnumerable<ProveRequest> witness)
    {
        try
        {
            for (var sent = 0; sent < statement.Length; sent += ProverLimits.ChunkBytes)
            {
                var length = Math.Min(ProverLimits.ChunkBytes, statement.Length - sent);
                var part = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(statement.Slice(sent, length));
                if (!await call.TrySendAsync(new() { Statement = part }).ConfigureAwait(false)) return;
            }

            foreach (var part in witness)
            {
                if (!await call.TrySendAsync(part).ConfigureAwait(false)) return;
            }

            call.EndRequests();
        }
        catch
        {
            call.Abandon();
            throw;
        }
    }

    static async Task<byte[]> ReceiveAsync(DuplexCall<ProveRequest, ProveReply> call, Action<ProveReply>? events)
    {
        ProofHeader? header = null;
        byte[] proof = [];
        var filled = 0;
        while (await call.ReadAsync().ConfigureAwait(false) is { } reply)
        {
            switch (reply.EventCase)
            {
                case ProveReply.EventOneofCase.Proof when header is null:
                    header = reply.Proof;
                    if (header.Bytes is 0 or > ProverLimits.ProofBytesMax) throw Unexpected("a proof of absurd length");
                    proof = new byte[header.Bytes];
                    events?.Invoke(reply);
                    break;

                case ProveReply.EventOneofCase.Chunk when header is not null:
                    if (reply.Chunk.Length > proof.Length - filled) throw Unexpected("more bytes than announced");
                    reply.Chunk.Span.CopyTo(proof.AsSpan(filled));
                    filled += reply.Chunk.Length;
                    break;

                case ProveReply.EventOneofCase.Progress when header is null:
                    events?.Invoke(reply);
                    break;

                default:
                    throw Unexpected("an event out of order");
            }
        }

        if (header is null || filled < proof.Length) throw Unexpected("fewer bytes than announced");
        return header.Sha256.Span.SequenceEqual(SHA256.HashData(proof)) ? proof : throw Unexpected("a damaged proof");
    }

    static RpcException Unexpected(string what) => new(GrpcStatus.DataLoss, "the prover sent " + what);
}
