using System.ComponentModel;
using System.Diagnostics;
using Xunit.Abstractions;

namespace ZkExchange.Prover.Tests;

/// <summary>Another language's gRPC library against the service: @grpc/grpc-js, where node and npm are
/// installed.</summary>
public class InteropTests(ITestOutputHelper output)
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Grpc_js_calls_the_prover()
    {
        if (await PrepareAsync() is not { } folder) return;
        await using var prover = await RunningProver.StartAsync();
        var protos = Path.Combine(Root(), "prover", "ZkExchange.Prover.Rpc", "Protos");
        var address = $"{prover.Address.Host}:{prover.Address.Port}";
        var (code, text) = await RunAsync(folder, "node", "client.js", protos, address);
        output.WriteLine(text);
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "standard health: {\"status\":\"SERVING\"}",
                "unknown service: error 5 no such service",
                "describe: S100",
                "proof: ready trace fri 1000 bytes",
                "large: ready trace fri 3000000 bytes",
                "bad statement: ready error 3 statement: 100% wrong – Σ ≠ 0",
                "internal: ready trace error 13 internal failure; the prover's log has the place",
                "too large: ready error 8 ",
                "deadline: ready trace error 4 Deadline exceeded",
                "cancel: ready trace error 1 Cancelled on client",
                "after that: ready trace fri 7 bytes",
                "gzip: error 12 compressed messages are not supported",
                "unknown method: error 12 no such method",
                "health: SERVING",
            ],
            text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Shorten));
    }

    // Texts with figures of the machine or of the other library end where those begin.
    static string Shorten(string line) =>
        line.StartsWith("too large", StringComparison.Ordinal)
            ? line[..(line.IndexOf(" 8 ", StringComparison.Ordinal) + 3)]
        : line.StartsWith("deadline", StringComparison.Ordinal) ? Until(line, "Deadline exceeded")
        : line;

    static string Until(string line, string end) =>
        line.IndexOf(end, StringComparison.Ordinal) is var at and >= 0 ? line[..(at + end.Length)] : line;

    /// <summary>The folder with the client and its packages, or null where they cannot be had.</summary>
    async Task<string?> PrepareAsync()
    {
        var source = Path.Combine(Root(), "tests", "ZkExchange.Prover.Tests", "Interop");
        var folder = Path.Combine(Root(), "artifacts", "interop");
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "package.json", "package-lock.json", "client.js" })
            File.Copy(Path.Combine(source, name), Path.Combine(folder, name), overwrite: true);
        try
        {
            if (Directory.Exists(Path.Combine(folder, "node_modules", "@grpc", "grpc-js"))) return folder;
            var (code, text) = await RunAsync(
                folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0");
            if (code == 0) return folder;
            output.WriteLine("skipped, npm ci has no packages: " + text);
        }
        catch (Win32Exception exception)
        {
            output.WriteLine("skipped, no node or npm: " + exception.Message);
        }

        return null;
    }

    static async Task<(int Code, string Text)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            var text = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await text + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, "it took too long");
        }
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ZkExchange.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
