using Xunit;

namespace ZkExchange.Cli.Tests.Input;

/// <summary>The examples of specs/51-input-files.md are files that are read.</summary>
public class SpecificationTests
{
    [Fact]
    public void The_examples_of_the_specification_are_read_without_an_error()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ZkExchange.sln"))) folder = folder.Parent;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "specs", "51-input-files.md"));
        var assets = Files.GoodAssets(Assert.Single(BlocksOf(text, "assets")));
        var accounts = BlocksOf(text, "accounts");
        Assert.Equal(2, accounts.Count);
        var (book, errors) = Files.ReadAccounts([.. accounts], assets);
        Assert.Empty(errors.First);
        Assert.Equal(3, book!.Accounts);
        var (rows, problems) = Files.ReadReserves(Assert.Single(BlocksOf(text, "reserves")), assets);
        Assert.Empty(problems.First);
        Assert.Equal(3, rows!.Count);
    }

    static List<string> BlocksOf(string text, string kind)
    {
        var blocks = new List<string>();
        for (var at = text.IndexOf($"```{kind}\n", StringComparison.Ordinal); at >= 0;)
        {
            var start = at + kind.Length + 4;
            var end = text.IndexOf("```\n", start, StringComparison.Ordinal);
            blocks.Add(text[start..end]);
            at = text.IndexOf($"```{kind}\n", end, StringComparison.Ordinal);
        }

        return blocks;
    }
}
