using System.Text.Json;
using Xunit;

namespace ZkExchange.Cli.Tests.Commands;

public class BenchCommandTests
{
    // The book, the secrets and so the root are made up from constants: any machine, kernel and number of threads.
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("5")]
    public async Task A_tree_has_one_root_on_any_number_of_threads_and_lanes(string threads)
    {
        var run = await Run.ZkxAsync(
            "bench", "tree", "--accounts", "3001", "--entries", "12345", "--assets", "20", "--max-memory", "4",
            "--threads", threads, "--json");
        Assert.Equal(0, run.ExitCode);
        using var figures = JsonDocument.Parse(run.Output);
        Assert.Equal(
            "e48567450d1e0966c3087755bd35ca434459d430fe2d181ce6d81d2f16796e58",
            figures.RootElement.GetProperty("root").GetString());
        var phases = figures.RootElement.GetProperty("phaseSeconds").EnumerateObject().Select(phase => phase.Name);
        Assert.Equal(
            [
                "checking the books", "comparing debts with collateral", "drawing positions",
                "deriving nonces and salts", "adding up", "hashing the trees",
            ],
            phases);
    }

    [Fact]
    public async Task A_book_of_fewer_entries_than_accounts_is_bad_usage()
    {
        var run = await Run.ZkxAsync("bench", "tree", "--accounts", "10", "--entries", "9");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--entries is from 10 to", run.Error, StringComparison.Ordinal);
    }
}
