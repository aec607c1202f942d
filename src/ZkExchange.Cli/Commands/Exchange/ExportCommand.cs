using System.CommandLine;
using System.Text;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using CliCommand = System.CommandLine.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange export: the books of a journal as the files that zkx epoch prove takes.</summary>
static class ExportCommand
{
    public static CliCommand Make(CommandHost host)
    {
        var folder = JournalCommand.Folder();
        var target =
            new Option<string>("--out") { Description = "New folder, secret.", Required = true, HelpName = "DIR" };
        var command =
            new CliCommand("export", "Write accounts.csv, assets.csv and reserves.csv of a journal's last state.")
        {
            folder, target,
        };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, false, () =>
        {
            var to = parsed.GetValue(target)!;
            if (Path.Exists(to)) throw CommandException.Usage($"'{to}' exists already, and is not overwritten.");
            WriteBooks(parsed.GetValue(folder)!, to);
            host.Output.WriteLine($"The books are in {to}. They are secret: they show every balance.");
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    /// <summary>Writes the three files into a new folder that only its owner can read.</summary>
    public static void WriteBooks(string journal, string folder)
    {
        var venue = VenueHost.Recover(JournalCommand.Existing(journal), new SchemeVerifier(), out var report)
            ?? throw new CommandException(ExitCode.Input, "Journal", report.Describe());
        if (venue.AccountCount == 1)                             // the fund is always there
            throw new CommandException(ExitCode.Input, "HostCount",
                "The journal has no account, so there is nothing to prove.");
        var files = BookExport.Of(venue);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var (name, text) in files)
            PrivateFile.Write(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
    }
}
