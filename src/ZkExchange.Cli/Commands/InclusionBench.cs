using System.Diagnostics;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Commands;

/// <summary>Writes the inclusion files of made-up books: as one pack, then one by one.</summary>
static class InclusionBench
{
    public static int Run(
        CommandHost host, BookOptions options, string place, int threads, bool json, CancellationToken cancellation)
    {
        var figures = new BenchFigures();
        var input = TreeBench.InputOf(BookGenerator.Make(options)) with { Threads = threads };
        var draft = EpochBuilder.Build(input, EpochSecrets.New(), EpochCircuits.Standard, null, cancellation);
        var (accounts, home) = (input.Book.Accounts, Path.Combine(place, $".zkx-bench-{Environment.ProcessId}"));
        figures.Count("accounts", accounts);
        figures.Count("entries", input.Book.Entries);
        figures.Count("threads", threads);
        try
        {
            var path = Path.Combine(home, "private");
            Measure(figures, "pack", accounts, path, () =>
            {
                using var folder = PendingFolder.Begin(path, isPrivate: true);
                PrivateFolder.Write(folder, draft, cancellation);
                folder.Commit();
                return new FileInfo(Path.Combine(path, InclusionPack.FileName)).Length;
            });
            using var secret = PrivateFolder.Open(path);
            var files = Path.Combine(home, "files");
            Measure(figures, "files", accounts, files, () =>
            {
                using var folder = PendingFolder.Begin(files, isPrivate: true);
                var bytes = InclusionExport.Write(
                    secret.Pack, draft.Statement, folder, threads, cancellation: cancellation);
                folder.Commit();
                return bytes;
            });
        }
        finally
        {
            if (Directory.Exists(home)) Directory.Delete(home, recursive: true);
        }

        figures.Write(host, json);
        return ExitCode.Success;
    }

    static void Measure(BenchFigures figures, string name, int accounts, string path, Func<long> write)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage);
        var bytes = write();
        var (elapsed, used) = (watch.Elapsed, Environment.CpuUsage);
        Fields.Check.That(Directory.Exists(path));
        figures.Bytes($"{name}Bytes", bytes);
        figures.Seconds($"{name}Seconds", elapsed);
        figures.Seconds($"{name}CpuSeconds", used.TotalTime - processor.TotalTime);
        figures.Seconds($"{name}KernelSeconds", used.PrivilegedTime - processor.PrivilegedTime);
        figures.Count($"{name}PerSecond", (long)(accounts / elapsed.TotalSeconds));
    }
}
