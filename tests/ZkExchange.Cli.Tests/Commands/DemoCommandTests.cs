using System.Text.Json.Nodes;
using Xunit;
using ZkExchange.Fields.Kernels;
using ZkExchange.Circuits.Epoch;

namespace ZkExchange.Cli.Tests.Commands;

public sealed class DemoCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_demo_goes_the_whole_way_and_leaves_an_epoch_that_verifies()
    {
        var epoch = Path.Combine(_folder, "epoch");
        var run = await Run.ZkxAsync("demo", "--accounts", "300", "--assets", "7", "--out", epoch);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var word in (string[])["300 customers", "7 assets", "ACCEPTED", "FOUND", "WHAT IT DOES NOT PROVE"])
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        var verdict = EpochVerifier.Verify(new EpochDirectory(epoch), EpochCircuits.Standard);
        Assert.Equal(EpochOutcome.Accepted, verdict.Outcome);
    }

    // What nobody asked to keep is not kept: the folder of the demo holds the secrets of its epoch.
    [Fact]
    public async Task Without_a_folder_the_demo_leaves_nothing_behind()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "zkexchange-demo-*");
        var run = await Run.ZkxAsync("demo", "--accounts", "20", "--assets", "2", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Null(JsonNode.Parse(run.Output)!["folder"]);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "zkexchange-demo-*").Except(before));

        run = await Run.ZkxAsync("demo", "--accounts", "20", "--assets", "2", "--profile", "S80");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "zkexchange-demo-*").Except(before));
    }

    [Fact]
    public async Task Benchmarks_measure_what_they_prove()
    {
        var run = await Run.ZkxAsync("bench", "hashes", "--log2", "14", "--runs", "3", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var figures = JsonNode.Parse(run.Output)!;
        Assert.Equal(16_384, (int)figures["permutations"]!);
        Assert.True((long)figures["proofBytes"]! > 100_000);
        Assert.Equal(3, (int)figures["runs"]!);
        Assert.Equal((double)figures["fastestSeconds"]!, (double)figures["proveSeconds"]!);
        Assert.True((double)figures["fastestSeconds"]! <= (double)figures["medianSeconds"]!);
        Assert.True((double)figures["fastestSeconds"]! <= (double)figures["firstSeconds"]!);
        Assert.Equal(KernelChoice.Selected.ToString().ToLowerInvariant(), (string)figures["kernels"]!);

        run = await Run.ZkxAsync(
            "bench", "prove", "--accounts", "100", "--assets", "3", "--entries", "555", "--json", "--threads", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        figures = JsonNode.Parse(run.Output)!;
        Assert.Equal(555, (int)figures["entries"]!);
        Assert.True((double)figures["verifySeconds"]! > 0);
    }
}
