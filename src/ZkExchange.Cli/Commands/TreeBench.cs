using System.Diagnostics;
using System.Security.Cryptography;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Sample;
using ZkExchange.Stark;

namespace ZkExchange.Cli.Commands;

/// <summary>Builds the tree of made-up books, in memory: from a book to the root, without statement and proofs.
/// </summary>
static class TreeBench
{
    const string Time = "2026-01-01T00:00:00Z";

    // Made up like the books, so that two runs of one book show the same root.
    static readonly EpochSecrets s_secrets = new(SHA256.HashData("account"u8), SHA256.HashData("epoch"u8));

    public static int Run(
        CommandHost host, BookOptions options, Profile profile, int threads, int runs, long memoryBytesMax, bool json,
        CancellationToken cancellation)
    {
        var input = InputOf(BookGenerator.Make(options)) with
        {
            Profile = profile,
            Threads = threads,
            MemoryBytesMax = memoryBytesMax,
        };

        var series = new RunSeries();
        for (var i = 0; i < runs; i++)
        {
            var figures = Measure(input, cancellation, out var taken);
            series.Add(figures, taken);
        }

        series.Write(host, json);
        return ExitCode.Success;
    }

    /// <summary>An epoch of a made-up book.</summary>
    public static EpochInput InputOf(SampleBook sample) => new()
    {
        Book = sample.Book,
        Table = sample.Assets.Table,
        Reserves = EpochInputs.ReservesOf(sample.Assets, sample.Reserves, Time),
        Exchange = "Benchmark",
        Epoch = 1,
        Snapshot = Time,
        Profile = Profile.S100,
    };

    static BenchFigures Measure(EpochInput input, CancellationToken cancellation, out TimeSpan taken)
    {
        var figures = new BenchFigures();
        figures.Count("accounts", input.Book.Accounts);
        figures.Count("entries", input.Book.Entries);
        figures.Count("assets", input.Table.Assets.Count);
        figures.Count("threads", input.Threads);
        var clock = new PhaseWatch(figures);
        var processor = Environment.CpuUsage;
        var watch = Stopwatch.StartNew();
        var books = EpochBuilder.BuildBooks(input, s_secrets, phase => clock.Begin(phase.Phase), cancellation);
        taken = watch.Elapsed;
        clock.End();
        var used = Environment.CpuUsage;
        figures.Seconds("treeSeconds", taken);
        figures.Seconds("treeCpuSeconds", used.TotalTime - processor.TotalTime);
        figures.Seconds("treeKernelSeconds", used.PrivilegedTime - processor.PrivilegedTime);
        figures.Count("shards", books.Sums.Shape.ShardCount);
        figures.Count("shardHeight", books.Sums.Shape.ShardHeight);
        var root = books.Sums.Root.Digest.ToString();
        figures.Add("root", root, root);
        return figures;
    }
}
