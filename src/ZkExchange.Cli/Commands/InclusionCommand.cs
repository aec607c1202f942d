using System.CommandLine;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Output;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx inclusion: the file by which one customer finds her balance in the published root.</summary>
static class InclusionCommand
{
    public static Command Make(CommandHost host)
    {
        var (epoch, pack, json) = (Epoch(), Pack(), CommonOptions.Json());
        var customer = new Option<string>("--customer")
        {
            Description = "The customer's id.",
            Required = true,
            HelpName = "ID",
        };
        var output = new Option<string>("--out")
        {
            Description = "The file to write. It is for this customer only.",
            Required = true,
            HelpName = "FILE",
        };
        var command = new Command(
            "inclusion", "Write a customer's inclusion file: she checks it with zkx-verify inclusion.")
        {
            epoch, customer, output, pack, json,
        };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var (path, id) = (parsed.GetValue(output)!, parsed.GetValue(customer)!);
            PrivateFile.RefuseInside(path, parsed.GetValue(epoch)!);
            Place.CheckFile("--out", path);
            var statement = EpochShowCommand.Read(parsed.GetValue(epoch)!);
            var file = Find(parsed.GetValue(epoch)!, statement, id, parsed.GetValue(pack));
            PrivateFile.Write(path, file.Write());
            if (parsed.GetValue(json))
                host.Output.WriteLine(Json.Of(
                    new() { ["ok"] = true, ["file"] = path, ["statementDigest"] = statement.Digest.ToString() }));
            else
                WriteResult(host.Output, parsed.GetValue(epoch)!, path, id);
            return Task.FromResult(ExitCode.Success);
        }));
        command.Add(InclusionExportCommand.Make(host));
        return command;
    }

    /// <summary>--epoch.</summary>
    public static Option<string> Epoch() => new("--epoch")
    {
        Description = "The published folder; its private folder lies beside it.",
        Required = true,
        HelpName = "DIR",
    };

    /// <summary>--pack.</summary>
    public static Option<string?> Pack() => new("--pack")
    {
        Description = $"The pack of all inclusion files. [default: {InclusionPack.FileName} in the private folder]",
        HelpName = "FILE",
    };

    /// <summary>The inclusion file of a customer.</summary>
    public static InclusionFile Find(string epoch, Statement statement, string customer, string? packPath = null)
    {
        using var pack = Open(epoch, statement, packPath);
        return PrivateFolder.Find(pack, customer, statement)
            ?? throw new CommandException(ExitCode.Input, "InputId", $"No customer '{customer}' is in this epoch.");
    }

    /// <summary>The pack of an epoch, from its private folder or from where it was copied to.</summary>
    public static InclusionPack Open(string epoch, Statement statement, string? packPath)
    {
        var path = packPath ?? Path.Combine(PrivateFolder.PathOf(epoch), InclusionPack.FileName);
        if (!File.Exists(path))
            throw new CommandException(
                ExitCode.Input, "HostSecret", $"'{path}' is not there; only who has it can do this.");
        var pack = PrivateFolder.OpenPack(path);
        if (pack.Statement == statement.Digest) return pack;
        pack.Dispose();
        throw new CommandException(ExitCode.Input, "StatementMismatch", $"'{path}' belongs to another statement.");
    }

    static void WriteResult(TextWriter output, string epoch, string path, string id)
    {
        output.WriteLine($"Wrote '{path}', for the eyes of this customer only. She checks it with");
        output.WriteLine();
        output.WriteLine(
            $"  zkx-verify inclusion {path} --statement {Path.Combine(epoch, Statement.FileName)} --customer {id}");
    }
}
