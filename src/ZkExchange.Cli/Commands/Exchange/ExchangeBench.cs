using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger.Journal;
using ZkExchange.Matching;
using CliCommand = System.CommandLine.Command;
using VenueCommand = ZkExchange.Exchange.Command;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>zkx exchange bench: one thread's throughput and latency, alone and with all that hangs on it.</summary>
/// <remarks>
/// Latency is open-loop: a command's clock starts when it was due, not when its turn came, so a pause counts for
/// everybody
/// who waited (no coordinated omission). On a shared machine wall time says as much about the neighbours; time of the
/// processor is shown beside it.
/// </remarks>
static class ExchangeBench
{
    const int OfferedPerSecond = 1_000_000;
    const int CommandsPerFlush = 2000;

    public static CliCommand Make(CommandHost host)
    {
        var count = CommonOptions.InRange(new Option<int>("--commands")
        {
            Description = "Commands of each run.",
            DefaultValueFactory = _ => 1_000_000,
            HelpName = "N",
        }, 10_000, 100_000_000);
        var json = CommonOptions.Json();
        var command = new CliCommand("bench", "Measure the exchange on this machine.") { count, json };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var rows = Run(parsed.GetValue(count));
            if (parsed.GetValue(json))
            {
                host.Output.WriteLine(Json.Of(new JsonObject
                {
                    ["ok"] = true,
                    ["processors"] = Environment.ProcessorCount,
                    ["runs"] = new JsonArray([.. rows]),
                }));
                return Task.FromResult(ExitCode.Success);
            }

            foreach (var row in rows)
                host.Output.WriteLine(string.Join(", ", row.Select(field => $"{field.Key} {field.Value}")));
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    static List<JsonObject> Run(int count)
    {
        var load = BookLoad.Record(1, count);
        var rows = new List<JsonObject>();
        for (var i = 0; i < 3; i++)
        {
            var book = new OrderBook(BookLoad.Rules, new EventBuffer());
            rows.Add(Measure("matching", count, at => load.Play(book, at)));
        }

        rows.Add(Latency(load));
        foreach (var (name, instrument) in ((string, int)[])[("spot", 0), ("perpetual", 1)])
        {
            var stream = VenueLoad.Record(1, count / 2, instrument);
            var commands = stream.Commands.ToArray();
            var venue = VenueLoad.NewVenue();
            foreach (var command in VenueLoad.Prepare()) venue.Execute(command);
            rows.Add(Measure($"matching, ledger and margin, {name}", commands.Length, at =>
                venue.Execute(commands[at])));
            rows.Add(Journaled(name, commands));
        }

        return rows;
    }

    static JsonObject Journaled(string name, VenueCommand[] commands)
    {
        var folder = Directory.CreateTempSubdirectory("zkx-bench-").FullName;
        try
        {
            using var venue = VenueHost.Open(
                new FolderDisk(folder), new SchemeVerifier(), VenueLoad.Parameters(), out var _)!;
            foreach (var command in VenueLoad.Prepare()) venue.Submit(command);
            venue.Commit();
            return Measure($"the same with a flushed journal, {name}", commands.Length, at =>
            {
                venue.Submit(commands[at]);
                if (venue.Pending == CommandsPerFlush || at == commands.Length - 1) venue.Commit();
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The second half is what counts as steady: pools and buffers have grown by then.
    static JsonObject Measure(string what, int count, Action<int> step)
    {
        using var process = Process.GetCurrentProcess();
        var half = count / 2;
        for (var i = 0; i < half; i++) step(i);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        process.Refresh();
        var (cpu, wall) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        for (var i = half; i < count; i++) step(i);
        var seconds = Stopwatch.GetElapsedTime(wall).TotalSeconds;
        process.Refresh();
        var processor = (process.TotalProcessorTime - cpu).TotalSeconds;
        return new JsonObject
        {
            ["run"] = what,
            ["commands"] = count - half,
            ["commandsPerSecond"] = (long)((count - half) / seconds),
            ["commandsPerProcessorSecond"] = (long)((count - half) / Math.Max(0.001, processor)),
            ["bytesAllocatedPerCommand"] = Math.Round(
                (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)(count - half), 3),
        };
    }

    static JsonObject Latency(BookLoad load)
    {
        var book = new OrderBook(BookLoad.Rules, new EventBuffer());
        var half = load.Count / 2;
        for (var i = 0; i < half; i++) load.Play(book, i);
        var ticksEach = Stopwatch.Frequency / (double)OfferedPerSecond;
        var late = new long[load.Count - half];
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < late.Length; i++)
        {
            var due = start + (long)(i * ticksEach);
            while (Stopwatch.GetTimestamp() < due)
                Thread.SpinWait(1);
            load.Play(book, half + i);
            late[i] = Stopwatch.GetTimestamp() - due;
        }

        Array.Sort(late);
        double Microseconds(double share) =>
            Math.Round(late[(int)Math.Min(late.Length - 1, late.Length * share)] * 1e6 / Stopwatch.Frequency, 2);
        return new JsonObject
        {
            ["run"] = "matching, latency in microseconds at 1,000,000 a second offered",
            ["p50"] = Microseconds(0.5),
            ["p90"] = Microseconds(0.9),
            ["p99"] = Microseconds(0.99),
            ["p999"] = Microseconds(0.999),
            ["worst"] = Microseconds(1),
        };
    }
}
