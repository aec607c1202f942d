using System.Text;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests;

public class ProverServiceTests
{
    [Fact]
    public async Task A_proof_comes_back_as_it_was_made()
    {
        await using var prover = await RunningProver.StartAsync();
        foreach (var length in new[] { 1, 1000, ProverLimits.ChunkBytes, (3 * ProverLimits.ChunkBytes) + 17 })
            Assert.Equal(FakeEngine.Proof(length), await prover.ProveAsync($"ok {length}"));
    }

    [Fact]
    public async Task A_witness_and_a_statement_of_many_messages_arrive_whole()
    {
        await using var prover = await RunningProver.StartAsync();
        var statement = "ok 5 " + new string('x', 5 * ProverLimits.ChunkBytes);
        Assert.Equal(FakeEngine.Proof(5), await prover.ProveAsync(statement, accounts: 200_000));
    }

    [Fact]
    public async Task Events_come_in_order()
    {
        await using var prover = await RunningProver.StartAsync();
        var events = new List<string>();
        await prover.ProveAsync("ok 3", events: reply => events.Add(reply.EventCase switch
        {
            ProveReply.EventOneofCase.Progress => reply.Progress.Phase + reply.Progress.Permille,
            ProveReply.EventOneofCase.Proof => "proof" + reply.Proof.Bytes,
            var other => other.ToString(),
        }));
        Assert.Equal(["Ready", "trace500", "fri1000", "proof3"], events);
    }

    [Theory]
    [InlineData("bad", GrpcStatus.InvalidArgument, "statement: 100% wrong – Σ ≠ 0")]
    [InlineData("picky 1", GrpcStatus.InvalidArgument, "not these")]
    [InlineData("large 1", GrpcStatus.ResourceExhausted, "--max-memory")]
    [InlineData("crash 1", GrpcStatus.Internal, "internal failure")]
    public async Task A_failure_has_its_status_and_reason(string statement, GrpcStatus status, string reason)
    {
        await using var prover = await RunningProver.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync(statement, accounts: 100_000));
        Assert.Equal(status, failure.Status);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));      // and the next one is served
    }

    [Fact]
    public async Task Neither_the_caller_nor_the_log_learns_what_an_internal_failure_says()
    {
        await using var prover = await RunningProver.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync("crash 1"));
        Assert.DoesNotContain(FakeEngine.Secret, failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(InvalidOperationException), prover.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeEngine.Secret, prover.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_that_cannot_be_read_is_the_callers_own_exception()
    {
        await using var prover = await RunningProver.StartAsync();
        var header = new ProveHeader { Shard = new() { Accounts = 2, Entries = 2 } };
        await Assert.ThrowsAsync<FormatException>(() => prover.Client.ProveAsync(
            header, Encoding.UTF8.GetBytes("ok 1"), Broken(), null, null, CancellationToken.None));
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Running == 0);
        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));

        static IEnumerable<ProveRequest> Broken()
        {
            yield return RunningProver.Accounts(1).Single();
            throw new FormatException("row 2");
        }
    }

    [Fact]
    public async Task One_proof_runs_and_the_others_wait_in_order()
    {
        await using var prover = await RunningProver.StartAsync(new() { WaitingMax = 2 });
        var places = new List<uint>();
        var first = prover.ProveAsync("hold 1");
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Running == 1);
        var second = prover.ProveAsync("ok 2");
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 1);
        var third = prover.ProveAsync("ok 3", events: reply =>
        {
            if (reply.EventCase == ProveReply.EventOneofCase.Queued) places.Add(reply.Queued.Ahead);
        });
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 2);

        var refused = await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync("ok 4"));
        Assert.Equal(GrpcStatus.ResourceExhausted, refused.Status);

        prover.Engine.Gate.Set();
        Assert.Equal([1, 2, 3], (await Task.WhenAll(first, second, third)).Select(proof => proof.Length));
        Assert.Equal([2u, 1u], places);
        Assert.Equal(1, prover.Engine.WorkingMax);
    }

    [Fact]
    public async Task Two_jobs_run_at_once()
    {
        await using var prover = await RunningProver.StartAsync(new() { Jobs = 2, WaitingMax = 0 });
        var both = new[] { prover.ProveAsync("hold 1"), prover.ProveAsync("hold 2") };
        await RunningProver.UntilAsync(() => prover.Engine.Working == 2);
        prover.Engine.Gate.Set();
        Assert.Equal([1, 2], (await Task.WhenAll(both)).Select(proof => proof.Length));
    }

    [Fact]
    public async Task A_cancelled_call_stops_the_work_and_frees_its_place()
    {
        await using var prover = await RunningProver.StartAsync(new() { WaitingMax = 0 });
        using var cancellation = new CancellationTokenSource();
        var call = prover.ProveAsync("hold 1", cancellation: cancellation.Token);
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await RunningProver.UntilAsync(() => prover.Engine.Ends.Count == 1 && prover.Engine.Working == 0);
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Running == 0);
        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));
    }

    [Fact]
    public async Task A_client_that_dies_in_mid_proof_frees_its_place()
    {
        await using var prover = await RunningProver.StartAsync(new() { WaitingMax = 0 });
        using var wire = Relay.To(prover.Address);
        using var doomed = new GrpcChannel(wire.Address);
        var header = new ProveHeader { Shard = new() { Accounts = 1, Entries = 1 } };
        var call = new ProverClient(doomed).ProveAsync(
            header, Encoding.UTF8.GetBytes("hold 1"), RunningProver.Accounts(1), null, null, CancellationToken.None);
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        wire.Dispose();
        Assert.Equal(GrpcStatus.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call)).Status);
        await RunningProver.UntilAsync(() => prover.Engine.Ends.Count == 1 && prover.Engine.Working == 0);
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Running == 0);
        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));
    }

    [Fact, Trait("Category", "Long")]
    public async Task A_client_that_vanishes_without_a_word_frees_its_place()
    {
        await using var prover = await RunningProver.StartAsync(new() { WaitingMax = 0 });
        using var wire = Relay.To(prover.Address);
        using var doomed = new GrpcChannel(wire.Address);
        var header = new ProveHeader { Shard = new() { Accounts = 1, Entries = 1 } };
        var call = new ProverClient(doomed).ProveAsync(
            header, Encoding.UTF8.GetBytes("hold 1"), RunningProver.Accounts(1), null, null, CancellationToken.None);
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        wire.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(18));          // a ping after 10 s of silence, 10 s for its answer
        await RunningProver.UntilAsync(() => prover.Engine.Ends.Count == 1 && prover.Engine.Working == 0);
        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));
        wire.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => call);
    }

    [Fact]
    public async Task Callers_that_send_before_they_are_asked_hold_nobody_up()
    {
        await using var prover = await RunningProver.StartAsync(new() { WaitingMax = 4 });
        var running = prover.ProveAsync("hold 1");
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        var next = prover.ProveAsync("ok 7 " + new string('x', 8 << 20));
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 1);

        // Three more on the same connection, each with more than its window holds, and nobody reads them.
        var eager = new List<DuplexCall<ProveRequest, ProveReply>>();
        var sending = new List<Task>();
        for (var i = 0; i < 3; i++)
        {
            var call = prover.Channel.Open<ProveRequest, ProveReply>(
                ProverLimits.Prove, ProveReply.Parser, null, CancellationToken.None);
            eager.Add(call);
            sending.Add(SendTooMuchAsync(call));
        }

        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 4);
        await Task.Delay(100);
        prover.Engine.Gate.Set();
        Assert.Single(await running);
        Assert.Equal(FakeEngine.Proof(7), await next.WaitAsync(TimeSpan.FromSeconds(20)));
        foreach (var call in eager) await call.DisposeAsync();
        await Task.WhenAll(sending);

        static async Task SendTooMuchAsync(DuplexCall<ProveRequest, ProveReply> call)
        {
            var much = new ProveRequest { Statement = Google.Protobuf.ByteString.CopyFrom(new byte[1 << 20]) };
            var isHeard = await call.TrySendAsync(Header(1));
            for (var i = 0; isHeard && i < 8; i++) isHeard = await call.TrySendAsync(much);
        }
    }

    [Fact]
    public async Task A_cancelled_wait_gives_up_its_place()
    {
        await using var prover = await RunningProver.StartAsync(new() { WaitingMax = 1 });
        var first = prover.ProveAsync("hold 1");
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        using var cancellation = new CancellationTokenSource();
        var second = prover.ProveAsync("ok 2", cancellation: cancellation.Token);
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 0);
        prover.Engine.Gate.Set();
        Assert.Single(await first);
    }

    [Fact]
    public async Task A_deadline_ends_the_work()
    {
        await using var prover = await RunningProver.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(
            () => prover.ProveAsync("hold 1", timeout: TimeSpan.FromMilliseconds(300)));
        Assert.Equal(GrpcStatus.DeadlineExceeded, failure.Status);
        await RunningProver.UntilAsync(() => prover.Engine.Ends.Count == 1 && prover.Engine.Working == 0);
    }

    [Fact]
    public async Task A_request_that_pauses_too_long_loses_its_place()
    {
        await using var prover = await RunningProver.StartAsync(new() { IdleTimeout = TimeSpan.FromMilliseconds(200) });
        await using var call = prover.Channel.Open<ProveRequest, ProveReply>(
            ProverLimits.Prove, ProveReply.Parser, null, CancellationToken.None);
        Assert.True(await call.TrySendAsync(Header(accounts: 1)));
        Assert.Equal(ProveReply.EventOneofCase.Ready, (await call.ReadAsync())?.EventCase);
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await call.ReadAsync());
        Assert.Equal(GrpcStatus.Aborted, failure.Status);
        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));
    }

    [Fact]
    public async Task Every_malformed_request_is_refused_with_its_reason()
    {
        await using var prover = await RunningProver.StartAsync();
        var statement = new ProveRequest { Statement = Google.Protobuf.ByteString.CopyFromUtf8("ok 1") };
        var accounts = RunningProver.Accounts(1).Single();
        (string Reason, ProveRequest[] Parts)[] cases =
        [
            ("header", []),
            ("header", [statement]),
            ("format", [Header(1, header => header.Format = 2)]),
            ("statement_bytes", [Header(1, header => header.StatementBytes = 0)]),
            ("statement_bytes", [Header(1, header => header.StatementBytes = uint.MaxValue)]),
            ("subject", [Header(1, header => header.ClearSubject())]),
            ("accounts", [Header(1, header => header.Shard.Accounts = uint.MaxValue)]),
            ("entries", [Header(1, header => header.Shard.Entries = uint.MaxValue)]),
            ("entry", [Header(1, header => header.Shard.Entries = 0)]),
            ("nodes", [Header(1, header => header.Top = new() { Nodes = 0 })]),
            ("nodes", [Header(1, header => header.Top = new() { Nodes = uint.MaxValue })]),
            ("ends after 0", [Header(1)]),
            ("ends after 0", [Header(1), accounts]),
            ("ends after 4", [Header(1, header => header.StatementBytes = 5), statement, accounts]),
            ("longer", [Header(1, header => header.StatementBytes = 3), statement]),
            ("empty", [Header(1), new() { Statement = Google.Protobuf.ByteString.Empty }]),
            ("due", [Header(1), statement, statement]),
            ("due", [Header(1), statement, accounts, Header(1)]),
            ("due", [Header(1), statement, new()]),
            ("0 accounts of 1", [Header(1), statement]),
            ("2 accounts of 1", [Header(1), statement, accounts, accounts]),
        ];
        foreach (var (reason, parts) in cases)
        {
            var failure = await Assert.ThrowsAsync<RpcException>(() => SendAsync(prover, parts));
            Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(FakeEngine.Proof(2), await prover.ProveAsync("ok 2"));
    }

    [Fact]
    public async Task Counts_that_need_too_much_memory_are_refused_before_anything_is_read()
    {
        await using var prover = await RunningProver.StartAsync(new() { MemoryBytesMax = 64 << 20 });
        var failure = await Assert.ThrowsAsync<RpcException>(() => SendAsync(prover, [Header(1 << 20)]));
        Assert.Equal(GrpcStatus.ResourceExhausted, failure.Status);
    }

    [Fact]
    public async Task A_stopping_prover_finishes_its_proof_and_refuses_new_ones()
    {
        await using var prover = await RunningProver.StartAsync();
        var running = prover.ProveAsync("hold 1");
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        var waiting = prover.ProveAsync("ok 2");
        await RunningProver.UntilAsync(async () => (await prover.Client.HealthAsync(default)).Waiting == 1);

        var stop = prover.StopAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => waiting);
        Assert.Equal(GrpcStatus.Unavailable, refused.Status);
        prover.Engine.Gate.Set();
        Assert.Single(await running);
        await stop;
        Assert.Equal(
            GrpcStatus.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync("ok 3"))).Status);
    }

    [Fact]
    public async Task A_proof_that_outlasts_the_shutdown_is_stopped()
    {
        await using var prover = await RunningProver.StartAsync(
            new() { DrainTimeout = TimeSpan.FromMilliseconds(200) });
        var running = prover.ProveAsync("hold 1");
        await RunningProver.UntilAsync(() => prover.Engine.Working == 1);
        await prover.StopAsync();
        await Assert.ThrowsAsync<RpcException>(() => running);
        await RunningProver.UntilAsync(() => prover.Engine.Working == 0);
    }

    [Fact]
    public async Task Describe_tells_circuits_profiles_and_limits()
    {
        await using var prover = await RunningProver.StartAsync(new() { Jobs = 2, Threads = 6, WaitingMax = 3 });
        var reply = await prover.Client.DescribeAsync(default);
        Assert.Equal("shard", Assert.Single(reply.Circuits).Name);
        Assert.Equal(32, reply.Circuits[0].VerifyingKey.Length);
        Assert.Equal(["S100"], reply.Profiles);
        Assert.Equal((3u, 2u, 3u), (reply.Threads, reply.Limits.Jobs, reply.Limits.Waiting));
        Assert.Equal(ProverLimits.Format, reply.Format);
    }

    [Fact]
    public async Task Health_counts_proofs_and_failures()
    {
        await using var prover = await RunningProver.StartAsync();
        await prover.ProveAsync("ok 1");
        await Assert.ThrowsAsync<RpcException>(() => prover.ProveAsync("bad"));
        var reply = await prover.Client.HealthAsync(default);
        Assert.Equal(HealthReply.Types.State.Serving, reply.State);
        Assert.Equal((1ul, 1ul, 0u), (reply.Proofs, reply.Failures, reply.Running));
    }

    static ProveRequest Header(int accounts, Action<ProveHeader>? edit = null)
    {
        var header = new ProveHeader
        {
            Format = ProverLimits.Format,
            StatementBytes = 4,
            Shard = new() { Accounts = (uint)accounts, Entries = (uint)accounts },
        };
        edit?.Invoke(header);
        return new() { Header = header };
    }

    static async Task SendAsync(RunningProver prover, ProveRequest[] parts)
    {
        await using var call = prover.Channel.Open<ProveRequest, ProveReply>(
            ProverLimits.Prove, ProveReply.Parser, TimeSpan.FromSeconds(20), CancellationToken.None);
        foreach (var part in parts)
        {
            if (!await call.TrySendAsync(part)) break;
        }

        call.EndRequests();
        while (await call.ReadAsync() is not null)
        {
        }
    }
}
