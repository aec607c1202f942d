using System.Diagnostics;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Cli.Commands;

/// <summary>Proves and verifies an epoch of made-up books, in memory.</summary>
static class EpochBench
{
    public static async Task<int> RunAsync(
        CommandHost host, BookOptions options, Profile profile, int threads, int runs, long memoryBytesMax, bool json,
        CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var sample = BookGenerator.Make(options);
        var generating = watch.Elapsed;
        var series = new RunSeries();
        for (var i = 0; i < runs; i++)
        {
            var figures = new BenchFigures();
            figures.Count("accounts", sample.Book.Accounts);
            figures.Count("entries", sample.Book.Entries);
            figures.Count("assets", options.Assets);
            figures.Add("profile", profile.Name, profile.Name);
            figures.Count("threads", threads);
            figures.Seconds("generateSeconds", generating);
            var taken = await MeasureAsync(
                host, sample, profile, threads, memoryBytesMax, json, figures, cancellation).ConfigureAwait(false);
            series.Add(figures, taken);
        }

        series.Write(host, json);
        return ExitCode.Success;
    }

    /// <summary>From the book to the verified folder; returns how long building and proving took.</summary>
    static async Task<TimeSpan> MeasureAsync(
        CommandHost host, SampleBook sample, Profile profile, int threads, long memoryBytesMax, bool json,
        BenchFigures figures, CancellationToken cancellation)
    {
        var processor = Environment.CpuUsage;
        var watch = Stopwatch.StartNew();
        var phases = new PhaseWatch(figures);
        var draft = EpochBuilder.Build(
            TreeBench.InputOf(sample) with
            {
                Profile = profile,
                Threads = threads,
                MemoryBytesMax = memoryBytesMax,
            },
            EpochSecrets.New(), EpochCircuits.Standard, phase => phases.Begin(phase.Phase), cancellation);
        phases.End();
        figures.Seconds("buildSeconds", watch.Elapsed);

        var files = await ProveAsync(host, json, draft, threads, figures, cancellation).ConfigureAwait(false);
        var taken = watch.Elapsed;
        figures.Seconds("totalSeconds", taken);
        figures.Seconds("totalCpuSeconds", Environment.CpuUsage.TotalTime - processor.TotalTime);
        figures.Seconds("totalKernelSeconds", Environment.CpuUsage.PrivilegedTime - processor.PrivilegedTime);
        figures.Count("shards", draft.Statement.ShardNodes.Count);
        var shape = string.Join(' ', draft.Statement.ShardShape);
        figures.Add("shardShape", shape, shape);
        figures.Bytes("proofBytes", files.Where(file => file.Key.EndsWith(".zkp", StringComparison.Ordinal))
            .Sum(file => (long)file.Value.Length));

        watch.Restart();
        var verdict = EpochVerifier.Verify(new EpochFiles(files), EpochCircuits.Standard, draft.Statement.Digest);
        figures.Seconds("verifySeconds", watch.Elapsed);
        if (!verdict.IsAccepted)
            throw new CommandException(ExitCode.Proof, verdict.Outcome.ToString(), $"REJECTED: {verdict.Detail}");
        return taken;
    }

    static async Task<Dictionary<string, byte[]>> ProveAsync(
        CommandHost host, bool json, EpochDraft draft, int threads, BenchFigures figures,
        CancellationToken cancellation)
    {
        using var prover = new InProcessShardProver(threads, figures.Phase);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [Statement.FileName] = draft.Statement.Bytes.ToArray(),
            [ReservesReport.FileName] = draft.Report!,
        };
        var watch = Stopwatch.StartNew();
        await Screen.WatchAsync(host, !json, async progress =>
        {
            await EpochProofs.MakeAsync(draft, prover, files.Add, progress, cancellation).ConfigureAwait(false);
            return 0;
        }).ConfigureAwait(false);
        figures.Seconds("proofsSeconds", watch.Elapsed);
        return files;
    }
}
