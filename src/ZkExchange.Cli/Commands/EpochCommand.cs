using System.CommandLine;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx epoch.</summary>
static class EpochCommand
{
    public static Command Make(CommandHost host) =>
        new("epoch", "Prove an epoch of the books, or show what one claims.")
        {
            EpochProveCommand.Make(host),
            EpochShowCommand.Make(host),
        };
}
