using System.CommandLine;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Verifier.Reports;

namespace ZkExchange.Verifier.Commands;

/// <summary><c>zkx-verify chain DIR...</c>.</summary>
static class ChainCommand
{
    public static Command Create(TextWriter output, TextWriter error, Func<EpochCircuits> circuitsOf)
    {
        var folders = new Argument<string[]>("DIR")
        {
            Description = "The epochs' folders, the earliest first; a correction behind what it corrects.",
            Arity = ArgumentArity.OneOrMore,
        };
        var json = Options.Json();
        var command = new Command("chain", "Checks several epochs, and that each continues the one before.")
        {
            folders, json,
        };
        command.SetAction(parsed =>
        {
            var circuits = circuitsOf();
            var progress = Progress.Of(error);
            var epochs = parsed.GetValue(folders)!
                .Select(path => EpochVerifier.Verify(new EpochDirectory(path), circuits, null, progress)).ToList();
            var verdict = ChainVerifier.Verify(epochs);
            if (parsed.GetValue(json)) ChainJson.Write(output, verdict, epochs, circuits);
            else ChainText.Write(output, verdict, epochs);
            return verdict.IsAccepted ? ExitCode.Accepted : ExitCode.Refused;
        });
        return command;
    }
}
