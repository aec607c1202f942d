using System.CommandLine;
using System.Diagnostics;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx inclusion export: the inclusion files of all customers, one file each.</summary>
static class InclusionExportCommand
{
    public static Command Make(CommandHost host)
    {
        var (epoch, pack, threads, json) = (
            InclusionCommand.Epoch(), InclusionCommand.Pack(), CommonOptions.Threads(), CommonOptions.Json());
        var output = new Option<string>("--out")
        {
            Description = "Folder to make, for its owner only: a file for each customer, named by the SHA-256 of her "
                + "id, in 256 folders.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command(
            "export", "Write the inclusion files of all customers, each checked against the published root.")
        {
            epoch, output, pack, threads, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () => RunAsync(
            host, parsed.GetValue(epoch)!, parsed.GetValue(pack), parsed.GetValue(output)!, parsed.GetValue(threads),
            parsed.GetValue(json), cancellation)));
        return command;
    }

    static async Task<int> RunAsync(
        CommandHost host, string epoch, string? packPath, string target, int threads, bool json,
        CancellationToken cancellation)
    {
        PrivateFile.RefuseInside(target, epoch);
        if (Path.Exists(target))
            throw CommandException.Usage($"'{target}' exists already, and is not overwritten. Name another --out.");
        Place.CheckFolder("--out", target);
        var statement = EpochShowCommand.Read(epoch);
        using var pack = InclusionCommand.Open(epoch, statement, packPath);
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage);
        var bytes = await Screen.WatchAsync(host, !json, progress => Task.Run(
            () =>
            {
                using var folder = PendingFolder.Begin(target, isPrivate: true);
                var written = InclusionExport.Write(pack, statement, folder, threads, progress, cancellation);
                folder.Commit();
                return written;
            }, cancellation)).ConfigureAwait(false);
        var (elapsed, used) = (watch.Elapsed, Environment.CpuUsage);
        var perSecond = (long)(pack.Accounts / Math.Max(elapsed.TotalSeconds, 1e-6));
        if (json)
        {
            host.Output.WriteLine(Json.Of(new()
            {
                ["ok"] = true,
                ["folder"] = target,
                ["statementDigest"] = statement.Digest.ToString(),
                ["files"] = pack.Accounts,
                ["bytes"] = bytes,
                ["seconds"] = Math.Round(elapsed.TotalSeconds, 4),
                ["cpuSeconds"] = Math.Round((used.TotalTime - processor.TotalTime).TotalSeconds, 4),
                ["kernelSeconds"] = Math.Round((used.PrivilegedTime - processor.PrivilegedTime).TotalSeconds, 4),
                ["filesPerSecond"] = perSecond,
            }));
            return ExitCode.Success;
        }

        host.Output.WriteLine($"Wrote {Figures.Of(pack.Accounts, "file")} ({Figures.Bytes(bytes)}) to '{target}' in "
            + $"{Figures.Duration(elapsed)}, {Figures.Count(perSecond)} a second; each leads to the published root.");
        host.Output.WriteLine("The file of a customer is named by the SHA-256 of her id, in the folder of its first "
            + "two digits. It is for her only.");
        return ExitCode.Success;
    }
}
