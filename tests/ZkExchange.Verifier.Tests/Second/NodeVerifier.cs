using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace ZkExchange.Verifier.Tests.Second;

/// <summary>A test that needs Node, and is skipped with a message where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (!NodeVerifier.IsAvailable) Skip = "There is no Node of version 20 or later on this machine.";
    }
}

/// <summary>A test with cases that needs Node.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute()
    {
        if (!NodeVerifier.IsAvailable) Skip = "There is no Node of version 20 or later on this machine.";
    }
}

/// <summary>The second verifier (verifier/second), kept running: a line of arguments in, a line with the verdict out.
/// </summary>
public sealed class NodeVerifier : IDisposable
{
    const int VersionMin = 20;
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    readonly Process _process;

    public NodeVerifier() => _process = Start([Path.Combine(Home, "verify.mjs"), "lines"]);

    /// <summary>True if this machine can run it.</summary>
    public static bool IsAvailable { get; } = FindsNode();

    static string Home
    {
        get
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root.FullName, "ZkExchange.sln"))) root = root.Parent!;
            return Path.Combine(root.FullName, "verifier", "second");
        }
    }

    /// <summary>Its own tests, on the vectors of the specification: 0 if they pass, and what they say.</summary>
    public static (int Code, string Output) RunOwnTests()
    {
        using var process = Start(["--test", Path.Combine(Home, "test")]);
        using var limit = new Timer(_ => process.Kill(), null, s_patience, Timeout.InfiniteTimeSpan);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>The verdict on these arguments.</summary>
    public (bool Accepted, string Outcome) Ask(params string[] arguments)
    {
        using var answer = JsonDocument.Parse(AskForText(arguments));
        var root = answer.RootElement;
        return (root.GetProperty("accepted").GetBoolean(), root.GetProperty("outcome").GetString()!);
    }

    /// <summary>All that it says, one object of JSON.</summary>
    public string AskForText(params string[] arguments)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(arguments));
        _process.StandardInput.Flush();
        using var limit = new Timer(_ => _process.Kill(), null, s_patience, Timeout.InfiniteTimeSpan);
        var line = _process.StandardOutput.ReadLine();
        if (line is null) Assert.Fail($"the second verifier ended: {_process.StandardError.ReadToEnd()}");
        return line!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(s_patience)) _process.Kill();
        _process.Dispose();
    }

    static Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("node", arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    })!;

    static bool FindsNode()
    {
        try
        {
            using var process = Start(["--version"]);
            var version = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return version.StartsWith('v') && Version.TryParse(version[1..], out var found)
                && found.Major >= VersionMin;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
