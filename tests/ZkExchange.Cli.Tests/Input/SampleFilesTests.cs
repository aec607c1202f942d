using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

/// <summary>The files that a large exchange publishes as samples, where they lie beside the repository.</summary>
public class SampleFilesTests
{
    static readonly string? s_folder = Find();

    static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "ZkExchange.sln"))) continue;
            var samples = Path.Combine(folder.Parent!.FullName, "shared", "data", "reserves-sample");
            return Directory.Exists(samples) ? samples : null;
        }

        return null;
    }

    static string Sample(string name) => Path.Combine(s_folder!, name);

    static AssetInput Assets(string name)
    {
        var errors = new InputErrors();
        var assets = AssetFile.Read(Sample(name), Files.Time, errors);
        Assert.Empty(errors.First);
        return assets!;
    }

    [Fact]
    public void The_asset_tables_are_read_as_they_are()
    {
        if (s_folder is null) return;
        var four = Assets("assets_4.csv").Table;
        Assert.Equal(["btc", "eth", "bnb", "shib"], four.Assets.Select(asset => asset.Symbol));
        Assert.Equal(["loan", "margin", "portfolio", "", "", "", ""], four.Pools);
        Assert.Equal((16, "USDT"), (four.ValueScale, four.ValueUnit));
        Assert.Equal([30, 30, 15, 0], four.Assets.Select(asset => asset.Tiers.Count));
        Assert.All(four.Assets, asset => Assert.Equal(8, asset.Decimals));

        var many = Assets("assets_483.csv").Table;
        Assert.Equal(483, many.Assets.Count);
        Assert.Equal("1000cat", many.Assets[0].Symbol);
        Assert.Equal(["loan", "margin", "portfolio", "", "", "", ""], many.Pools);
    }

    [Fact]
    public void Rows_that_pledge_more_than_there_is_are_reported_one_by_one()
    {
        if (s_folder is null) return;
        var errors = new InputErrors();
        string[] paths = [Sample("accounts_0.csv"), Sample("accounts_1.csv")];
        new AccountFiles(Assets("assets_4.csv"), errors, null).Read(paths);
        Assert.Equal(15, errors.Count);
        Assert.All(errors.First, error => Assert.Equal(InputReason.InputRow, error.Reason));
        Assert.All(
            errors.First,
            error => Assert.Contains("pledged parts of 'btc'", error.Message, StringComparison.Ordinal));
        Assert.Equal(
            [.. ((int[])[2, 4, 6, 8, 10]).Select(line => (paths[0], (long)line)),
                .. ((int[])[2, 4, 6, 8, 10, 12, 14, 16, 18, 20]).Select(line => (paths[1], (long)line))],
            errors.First.Select(error => (error.File, error.Line)));
    }

    [Fact]
    public void Without_them_fifteen_customers_are_below_their_haircuts()
    {
        if (s_folder is null) return;
        var errors = new InputErrors();
        var excluded = new ExcludedFile();
        var assets = Assets("assets_4.csv");
        var files = new AccountFiles(assets, errors, excluded);
        var book = files.Read([Sample("accounts_0.csv"), Sample("accounts_1.csv")]);
        Assert.Empty(errors.First);
        Assert.Equal(15, excluded.Count);
        Assert.Equal(185, book!.Accounts);
        var lines = new List<uint>();
        for (var account = 0; account < book.Accounts; account++)
        {
            if (Collateral.Shortfall(assets.Table, book.EntriesOf(account)).IsZero) continue;
            lines.Add(files.PlaceOf(account).Line);
        }

        Assert.Equal([3, 5, 7, 9, 11, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21], lines);
    }
}
