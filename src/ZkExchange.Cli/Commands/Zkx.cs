using System.CommandLine;
using System.CommandLine.Invocation;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands;

/// <summary>The command zkx: a list of commands, and one way in.</summary>
static class Zkx
{
    /// <summary>Runs a command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, CommandHost host)
    {
        var parsed = Root(host).Parse(arguments, new() { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            var text = string.Concat(parsed.Errors.Select(error => $"zkx: {error.Message}\n"));
            text += $"See: {NameOf(parsed.CommandResult.Command)} --help\n";
            await host.Error.WriteAsync(text).ConfigureAwait(false);
            return ExitCode.Usage;
        }

        if (parsed.Tokens.Any(token => token.Value.Length == 0))
        {
            await host.Error.WriteAsync("zkx: A word of the command line is empty; is a shell variable not set?\n")
                .ConfigureAwait(false);
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new()
        {
            Output = host.Output,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        }).ConfigureAwait(false);
    }

    static RootCommand Root(CommandHost host) => new(
        "Zero-knowledge proof of reserves: proves that an exchange's books are whole, and shows nobody's balance.")
    {
        DemoCommand.Make(host),
        EpochCommand.Make(host),
        InclusionCommand.Make(host),
        BenchCommand.Make(host),
        Exchange.ExchangeCommand.Make(host),
        Exchange.JournalCommand.Make(host),
    };

    static string NameOf(Command command) => command is RootCommand ? "zkx"
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}"
        : command.Name;
}
