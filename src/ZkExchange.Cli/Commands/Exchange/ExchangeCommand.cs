using System.CommandLine;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange: the matching and margin core.</summary>
static class ExchangeCommand
{
    public static Command Make(CommandHost host) =>
        new("exchange", "Run the deterministic exchange: simulate, replay, look at its state, measure it.")
        {
            SimulateCommand.Make(host),
            RunOrdersCommand.Make(host),
            ReplayCommand.Make(host),
            StateCommand.Make(host),
            ExportCommand.Make(host),
            IndexCommand.Make(host),
            ExchangeBench.Make(host),
        };
}
