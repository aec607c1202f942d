using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.ReadModels;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using CliCommand = System.CommandLine.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange index: fills, movements and balances of a journal as a SQLite database.</summary>
static class IndexCommand
{
    public static CliCommand Make(CommandHost host)
    {
        var folder = JournalCommand.Folder();
        var target = new Option<string>("--out")
        {
            Description = "The database, made anew.",
            Required = true,
            HelpName = "FILE",
        };
        var command = new CliCommand("index", "Make a SQLite database of fills, movements and balances from a journal.")
        {
            folder, target,
        };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, false, () =>
        {
            var path = Path.GetFullPath(parsed.GetValue(target)!);
            var partial = path + ".partial";
            DeleteAll(partial);
            try
            {
                var (fills, postings) = Build(parsed.GetValue(folder)!, partial);
                File.Move(partial, path, overwrite: true);
                host.Output.WriteLine(
                    $"{Figures.Of(fills, "fill")} and {Figures.Of(postings, "movement")} are in {path}.");
            }
            catch (Exception error) when (error is DbUpdateException or SqliteException)
            {
                throw new IOException($"'{partial}' cannot be written; is the disk full? {error.Message}", error);
            }
            finally
            {
                DeleteAll(partial);
            }

            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    // A database that was not finished, and what the library keeps beside it.
    static void DeleteAll(string path)
    {
        foreach (var end in (string[])["", "-journal", "-wal", "-shm"])
        {
            if (File.Exists(path + end)) File.Delete(path + end);
        }
    }

    static (long Fills, long Postings) Build(string folder, string path)
    {
        using var index = new ExchangeIndex($"{path};Pooling=False");
        index.Database.EnsureCreated();
        // The database stands alone when it is done: another mode would want files beside it of every reader.
        index.Database.ExecuteSqlRaw("PRAGMA journal_mode = DELETE");
        var builder = new IndexBuilder(index);
        var venue = VenueHost.Recover(JournalCommand.Existing(folder), new SchemeVerifier(), out var report,
            (v, c, _) => builder.Add(v, c.Time));
        if (venue is null) throw new CommandException(ExitCode.Input, "Journal", report.Describe());
        builder.Finish(venue);
        return (index.Fills.LongCount(), index.Postings.LongCount());
    }
}
