using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests;

/// <summary>A prover with a fake engine on a free loopback port, and a client for it.</summary>
sealed class RunningProver : IAsyncDisposable
{
    readonly WebApplication _app;
    bool _isStopped;

    RunningProver(WebApplication app, ServiceOptions options, FakeEngine engine, GrpcChannelOptions? channel)
    {
        _app = app;
        Engine = engine;
        Address = ProverHost.Address(app, options);
        Urls = [.. app.Urls];
        Channel = new GrpcChannel(Address, channel);
        Client = new ProverClient(Channel);
    }

    public FakeEngine Engine { get; }

    public Uri Address { get; }

    public string[] Urls { get; }

    public GrpcChannel Channel { get; }

    public ProverClient Client { get; }

    public MemoryLog Log { get; private init; } = new();

    public static async Task<RunningProver> StartAsync(
        ServiceOptions? options = null, GrpcChannelOptions? channel = null)
    {
        options ??= new();
        if (options.Listen.Port == 5080) options = options with { Listen = new("http://127.0.0.1:0") };
        var engine = new FakeEngine();
        var log = new MemoryLog();
        var app = ProverHost.Build(options, engine, logging => logging.AddProvider(log));
        await app.StartAsync();
        return new RunningProver(app, options, engine, channel) { Log = log };
    }

    public Task<byte[]> ProveAsync(
        string statement, int accounts = 1, Action<ProveReply>? events = null, TimeSpan? timeout = null,
        CancellationToken cancellation = default) =>
        Client.ProveAsync(
            new() { Shard = new() { Accounts = (uint)accounts, Entries = (uint)accounts } },
            Encoding.UTF8.GetBytes(statement), Accounts(accounts), events, timeout, cancellation);

    public static IEnumerable<ProveRequest> Accounts(int count)
    {
        var writer = new AccountBatchWriter();
        for (var i = 0; i < count; i++)
        {
            writer.Add((uint)i, new byte[32], new byte[16], []);
            writer.AddEntry(7, 1, 0);
            if (writer.IsFull) yield return writer.Take();
        }

        if (writer.HasAccounts) yield return writer.Take();
    }

    public Task StopAsync()
    {
        _isStopped = true;
        return _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Gate.Set();
        Channel.Dispose();
        if (!_isStopped) await _app.StopAsync();
        await _app.DisposeAsync();
        Engine.Gate.Dispose();
    }

    /// <summary>Waits for something that another thread is about to do.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "it never came true");
            await Task.Delay(5);
        }
    }

    public static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));
}
