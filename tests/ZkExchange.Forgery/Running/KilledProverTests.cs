using System.Diagnostics;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;

namespace ZkExchange.Forgery.Running;

/// <summary>Group 20 of the catalogue, with the real program: killed at any moment, and on a disk that takes no more.
/// </summary>
public sealed class KilledProverTests : IDisposable
{
    static readonly string[] s_demo =
        ["demo", "--accounts", "300", "--assets", "3", "--threads", "2", "--json", "--out"];

    readonly string _folder = Directory.CreateTempSubdirectory("zkx-killed-").FullName;

    string Target => Path.Combine(_folder, "epoch");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task M01_A_killed_prover_leaves_no_folder_that_looks_finished() => KillAsync(3);

    [Fact]
    [Trait("Category", "Long")]
    public Task M01_The_same_a_hundred_times() => KillAsync(100);

    // A file that grows beyond 200 KB meets the error that a full disk gives; proofs are longer.
    [Fact]
    public async Task M04_A_full_disk_ends_the_run_with_a_reason_and_leaves_nothing()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var process = Start(
            "bash", ["-c", "trap '' XFSZ; ulimit -f 200; exec dotnet \"$@\"", "bash", Program(), .. s_demo, Target]);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
        Assert.DoesNotContain("A mistake of the program", await error, StringComparison.Ordinal);
        Assert.Contains("too many for this file system", await output + await error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    async Task KillAsync(int times)
    {
        var random = new Random(20261120);
        var finished = 0;
        for (var i = 0; i < times; i++)
        {
            using var process = Start("dotnet", [Program(), .. s_demo, Target]);
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var patience = new CancellationTokenSource(random.Next(100, 2500));
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            if (!Directory.Exists(Target))
            {
                // Killed between the two folders: the secrets are there, and would not be overwritten.
                if (Directory.Exists(PrivateFolder.PathOf(Target)))
                    Directory.Delete(PrivateFolder.PathOf(Target), recursive: true);
                continue;
            }

            Assert.Equal(
                EpochOutcome.Accepted,
                EpochVerifier.Verify(new EpochDirectory(Target), EpochCircuits.Standard).Outcome);
            Assert.True(Directory.Exists(PrivateFolder.PathOf(Target)));
            Clear();
            finished++;
        }

        // Whatever lies about, the next run goes the whole way and takes it away.
        using var last = Start("dotnet", [Program(), .. s_demo, Target]);
        var output = last.StandardOutput.ReadToEndAsync();
        var error = last.StandardError.ReadToEndAsync();
        await last.WaitForExitAsync();
        Assert.Equal((0, ""), (last.ExitCode, await error));
        Assert.NotEmpty(await output);
        Assert.Equal(
            [Target, PrivateFolder.PathOf(Target)],
            Directory.GetFileSystemEntries(_folder).Order(StringComparer.Ordinal));
        Assert.InRange(finished, 0, times);
    }

    void Clear()
    {
        Directory.Delete(Target, recursive: true);
        Directory.Delete(PrivateFolder.PathOf(Target), recursive: true);
    }

    static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Killed, it would leave its sockets; and its own memory is a file to the limit of files.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    // artifacts/bin/ZkExchange.Forgery/release/ -> artifacts/bin/ZkExchange.Cli/release/zkx.dll
    static string Program()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(folder.Parent!.Parent!.FullName, "ZkExchange.Cli", folder.Name, "zkx.dll");
        Assert.True(File.Exists(program), program);
        return program;
    }
}
