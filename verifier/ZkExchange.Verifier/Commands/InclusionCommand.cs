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
        var file = new Argument<string>("FILE")
        {
            Description = "Your inclusion file, or a pack of many. Keep it to yourself.",
        };
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
        using var stream = RegularFile.OpenRead(filePath);
        if (stream is not null && IsPack(stream)) return CheckInPack(stream, statement, pinned, customer);
        return Read(filePath) is { } file
            ? InclusionVerifier.Verify(file, statement, pinned, customer)
            : Unreadable(InclusionOutcome.InclusionFormat, filePath);
    }

    // What a pack says about a customer is put into the form that she would get, and checked like any other file.
    static InclusionVerdict CheckInPack(Stream stream, byte[] statement, FileDigest? pinned, string? customer)
    {
        if (customer is null) return Refused(InclusionOutcome.InclusionFormat, "a pack of many: --customer says whose");
        var (pack, refusal) = InclusionPack.Open(stream);
        if (pack is null) return Refused(InclusionOutcome.InclusionFormat, refusal.ToString());
        var (file, missing) = pack.Find(customer);
        if (file is not null) return InclusionVerifier.Verify(file.Write(), statement, pinned, customer);
        return missing.Rule == DocumentRule.Customer
            ? Refused(InclusionOutcome.InclusionLeaf, missing.Where)
            : Refused(InclusionOutcome.InclusionFormat, missing.ToString());
    }

    static bool IsPack(Stream stream)
    {
        Span<byte> beginning = stackalloc byte[8];
        return InclusionPack.IsPack(
            beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)]);
    }

    static InclusionVerdict Refused(InclusionOutcome outcome, string detail) =>
        new() { Outcome = outcome, Detail = detail };

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
