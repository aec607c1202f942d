using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Ledger.Journal;
using CliCommand = System.CommandLine.Command;
using VenueCommand = ZkExchange.Exchange.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx journal: look at a journal without running it.</summary>
static class JournalCommand
{
    public static CliCommand Make(CommandHost host) => new("journal", "Look at the journal of an exchange.")
    {
        MakeVerify(host),
        MakeShow(host),
    };

    static CliCommand MakeVerify(CommandHost host)
    {
        var folder = Folder();
        var json = CommonOptions.Json();
        var command = new CliCommand("verify", "Check every length, checksum, sequence number and hash of a journal.")
        {
            folder, json,
        };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var verdict = JournalReader.Read(Existing(parsed.GetValue(folder)!));
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(Json.Of(new JsonObject
                {
                    ["ok"] = verdict.IsUsable,
                    ["outcome"] = verdict.Outcome.ToString(),
                    ["frames"] = verdict.Frames,
                    ["nextSequence"] = verdict.NextSequence,
                    ["acknowledged"] = verdict.Acknowledged,
                    ["segment"] = verdict.Segment,
                    ["offset"] = verdict.Offset,
                    ["lastHash"] = Convert.ToHexStringLower(verdict.LastHash),
                }));
            }
            else
            {
                host.Output.WriteLine(
                    verdict.IsUsable ? $"{verdict.Outcome}: {verdict.Describe()}" : verdict.Describe());
            }

            return Task.FromResult(verdict.IsUsable ? ExitCode.Success : ExitCode.Proof);
        }));
        return command;
    }

    static CliCommand MakeShow(CommandHost host)
    {
        var folder = Folder();
        var from = new Option<ulong>("--from")
        {
            Description = "First command shown, by its sequence number.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        from.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!ulong.TryParse(result.Tokens[^1].Value, NumberStyles.None,
                CultureInfo.InvariantCulture, out var value) || value == 0))
                result.AddError("--from takes a whole number from 1.");
        });
        var count = CommonOptions.InRange(new Option<int>("--count")
        {
            Description = "Commands shown.",
            DefaultValueFactory = _ => 50,
            HelpName = "N",
        }, 1, int.MaxValue);
        var command = new CliCommand("show", "List the commands of a journal.") { folder, from, count };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, false, () =>
        {
            var lister = new Lister(host.Output, parsed.GetValue(from), parsed.GetValue(count));
            var verdict = JournalReader.Read(Existing(parsed.GetValue(folder)!), lister);
            if (!verdict.IsUsable)
            {
                host.Output.WriteLine(verdict.Describe());
                return Task.FromResult(ExitCode.Proof);
            }

            if (parsed.GetValue(from) < verdict.NextSequence || !lister.IsToShow)
                return Task.FromResult(ExitCode.Success);
            throw new CommandException(ExitCode.Input, "Journal",
                $"There is no command {parsed.GetValue(from)}; the last is {verdict.NextSequence - 1}.");
        }));
        return command;
    }

    /// <summary>The argument that names a journal's folder.</summary>
    public static Argument<string> Folder() => new("DIR") { Description = "The folder of the journal." };

    /// <summary>A folder that must be there and hold a journal: an empty one is not a sound one.</summary>
    public static FolderDisk Existing(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CommandException(ExitCode.Input, "FileSet", $"There is no folder '{folder}'.");
        var disk = new FolderDisk(folder);
        return JournalReader.Segments(disk).Count > 0
            || disk.Names().Contains(AcknowledgedMark.Name, StringComparer.Ordinal)
            ? disk
            : throw new CommandException(ExitCode.Input, "FileSet", $"'{folder}' holds no journal.");
    }

    sealed class Lister(TextWriter output, ulong from, int count) : IJournalVisitor
    {
        int _left = count;

        /// <summary>False once all that was asked for is on the screen.</summary>
        public bool IsToShow => _left > 0;

        public bool OnFrame(FrameHeader header, string segment, long offset)
        {
            if (header.FirstSequence + (ulong)header.Count > from && _left > 0)
                output.WriteLine($"-- {segment} at {offset}: {header.Count} commands, {header.Length} bytes, "
                    + $"events before it {header.EventDigest:x16}");
            return _left > 0;
        }

        public void OnCommand(ulong sequence, ReadOnlySpan<byte> command)
        {
            if (sequence < from || _left-- <= 0) return;
            var what = command.Length > 0 && command[0] == VenueHost.GenesisMark ? "the first parameter set"
                : CommandCodec.TryRead(command, out var c) ? Describe(c)
                : "unreadable";
            output.WriteLine($"{sequence,10}  {what}");
        }

        static string Describe(in VenueCommand c) => c.Kind switch
        {
            CommandKind.OpenAccount => $"{c.Time,16} {c.Kind} {Name(c.Data)}",
            CommandKind.PlaceOrder or CommandKind.PlaceGroup =>
                $"{c.Time,16} {c.Kind} instrument {c.Instrument} account {c.Order.Account} {c.Order.Side} "
                + $"{c.Order.Type} {c.Order.Quantity} @ {c.Order.Price}",
            CommandKind.AmendOrder =>
                $"{c.Time,16} {c.Kind} account {c.Account} {Which(c)} to {c.Quantity} @ {c.Price}",
            CommandKind.CancelOrder => $"{c.Time,16} {c.Kind} account {c.Account} {Which(c)}",
            CommandKind.CancelAll => $"{c.Time,16} {c.Kind} account {c.Account} "
                + (c.Instrument < 0 ? "all instruments" : $"instrument {c.Instrument}"),
            CommandKind.ScheduleCancel => $"{c.Time,16} {c.Kind} account {c.Account} at {c.Quantity}",
            CommandKind.Govern => $"{c.Time,16} {c.Kind} signer {c.Other}, an act of {c.Data?.Length} bytes",
            CommandKind.ConfirmWithdrawal or CommandKind.CancelWithdrawal => $"{c.Time,16} {c.Kind} key {c.Key}",
            CommandKind.Transfer => $"{c.Time,16} {c.Kind} account {c.Account} to {c.Other} asset {c.Asset} "
                + $"amount {c.Amount}",
            CommandKind.Price => $"{c.Time,16} {c.Kind} instrument {c.Instrument} source {c.Other}: {c.Quantity >> 16}",
            CommandKind.Tick => $"{c.Time,16} {c.Kind}",
            _ => $"{c.Time,16} {c.Kind} account {c.Account} asset {c.Asset} amount {c.Amount}",
        };

        static string Which(in VenueCommand c) =>
            c.ClientId != 0 ? $"client id {c.ClientId}" : $"instrument {c.Instrument} order {c.OrderId}";

        // Whatever was asked for is in the journal, a name that was refused too.
        static string Name(byte[]? data)
        {
            var name = Encoding.ASCII.GetString(data ?? []);
            return Venue.IsName(name) ? name : "(no name)";
        }
    }
}
