using System.CommandLine;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Verifier.Reports;

namespace ZkExchange.Verifier.Commands;

/// <summary><c>zkx-verify epoch DIR</c>.</summary>
static class EpochCommand
{
    public static Command Create(TextWriter output, TextWriter error, Func<EpochCircuits> circuitsOf)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that the exchange published." };
        var (hash, json) = (Options.StatementHash(), Options.Json());
        var command = new Command("epoch", "Checks one epoch: statement, signature, reserves report, every proof.")
        {
            folder, hash, json,
        };
        command.SetAction(parsed =>
        {
            var circuits = circuitsOf();
            var path = parsed.GetValue(folder)!;
            var verdict = EpochVerifier.Verify(
                new EpochDirectory(path), circuits, parsed.GetValue(hash), Progress.Of(error));
            if (parsed.GetValue(json)) EpochJson.Write(output, verdict, circuits);
            else EpochText.Write(output, verdict, circuits);
            return verdict.IsAccepted ? ExitCode.Accepted : ExitCode.Refused;
        });
        return command;
    }
}
