using System.Text;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using Xunit;

namespace ZkExchange.Cli.Tests.Input;

/// <summary>Reads files that are written in the test.</summary>
static class Files
{
    public const string Time = "2026-11-20T00:00:00Z";

    public const string Assets = "symbol,decimals,price,tiers_loan,tiers_margin,tiers_portfolio\n"
        + "btc,8,65000,[0-100000:90],,\neth,18,3500.5,[0-100000:80],[0-50000:50],\nusd,2,1,,,\n";

    public const string User0 = "0000000000000000000000000000000000000000000000000000000000000000";
    public const string User1 = "000000000000000000000000000000000000000000000000000000000000000a";

    public static (AssetInput? Input, InputErrors Errors) ReadAssets(string text)
    {
        var errors = new InputErrors();
        using var file = InputFile.Open("assets.csv", Stream(text), errors);
        return (file is null ? null : AssetFile.Read(file, Time, errors), errors);
    }

    public static AssetInput GoodAssets(string text = Assets)
    {
        var (input, errors) = ReadAssets(text);
        Assert.Empty(errors.First);
        return input!;
    }

    public static (Book? Book, InputErrors Errors) ReadAccounts(
        string text, AssetInput? assets = null, ExcludedFile? excluded = null) =>
        ReadAccounts([text], assets, excluded);

    public static (Book? Book, InputErrors Errors) ReadAccounts(
        string[] texts, AssetInput? assets = null, ExcludedFile? excluded = null)
    {
        var errors = new InputErrors();
        var files = new AccountFiles(assets ?? GoodAssets(), errors, excluded);
        for (var i = 0; i < texts.Length; i++)
        {
            using var file = InputFile.Open($"accounts_{i}.csv", Stream(texts[i]), errors);
            if (file is not null) files.ReadFile(file);
        }

        return (errors.Any ? null : files.Finish(), errors);
    }

    public static (IReadOnlyList<ReserveInput>? Rows, InputErrors Errors) ReadReserves(
        string text, AssetInput? assets = null)
    {
        var errors = new InputErrors();
        using var file = InputFile.Open("reserves.csv", Stream(text), errors);
        return (file is null ? null : ReservesFile.Read(file, assets ?? GoodAssets(), errors), errors);
    }

    public static void AssertError(InputErrors errors, string reason, long line, int column, string message)
    {
        var error = Assert.Single(errors.First);
        Assert.Equal(reason, error.Reason.ToString());
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEqual("", error.Remedy);
        Assert.EndsWith(".csv", error.File, StringComparison.Ordinal);
    }

    static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
