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
    public async Task A_killed_process_has_lost_nothing_that_was_flushed()
    {
        var program = Program();
        if (program == null)
        {
            Console.WriteLine("zkx has not been built beside these tests: nothing to kill.");
            return;
        }
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var folder = Path.Combine(Path.GetTempPath(), $"zkx-kill-{Environment.ProcessId}-{attempt}");
            try
            {
                await KillAsync(program, folder, attempt);
                var venue = VenueHost.Recover(new FolderDisk(folder), new SchemeVerifier(), out var report);
                Assert.True(report.IsUsable, report.Describe());
                Assert.NotNull(venue);

                // The same crowd, undisturbed, as far as the journal goes.
                var straight = new Venue(SimulatedMarket.Parameters(), new SchemeVerifier());
                var crowd = new Crowd(attempt, straight);
                while (straight.Commands < venue.Commands) straight.Execute(crowd.Next());
                Assert.Equal(straight.StateHash(), venue.StateHash());
            }
            finally
            {
                if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            }
        }
    }

    static async Task KillAsync(string program, string folder, int seed)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
            [program, "exchange", "sim", "--seed", $"{seed}", "--commands", "50000000", "--audit", "100000000",
                "--out", folder];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            for (var waited = 0; waited < 20_000 && JournalBytes(folder) < 100_000 * seed
                && !process.HasExited; waited += 20)
                await Task.Delay(20);
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
