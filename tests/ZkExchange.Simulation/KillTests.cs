using System.Diagnostics;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Hosting;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger.Journal;

namespace ZkExchange.Simulation;

/// <summary>
/// The real program, killed without warning while it writes: what it had flushed is there, and replays to the state
/// of a run that was not killed.
/// </summary>
public class KillTests
{
    [Fact]
    public Task A_killed_process_has_lost_nothing_that_was_flushed() => KillAndRecoverAsync(1, 3);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_thousand_kills_lose_nothing_that_was_flushed() =>
        KillAndRecoverAsync(SoakBounds.Seed(5000), SoakBounds.Count(1000));

    static async Task KillAndRecoverAsync(int first, int count)
    {
        var program = Program();
        if (program == null)
        {
            Console.WriteLine("zkx has not been built beside these tests: nothing to kill.");
            return;
        }
        var torn = 0;
        for (var seed = first; seed < first + count; seed++)
        {
            var folder = Path.Combine(Path.GetTempPath(), $"zkx-kill-{Environment.ProcessId}-{seed}");
            try
            {
                await KillAsync(program, folder, seed);
                torn += Recover(folder, seed) ? 1 : 0;
            }
            finally
            {
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            }
        }
        Console.WriteLine($"{count} kills from seed {first}, {torn} of them within a frame");
    }

    // True if the kill came in the middle of a frame.
    static bool Recover(string folder, int seed)
    {
        var venue = VenueHost.Recover(new FolderDisk(folder), new SchemeVerifier(), out var report);
        Assert.True(report.IsUsable, $"seed {seed}: {report.Describe()}");
        if (venue == null)                                       // killed before the first frame was whole
            Assert.Equal((RecoveryOutcome.Born, true), (report.Outcome, report.Journal.Acknowledged <= 1));

        // The same crowd, undisturbed, as far as the journal goes.
        var straight = new Venue(SimulatedMarket.Parameters(), new SchemeVerifier());
        var crowd = new Crowd(seed, straight);
        while (straight.Commands < (venue?.Commands ?? 0)) straight.Execute(crowd.Next());
        Assert.True(venue == null || straight.StateHash().AsSpan().SequenceEqual(venue.StateHash()), $"seed {seed}");

        // It goes on where it was, and is found again.
        using (var host = VenueHost.Open(
            new FolderDisk(folder), new SchemeVerifier(), SimulatedMarket.Parameters(), out _))
        {
            Assert.NotNull(host);
            for (var i = 0; i < 50; i++)
            {
                var command = crowd.Next();
                Assert.Equal(straight.Execute(command), host.Submit(command));
            }
            host.Commit();
        }
        var again = VenueHost.Recover(new FolderDisk(folder), new SchemeVerifier(), out var second);
        Assert.Equal(JournalOutcome.Sound, second.Journal.Outcome);
        Assert.Equal(straight.StateHash(), again!.StateHash());
        return report.Journal.Outcome == JournalOutcome.TornTail;
    }

    static async Task KillAsync(string program, string folder, int seed)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Three in four write in pieces, so that most kills find a frame half written.
        var random = new Random(seed);
        var pieces = random.Next(4) == 0 ? 0 : random.Next(16, 2000);
        string[] arguments =
            [program, "exchange", "sim", "--seed", $"{seed}", "--commands", "50000000", "--audit", "100000000",
                "--out", folder, "--write-pieces", $"{pieces}"];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["DOTNET_EnableDiagnostics"] = "0";   // its sockets would outlive it among the temporary files
        var target = random.Next(1, pieces == 0 ? 400_000 : 200 * pieces);
        using var process = Process.Start(start)!;
        try
        {
            for (var waited = 0; waited < 60_000 && JournalBytes(folder) < target
                && !process.HasExited; waited++)
                await Task.Delay(1);
            Assert.False(process.HasExited, "it ended by itself");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        Assert.True(JournalBytes(folder) > 0);
    }

    static long JournalBytes(string folder) => !Directory.Exists(folder) ? 0
        : Directory.GetFiles(folder, "journal-*").Sum(f => new FileInfo(f).Length);

    // artifacts/bin/ZkExchange.Simulation/release/ -> artifacts/bin/ZkExchange.Cli/release/zkx.dll
    static string? Program()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "ZkExchange.Cli", own.Name, "zkx.dll");
        return File.Exists(program) ? program : null;
    }
}
