using System.IO.Compression;
using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>Recorded markets, read line by line and never held in memory; several are merged by time.</summary>
static class RecordedMarketFile
{
    const int LineMax = 1 << 20;

    /// <summary>
    /// All lines of all files in the order of their times, those of one time in the order of the files.
    /// </summary>
    /// <remarks>A line that is not understood ends the run with its place and the reason.</remarks>
    public static IEnumerable<RecordedLine> Read(IReadOnlyList<string> paths)
    {
        var files = new List<IEnumerator<RecordedLine>>();
        try
        {
            foreach (var path in paths)
            {
                var file = ReadFile(path).GetEnumerator();
                files.Add(file);
                if (!file.MoveNext()) throw Wrong(path, 1, "the file is empty");
            }

            while (files.Count > 0)
            {
                var next = files.MinBy(file => file.Current.Price.Time)!;          // the first of equal ones
                yield return next.Current;
                if (next.MoveNext()) continue;
                files.Remove(next);
                next.Dispose();
            }
        }
        finally
        {
            foreach (var file in files) file.Dispose();
        }
    }

    static CommandException Wrong(string path, int line, string what) =>
        new(ExitCode.Input, "InputMarket", $"{path}:{line}: {what}.");

    static IEnumerable<RecordedLine> ReadFile(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(file, CompressionMode.Decompress) : file;
        var time = 0L;
        foreach (var (number, line) in Lines(stream, path))
        {
            if (RecordedMessage.Read(line.Span, out var price) is { } fault) throw Wrong(path, number, fault);
            if (price.Time < time) throw Wrong(path, number, "the receive time is before that of the line above");
            time = price.Time;
            yield return new(path, number, price);
        }
    }

    // Each line is good until the next is asked for.
    static IEnumerable<(int Number, ReadOnlyMemory<byte> Line)> Lines(Stream stream, string path)
    {
        var buffer = new byte[LineMax];
        var (start, end, number) = (0, 0, 0);
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return (++number, buffer.AsMemory(start, length));
                start += length + 1;
                continue;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            if (end == LineMax) throw Wrong(path, number + 1, $"the line is longer than {LineMax} bytes");
            var read = Fill(stream, buffer.AsSpan(end), path, number + 1);
            if (read == 0) break;
            end += read;
        }

        if (end > 0) yield return (number + 1, buffer.AsMemory(0, end));
    }

    static int Fill(Stream stream, Span<byte> free, string path, int line)
    {
        try
        {
            return stream.Read(free);
        }
        catch (InvalidDataException)
        {
            throw Wrong(path, line, "the compressed data is damaged or cut off");
        }
    }
}
