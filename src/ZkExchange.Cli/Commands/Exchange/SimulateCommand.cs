using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger.Journal;
using CliCommand = System.CommandLine.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange sim: a crowd from a seed trades; the laws of the venue are checked as it goes.</summary>
static class SimulateCommand
{
    const int CommandsPerFlush = 100;
    const int CommandsPerSnapshot = 20_000;

    public static CliCommand Make(CommandHost host)
    {
        var seed = CommonOptions.InRange(new Option<int>("--seed")
        {
            Description = "The same seed makes the same run.",
            DefaultValueFactory = _ => 1,
            HelpName = "S",
        }, 0, int.MaxValue);
        var commands = CommonOptions.InRange(new Option<int>("--commands")
        {
            Description = "Commands to run; of a recorded market all.",
            DefaultValueFactory = _ => 10_000,
            HelpName = "N",
        }, 1, 1_000_000_000);
        var audit = CommonOptions.InRange(new Option<int>("--audit", "--audit-every")
        {
            Description = "Check every law of the venue after each so many commands; 1 for a recorded market.",
            DefaultValueFactory = _ => 100,
            HelpName = "N",
        }, 1, int.MaxValue);
        var folder =
            new Option<string?>("--out") { Description = "Keep a journal in this new folder.", HelpName = "DIR" };
        var market = Market();
        var pieces = Pieces();
        var json = CommonOptions.Json();
        var command = new CliCommand("sim", "Let a simulated crowd trade.")
        {
            seed, commands, audit, market, folder, pieces, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            if (parsed.GetValue(market) is { Length: > 0 } files)
            {
                var run = new MarketRun(parsed.GetValue(seed),
                    parsed.GetResult(commands) is { Implicit: false } ? parsed.GetValue(commands) : long.MaxValue,
                    parsed.GetResult(audit) is { Implicit: false } ? parsed.GetValue(audit) : 1);
                return Task.FromResult(
                    Follow(host, run, files, parsed.GetValue(folder), parsed.GetValue(json), cancellation));
            }

            var tally = new SimulationTally();
            var (isJson, started) = (parsed.GetValue(json), Stopwatch.GetTimestamp());
            using var venue = Open(parsed.GetValue(folder), SimulatedMarket.Parameters(), parsed.GetValue(pieces));
            var crowd = new Crowd(parsed.GetValue(seed), venue.Venue);
            var count = parsed.GetValue(commands);
            for (var i = 1; i <= count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = crowd.Next();
                var result = venue.Submit(next);
                tally.Add(venue.Venue, result);
                if (i % parsed.GetValue(audit) == 0) venue.Venue.Audit();
                if (i % CommandsPerFlush == 0 || i == count) venue.Commit();
                if (i % CommandsPerSnapshot == 0) venue.WriteSnapshot();
            }

            venue.Venue.Audit();
            Tell(host, isJson, venue.Venue, tally, Stopwatch.GetElapsedTime(started));
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    static Option<int> Pieces() => new("--write-pieces")
    {
        Description = "Write the journal in pieces of so many bytes and rest between them, to be killed there.",
        Hidden = true,
        HelpName = "BYTES",
    };

    static Option<string[]> Market() => new("--market")
    {
        Description = "Recorded market data, plain or .gz: the crowd follows its prices and its trades.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "FILE",
    };

    static int Follow(
        CommandHost host, MarketRun run, string[] files, string? folder, bool json, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var venue = run.Play(files, parameters => Open(folder, parameters), cancellation);
        run.Tell(host, json, venue.Venue, Stopwatch.GetElapsedTime(started));
        return ExitCode.Success;
    }

    static VenueHost Open(string? folder, VenueParameters parameters, int pieces = 0)
    {
        if (folder is not null && Path.Exists(folder))
            throw CommandException.Usage($"'{folder}' exists already, and is not overwritten. Name another --out.");
        IJournalDisk disk = folder is null ? new NoDisk() : new FolderDisk(folder);
        if (pieces > 0) disk = new PiecewiseDisk(disk, pieces);
        return VenueHost.Open(disk, new SchemeVerifier(), parameters, out var report)
            ?? throw new CommandException(ExitCode.Input, "Journal", report.Describe());
    }

    static void Tell(CommandHost host, bool json, Venue venue, SimulationTally tally, TimeSpan elapsed)
    {
        var hash = Convert.ToHexStringLower(venue.StateHash());
        var rate = (long)(venue.Commands / Math.Max(0.001, elapsed.TotalSeconds));
        if (json)
        {
            host.Output.WriteLine(Json.Of(new JsonObject
            {
                ["ok"] = true,
                ["commands"] = venue.Commands,
                ["refused"] = tally.Refused,
                ["fills"] = tally.Fills,
                ["liquidations"] = tally.Liquidations,
                ["takenOver"] = tally.TakenOver,
                ["lastResorts"] = tally.LastResorts,
                ["deleveraged"] = tally.Deleveraged,
                ["events"] = tally.Events,
                ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
                ["stateHash"] = hash,
                ["eventDigest"] = venue.Digest.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            }));
            return;
        }

        host.Output.WriteLine($"{Figures.Count((long)venue.Commands)} commands in {Figures.Duration(elapsed)} "
            + $"({Figures.Count(rate)} a second), {Figures.Count(tally.Refused)} of them refused with a reason.");
        host.Output.WriteLine(
            $"{Figures.Of(tally.Fills, "fill")}, {Figures.Of(tally.Liquidations, "liquidation order")}, "
            + $"{Figures.Count(tally.TakenOver)} taken over, {Figures.Count(tally.Deleveraged)} deleveraged, "
            + $"{Figures.Of(tally.Events, "event")}.");
        host.Output.WriteLine(
            "Every law held: money sums to zero by asset, positions by contract, books are uncrossed.");
        host.Output.WriteLine($"state  {hash}");
    }
}
