using System.Text;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Matching;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>
/// Reads a file of commands for the simulated venue (specs/51-input-files.md section 7). Strict: a field that is not
/// understood, or that its command does not use, is an error with line and column.
/// </summary>
static class OrderFile
{
    /// <summary>The first line of a file.</summary>
    public const string Header = "time,command,account,instrument,side,type,price,quantity,client_id,asset,amount";

    /// <summary>The first line of a file whose rows have options.</summary>
    public const string LongHeader = Header + ",options";

    static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The venue that the commands are for.</summary>
    public static VenueParameters Venue { get; } = SimulatedMarket.Parameters(long.MaxValue / 2);

    /// <summary>All commands with their lines.</summary>
    public static IReadOnlyList<(int Line, Command Command)> Read(string path)
    {
        var lines = Lines(path);
        var header = lines[0];
        if (!header.Equals(Header, StringComparison.Ordinal) && !header.Equals(LongHeader, StringComparison.Ordinal))
            throw Wrong(path, 1, 1, $"the header is neither '{Header}' nor this with ',options' at its end");
        var columns = header.Split(',').Length;
        var accounts = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            [ZkExchange.Exchange.Venue.FundName] = 0,
        };
        var rows = new Queue<OrderRow>();
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = lines[i].Split(',');
            if (fields.Length != columns)
                throw Wrong(path, i + 1, 1, $"there are {fields.Length} fields, not {columns}");
            rows.Enqueue(new OrderRow(path, i + 1, fields, accounts));
        }

        var commands = new List<(int, Command)>(rows.Count);
        while (rows.TryDequeue(out var row))
        {
            if (row.GroupLegs > 0) commands.Add((row.Line, Group(row, rows)));
            else commands.AddRange(row.Commands().Select(command => (row.Line, command)));
            row.CheckUsed();
        }

        return commands;
    }

    // UTF-8 with or without a mark at the start, lines that end in LF or CRLF, none of them blank.
    static string[] Lines(string path)
    {
        if (Directory.Exists(path))
            throw new CommandException(ExitCode.Input, "InputOrder", $"'{path}' is a folder, not a file of commands.");
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        string text;
        try
        {
            text = s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw Wrong(path, 1 + bytes[..Math.Max(0, error.Index)].Count((byte)'\n'), 1, "this is not text in UTF-8");
        }

        var lines = text.Split('\n');
        if (lines is [.., ""] and [_, _, ..]) lines = lines[..^1];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = lines[i].EndsWith('\r') ? lines[i][..^1] : lines[i];
            if (lines[i].Length == 0)
                throw Wrong(path, i + 1, 1, lines.Length == 1 ? "the file is empty" : "the line is blank");
            var control = lines[i].AsSpan().IndexOfAnyInRange('\0', '\u001F');
            if (control >= 0)
                throw Wrong(path, i + 1, 1 + lines[i].AsSpan(0, control).Count(','), "there is a control character");
        }

        return lines;
    }

    // The row is the first leg, and the next ones are the others.
    static Command Group(OrderRow first, Queue<OrderRow> rows)
    {
        var command = first.Order() with
        {
            Kind = CommandKind.PlaceGroup,
            Group = first.GroupLegs == 3 ? GroupKind.Bracket : GroupKind.OneCancelsOther,
        };
        for (var leg = 2; leg <= first.GroupLegs; leg++)
        {
            if (!rows.TryDequeue(out var row) || !row.IsLeg)
                throw first.Wrong(OrderRow.CommandColumn, $"the {first.GroupLegs - 1} rows below are not its legs");
            var other = row.Order();
            if (other.Time != command.Time) throw row.Wrong(0, "a leg has the time of its group");
            if (other.Order.Account != command.Order.Account) throw row.Wrong(2, "a leg has the account of its group");
            if (other.Instrument != command.Instrument) throw row.Wrong(3, "a leg has the instrument of its group");
            row.CheckUsed();
            if (leg == 2) command.Second = other.Order;
            else command.Third = other.Order;
        }

        return command;
    }

    /// <summary>What ends the reading.</summary>
    public static CommandException Wrong(string path, int line, int column, string what) => new(
        ExitCode.Input, "InputOrder", $"{path}, line {line}, column {column}: {what}.");
}
