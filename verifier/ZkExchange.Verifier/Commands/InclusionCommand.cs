using System.CommandLine;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Verifier.Reports;

namespace ZkExchange.Verifier.Commands;

/// <summary><c>zkx-verify inclusion FILE --statement PATH</c>.</summary>
static class InclusionCommand
{
    public static Command Create(TextWriter output)
    {
        var file = new Argument<string>("FILE") { Description = "Your inclusion file. Keep it to yourself." };
        var statement = new Option<string>("--statement")
        {
            Description = "The statement.json of the epoch.",
            HelpName = "PATH",
            Required = true,
        };
        var customer = new Option<string?>("--customer")
        {
            Description = "The id by which the exchange knows you, and nobody else.",
            HelpName = "ID",
        };
        var (hash, json) = (Options.StatementHash(), Options.Json());
        var command = new Command("inclusion", "Checks that the balances of your inclusion file are in the tree.")
        {
            file, statement, customer, hash, json,
        };
        command.SetAction(parsed =>
        {
            var verdict = Check(
                parsed.GetValue(file)!, parsed.GetValue(statement)!, parsed.GetValue(hash), parsed.GetValue(customer));
            if (parsed.GetValue(json)) InclusionJson.Write(output, verdict);
            else InclusionText.Write(output, verdict);
            return verdict.IsAccepted ? ExitCode.Accepted : ExitCode.Refused;
        });
        return command;
    }

    static InclusionVerdict Check(string filePath, string statementPath, FileDigest? pinned, string? customer)
    {
        if (Read(statementPath) is not { } statement)
            return Unreadable(InclusionOutcome.StatementInvalid, statementPath);
        return Read(filePath) is { } file
            ? InclusionVerifier.Verify(file, statement, pinned, customer)
            : Unreadable(InclusionOutcome.InclusionFormat, filePath);
    }

    static InclusionVerdict Unreadable(InclusionOutcome outcome, string path) => new()
    {
        Outcome = outcome,
        Detail = $"{path}: cannot be read, or is longer than {InclusionVerifier.BytesMax} bytes",
    };

    static byte[]? Read(string path)
    {
        try
        {
            var length = RegularFile.LengthOf(new(path));
            return length <= InclusionVerifier.BytesMax ? RegularFile.Read(path, length) : null;
        }
        catch (ArgumentException)
        {
            return null;                                       // no path at all
        }
    }
}
