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
    const int OfferedSeconds = 2;

    static readonly int[] s_offered = [10_000, 100_000, 400_000];

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
            foreach (var rate in s_offered) rows.Add(Acknowledgement(name, commands, rate));
        }

        return rows;
    }

    static JsonObject Journaled(string name, VenueCommand[] commands) => OnDisk(venue =>
        Measure($"the same with a flushed journal, {name}", commands.Length, at =>
        {
            venue.Submit(commands[at]);
            if (venue.Pending == CommandsPerFlush || at == commands.Length - 1) venue.Commit();
        }));

    static JsonObject OnDisk(Func<VenueHost, JsonObject> run)
    {
        var folder = Directory.CreateTempSubdirectory("zkx-bench-").FullName;
        try
        {
            using var venue = VenueHost.Open(
                new FolderDisk(folder), new SchemeVerifier(), VenueLoad.Parameters(), out var _)!;
            foreach (var command in VenueLoad.Prepare()) venue.Submit(command);
            venue.Commit();
            return run(venue);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Group commit on one thread: what became due during one flush is done together and is in the next. A command's
    // clock starts when it was due and stops when the flush that holds it has returned.
    static JsonObject Acknowledgement(string name, VenueCommand[] commands, int rate) => OnDisk(venue =>
    {
        var count = Math.Min(commands.Length, rate * OfferedSeconds);
        var ticksEach = Stopwatch.Frequency / (double)rate;
        var late = new long[count];
        var flushes = new List<long>(count);
        var start = Stopwatch.GetTimestamp();
        for (var done = 0; done < count;)
        {
            var first = done;
            do
            {
                while (Stopwatch.GetTimestamp() < Due(done)) Thread.SpinWait(1);
                venue.Submit(commands[done++]);
            }
            while (done < count && venue.Pending < CommandsPerFlush && Stopwatch.GetTimestamp() >= Due(done));

            var before = Stopwatch.GetTimestamp();
            venue.Commit();
            var after = Stopwatch.GetTimestamp();
            flushes.Add(after - before);
            for (var i = first; i < done; i++) late[i] = after - Due(i);
        }

        var row = Percentiles($"acknowledgement with group commit, {name}, latency in microseconds at "
            + $"{Figures.Count(rate)} a second offered", late);
        row["commandsPerFlush"] = Math.Round(count / (double)flushes.Count, 1);
        flushes.Sort();
        row["flushP50"] = Microseconds(flushes[flushes.Count / 2]);
        return row;

        long Due(int at) => start + (long)(at * ticksEach);
    });

    static double Microseconds(long ticks) => Math.Round(ticks * 1e6 / Stopwatch.Frequency, 2);

    static JsonObject Percentiles(string what, long[] late)
    {
        Array.Sort(late);
        double At(double share) => Microseconds(late[(int)Math.Min(late.Length - 1, late.Length * share)]);
        return new JsonObject
        {
            ["run"] = what,
            ["p50"] = At(0.5),
            ["p90"] = At(0.9),
            ["p99"] = At(0.99),
            ["p999"] = At(0.999),
            ["worst"] = At(1),
        };
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

        return Percentiles("matching, latency in microseconds at 1,000,000 a second offered", late);
    }
}
