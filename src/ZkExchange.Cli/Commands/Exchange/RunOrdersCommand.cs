using System.CommandLine;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger.Journal;
using CliCommand = System.CommandLine.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange run: commands from a file, on the venue of the simulations, into a journal.</summary>
static class RunOrdersCommand
{
    public static CliCommand Make(CommandHost host)
    {
        var orders = new Option<string>("--orders")
        {
            Description = "Commands: " + OrderFile.Header + "[,options].",
            Required = true,
            HelpName = "FILE",
        };
        var folder = new Option<string>("--out")
        {
            Description = "New folder for the journal.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new CliCommand("run", "Run the commands of a file and keep a journal.") { orders, folder };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, false, () =>
        {
            var target = parsed.GetValue(folder)!;
            if (Path.Exists(target))
                throw CommandException.Usage($"'{target}' exists already, and is not overwritten. Name another --out.");
            var commands = OrderFile.Read(parsed.GetValue(orders)!);
            using var venue = VenueHost.Open(
                new FolderDisk(target), new SchemeVerifier(), SimulatedMarket.Parameters(long.MaxValue / 2),
                    out var _)!;
            for (var i = 0; i < commands.Count; i++)
            {
                var (line, next) = commands[i];
                var result = venue.Submit(next);
                if (!result.IsDone) host.Output.WriteLine($"line {line}: {next.Kind} refused: {result.Code}");
            }

            venue.Commit();
            venue.Venue.Audit();
            host.Output.WriteLine($"{Figures.Of(commands.Count, "command")} done; the journal is in {target}.");
            host.Output.WriteLine($"state  {Convert.ToHexStringLower(venue.Venue.StateHash())}");
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }
}
