using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover;

/// <summary>The methods of zkexchange.prover.v1.Prover: specs/65-prover-service.md.</summary>
/// <remarks>
/// Nothing of a request is trusted: counts are announced first, compared with the limits, and hold for what follows.
/// A call in the line holds no witness; one that ends, however it ends, stops its work and gives its memory back.
/// </remarks>
sealed partial class ProverService(
    IProofEngine engine, ProofQueue queue, ServiceOptions options, ProverMetrics metrics, ILogger<ProverService> logger)
{
    const int AccountsMax = 1 << 24;                         // positions of the largest shard
    const int EntriesMax = 1 << 26;
    const int NodesMax = 1 << 17;                            // a tree over 2^16 shards has fewer

    /// <summary>Memory that the witness itself takes while it is read, an estimate from above.</summary>
    const int AccountBytes = 256;
    const int EntryBytes = 64;

    public Task<DescribeReply> DescribeAsync(DescribeRequest request, RpcContext rpc)
    {
        var reply = new DescribeReply
        {
            Version = typeof(ProverService).Assembly.GetName().Version?.ToString(3) ?? "",
            Format = ProverLimits.Format,
            Kernels = engine.Kernels,
            Threads = (uint)options.ThreadsPerJob,
            Limits = new Limits
            {
                MessageBytes = ProverLimits.RequestBytesMax,
                StatementBytes = ProverLimits.StatementBytesMax,
                Accounts = AccountsMax,
                Entries = EntriesMax,
                MemoryBytes = (ulong)options.MemoryBytesPerJob,
                Jobs = (uint)options.Jobs,
                Waiting = (uint)options.WaitingMax,
                IdleSeconds = (uint)(options.IdleTimeout.Ticks / TimeSpan.TicksPerSecond),
            },
        };
        reply.Profiles.AddRange(engine.Profiles);
        foreach (var (name, key) in engine.Circuits)
            reply.Circuits.Add(new Circuit { Name = name, VerifyingKey = ByteString.CopyFrom(key) });
        return Task.FromResult(reply);
    }

    public Task<HealthReply> HealthAsync(HealthRequest request, RpcContext rpc) => Task.FromResult(new HealthReply
    {
        State = queue.IsClosed ? HealthReply.Types.State.Draining : HealthReply.Types.State.Serving,
        Running = (uint)queue.Running,
        Waiting = (uint)queue.Waiting,
        Proofs = (ulong)metrics.Proofs,
        Failures = (ulong)metrics.Failures,
        UptimeSeconds = (ulong)(metrics.Uptime.Ticks / TimeSpan.TicksPerSecond),
    });

    /// <summary>One proof, from the header to the last chunk.</summary>
    public async Task ProveAsync(
        MessageReader<ProveRequest> requests, MessageWriter<ProveReply> replies, RpcContext rpc)
    {
        var started = Stopwatch.GetTimestamp();
        var subject = "?";
        try
        {
            var header = await ReadHeaderAsync(requests, rpc.Cancellation);
            subject = Describe(header);
            byte[] proof;
            TimeSpan took;
            using (var ticket = await EnterAsync(replies, rpc.Cancellation))
                (proof, took) = await MakeAsync(header, requests, replies, rpc.Cancellation);

            metrics.CountProof(proof.Length, took);
            LogProof(logger, subject, took.Ticks / TimeSpan.TicksPerMillisecond, proof.Length);
            await SendAsync(proof, took, replies, rpc.Cancellation);
        }
        catch (RpcException exception)
        {
            metrics.CountFailure();
            LogEnd(logger, subject, exception.Status, Milliseconds(started));
            throw;
        }
        catch (OperationCanceledException)
        {
            metrics.CountCancelled();
            LogEnd(logger, subject, GrpcStatus.Cancelled, Milliseconds(started));
            throw;
        }
    }

    async Task<ProveHeader> ReadHeaderAsync(MessageReader<ProveRequest> requests, CancellationToken cancellation)
    {
        var first = await ReadAsync(requests, cancellation);
        if (first?.PartCase != ProveRequest.PartOneofCase.Header) throw Invalid("the first message must be a header");
        var header = first.Header;
        if (header.Format != ProverLimits.Format)
            throw Invalid($"header.format is {header.Format}; this prover knows {ProverLimits.Format}");
        if (header.StatementBytes is 0 or > ProverLimits.StatementBytesMax)
            throw Invalid($"header.statement_bytes must be 1 to {ProverLimits.StatementBytesMax}");
        switch (header.SubjectCase)
        {
            case ProveHeader.SubjectOneofCase.Shard:
                var shard = header.Shard;
                if (shard.Accounts > AccountsMax) throw Invalid($"header.shard.accounts is above {AccountsMax}");
                if (shard.Entries > EntriesMax) throw Invalid($"header.shard.entries is above {EntriesMax}");
                if (shard.Entries < shard.Accounts) throw Invalid("header.shard: every account has at least one entry");
                RequireMemory(((long)shard.Accounts * AccountBytes) + ((long)shard.Entries * EntryBytes));
                return header;

            case ProveHeader.SubjectOneofCase.Top:
                if (header.Top.Nodes is 0 or > NodesMax) throw Invalid($"header.top.nodes must be 1 to {NodesMax}");
                return header;

            default:
                throw Invalid("the header names no subject: shard or top");
        }
    }

    /// <summary>Waits for a turn; the client hears of its place, and is told to go on when the turn has come.</summary>
    async Task<ProofQueue.Ticket> EnterAsync(MessageWriter<ProveReply> replies, CancellationToken cancellation)
    {
        var ticket = queue.TryEnter();
        if (ticket is null)
        {
            metrics.CountRefused();
            if (queue.IsClosed) throw ShuttingDown();
            throw new RpcException(
                GrpcStatus.ResourceExhausted,
                $"{options.Jobs} proofs run and {options.WaitingMax} wait already; try again later");
        }

        try
        {
            await foreach (var ahead in ticket.Places(cancellation))
                await replies.WriteAsync(new() { Queued = new() { Ahead = (uint)ahead } }, cancellation);
            if (!ticket.IsRunning) throw ShuttingDown();
            await replies.WriteAsync(new() { Ready = new() }, cancellation);
            return ticket;
        }
        catch
        {
            ticket.Dispose();
            throw;
        }
    }

    async Task<(byte[] Proof, TimeSpan Took)> MakeAsync(
        ProveHeader header, MessageReader<ProveRequest> requests, MessageWriter<ProveReply> replies,
        CancellationToken cancellation)
    {
        try
        {
            var statement = await ReadStatementAsync((int)header.StatementBytes, requests, cancellation);
            using var task = engine.Begin(statement, header);
            RequireMemory(task.MemoryBytes);
            while (await ReadAsync(requests, cancellation) is { } part) task.Add(part);

            var started = Stopwatch.GetTimestamp();
            var proof = await WorkAsync(task, replies, cancellation);
            return (proof, Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            // Between two proofs the columns of the first are garbage of some gigabytes: give them back now.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    async Task<byte[]> ReadStatementAsync(
        int length, MessageReader<ProveRequest> requests, CancellationToken cancellation)
    {
        var statement = new byte[length];
        for (var filled = 0; filled < length;)
        {
            var part = await ReadAsync(requests, cancellation);
            if (part?.PartCase != ProveRequest.PartOneofCase.Statement)
                throw Invalid($"the statement ends after {filled} of {length} bytes");
            if (part.Statement.IsEmpty) throw Invalid("a part of the statement is empty");
            if (part.Statement.Length > length - filled) throw Invalid($"the statement is longer than {length} bytes");
            part.Statement.Span.CopyTo(statement.AsSpan(filled));
            filled += part.Statement.Length;
        }

        return statement;
    }

    /// <summary>The next message, if it comes before the client is taken for gone.</summary>
    async Task<ProveRequest?> ReadAsync(MessageReader<ProveRequest> requests, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(options.IdleTimeout);
        try
        {
            return await requests.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            var seconds = options.IdleTimeout.Ticks / TimeSpan.TicksPerSecond;
            throw new RpcException(GrpcStatus.Aborted, $"the request paused for more than {seconds} s", exception);
        }
    }

    /// <summary>Lets the work run on a thread of its own while its progress goes out.</summary>
    async Task<byte[]> WorkAsync(
        IProofTask task, MessageWriter<ProveReply> replies, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var events = Channel.CreateBounded<Progress>(
            new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
        var work = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    return task.Prove(options.ThreadsPerJob, Report, stopping.Token);
                }
                finally
                {
                    events.Writer.Complete();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (var progress in events.Reader.ReadAllAsync(cancellation))
                await replies.WriteAsync(new() { Progress = progress }, cancellation);
        }
        catch
        {
            await stopping.CancelAsync();
            await Task.WhenAny(work);                        // its place is free when it has stopped, not before
            throw;
        }

        return await work;

        void Report(string phase, int permille) =>
            events.Writer.TryWrite(new() { Phase = phase, Permille = (uint)Math.Clamp(permille, 0, 1000) });
    }

    static async Task SendAsync(
        byte[] proof, TimeSpan took, MessageWriter<ProveReply> replies, CancellationToken cancellation)
    {
        var header = new ProofHeader
        {
            Bytes = (uint)proof.Length,
            Sha256 = ByteString.CopyFrom(SHA256.HashData(proof)),
            Milliseconds = (ulong)(took.Ticks / TimeSpan.TicksPerMillisecond),
        };
        await replies.WriteAsync(new() { Proof = header }, cancellation);
        for (var sent = 0; sent < proof.Length; sent += ProverLimits.ChunkBytes)
        {
            var length = Math.Min(ProverLimits.ChunkBytes, proof.Length - sent);
            var chunk = UnsafeByteOperations.UnsafeWrap(proof.AsMemory(sent, length));
            await replies.WriteAsync(new() { Chunk = chunk }, cancellation);
        }
    }

    void RequireMemory(long bytes)
    {
        if (bytes <= options.MemoryBytesPerJob) return;
        throw new RpcException(
            GrpcStatus.ResourceExhausted,
            $"this proof takes about {bytes >> 20} MiB; this prover allows {options.MemoryBytesPerJob >> 20} "
            + "(--max-memory)");
    }

    static RpcException Invalid(string detail) => new(GrpcStatus.InvalidArgument, detail);

    static RpcException ShuttingDown() => new(GrpcStatus.Unavailable, "the prover is shutting down");

    static long Milliseconds(long started) => Stopwatch.GetElapsedTime(started).Ticks / TimeSpan.TicksPerMillisecond;

    static string Describe(ProveHeader header) => header.SubjectCase == ProveHeader.SubjectOneofCase.Top
        ? $"top of {header.Top.Nodes} nodes"
        : $"shard {header.Shard.Index}, {header.Shard.Accounts} accounts, {header.Shard.Entries} entries";

    [LoggerMessage(
        EventId = 1, Level = LogLevel.Information, Message = "{Subject}: proven in {Milliseconds} ms, {Bytes} bytes")]
    static partial void LogProof(ILogger logger, string subject, long milliseconds, int bytes);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Warning, Message = "{Subject}: ended with {Status} after {Milliseconds} ms")]
    static partial void LogEnd(ILogger logger, string subject, GrpcStatus status, long milliseconds);
}
