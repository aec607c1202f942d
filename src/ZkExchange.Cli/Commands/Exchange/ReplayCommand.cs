using System.Diagnostics;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using CliCommand = System.CommandLine.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>
/// zkx exchange replay: does a whole journal again from its first command, and compares with the snapshots.
/// </summary>
static class ReplayCommand
{
    public static CliCommand Make(CommandHost host)
    {
        var folder = JournalCommand.Folder();
        var json = CommonOptions.Json();
        var command = new CliCommand("replay", "Do a journal again from the beginning and show the state it leads to.")
        {
            folder, json,
        };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var disk = JournalCommand.Existing(parsed.GetValue(folder)!);
            var started = Stopwatch.GetTimestamp();
            var venue = VenueHost.Recover(disk, new SchemeVerifier(), out var report, (_, _, _) => { });
            var elapsed = Stopwatch.GetElapsedTime(started);
            var shortcut = VenueHost.Recover(disk, new SchemeVerifier(), out var _);
            var agrees = venue is null == shortcut is null
                && (venue is null || venue.StateHash().AsSpan().SequenceEqual(shortcut!.StateHash()));
            venue?.Audit();
            var isGood = report.IsUsable && agrees;
            Tell(host, parsed.GetValue(json), report, venue, agrees, elapsed);
            return Task.FromResult(isGood ? ExitCode.Success : ExitCode.Proof);
        }));
        return command;
    }

    static void Tell(CommandHost host, bool json, RecoveryReport report, Venue? venue, bool agrees, TimeSpan elapsed)
    {
        var hash = venue is null ? null : Convert.ToHexStringLower(venue.StateHash());
        if (json)
        {
            host.Output.WriteLine(Json.Of(new JsonObject
            {
                ["ok"] = report.IsUsable && agrees,
                ["outcome"] = report.Outcome.ToString(),
                ["journal"] = report.Journal.Outcome.ToString(),
                ["commands"] = report.Replayed,
                ["snapshotsAgree"] = agrees,
                ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
                ["stateHash"] = hash,
            }));
            return;
        }

        host.Output.WriteLine(report.Describe());
        if (hash is null) return;
        host.Output.WriteLine($"Replayed in {Figures.Duration(elapsed)}; recovery from the newest snapshot "
            + (agrees ? "gives the same state." : "GIVES ANOTHER STATE."));
        host.Output.WriteLine($"state  {hash}");
    }
}
