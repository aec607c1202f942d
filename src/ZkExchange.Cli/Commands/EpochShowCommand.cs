using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Cli.Input;
using ZkExchange.Cli.Output;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx epoch show: what a statement says, without checking its proofs.</summary>
static class EpochShowCommand
{
    const int AssetsShown = 30;

    public static Command Make(CommandHost host)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder of an epoch." };
        var json = CommonOptions.Json();
        var command = new Command(
            "show", "Show what an epoch claims. Proofs are not checked: that is zkx-verify's part.")
        {
            folder, json,
        };
        command.SetAction((parsed, _) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var statement = Read(parsed.GetValue(folder)!);
            if (parsed.GetValue(json)) host.Output.WriteLine(Json.Of(ToJson(statement)));
            else Write(statement, host.Output);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    /// <summary>The statement of an epoch's folder.</summary>
    public static Statement Read(string folder)
    {
        var path = Path.Combine(folder, Statement.FileName);
        if (!File.Exists(path))
            throw new CommandException(ExitCode.Input, "FileSet", $"'{folder}' holds no {Statement.FileName}.");
        if (new FileInfo(path).Length > EpochVerifier.DocumentBytesMax)
            throw new CommandException(ExitCode.Input, "LimitExceeded", $"'{path}' is longer than any statement.");
        var (statement, refusal) = Statement.Read(File.ReadAllBytes(path));
        return statement
            ?? throw new CommandException(ExitCode.Input, "StatementInvalid", $"'{path}' breaks a rule: {refusal}.");
    }

    static void Write(Statement statement, TextWriter output)
    {
        void Line(string name, string value) => output.WriteLine($"{name,-14}{value}");
        var tree = statement.Tree;
        Line("exchange", statement.Exchange);
        Line("environment", statement.Environment == ExchangeEnvironment.Production ? "production" : "TEST");
        Line("epoch", statement.Epoch.ToString(CultureInfo.InvariantCulture));
        Line("snapshot", statement.Snapshot);
        Line("statement", statement.Digest.ToString());
        Line("previous", statement.Previous.IsZero ? "none, starts a chain" : statement.Previous.ToString());
        if (statement.Supersedes is { } superseded) Line("supersedes", superseded.ToString());
        Line("root", statement.Root.ToString());
        Line("accounts", Figures.Count(statement.Accounts));
        Line("tree", $"{Figures.Count(tree.ShardCount)} x 2^{tree.ShardHeight} positions, height {tree.Height}");
        Line("profile", statement.Profile);
        Line("signed", statement.Signer is null ? "no" : "yes");
        Line("totals", statement.Disclosed is null ? "hidden" : "disclosed");
        if (statement.Excluded is { } excluded) Line("left out", $"{Figures.Of(excluded.Rows, "input row")}");
        Line("reserves", statement.Reserves is null ? "none: liabilities only" : $"of {statement.Reserves.Time}");
        output.WriteLine();
        output.WriteLine($"{"asset",-14}{"price in " + statement.ValueUnit,22}{"reserves",28}{"owed",28}");
        for (var i = 0; i < Math.Min(statement.Assets.Count, AssetsShown); i++)
        {
            var asset = statement.Assets[i];
            var reserves = statement.Reserves is null ? "-" : Coins(statement.Reserves.Assets[i].Amount, asset);
            var owed = statement.Disclosed is null ? "hidden" : Coins(statement.Disclosed.Totals[i].Equity, asset);
            output.WriteLine($"{asset.Symbol,-14}{Price(statement, i),22}{reserves,28}{owed,28}");
        }

        if (statement.Assets.Count > AssetsShown)
            output.WriteLine($"and {statement.Assets.Count - AssetsShown} more; --json shows all");
        output.WriteLine();
        output.WriteLine("This is what the exchange claims. Whether it is proven, zkx-verify epoch tells.");
    }

    static JsonObject ToJson(Statement statement) => new()
    {
        ["ok"] = true,
        ["verified"] = false,
        ["statementDigest"] = statement.Digest.ToString(),
        ["statement"] = JsonNode.Parse(statement.Bytes.Span),
    };

    // Price of a whole coin = weight * 10^(decimals - valueScale).
    static string Price(Statement statement, int index)
    {
        var asset = statement.Assets[index];
        var shift = statement.ValueScale - asset.Decimals;
        return shift >= 0
            ? DecimalText.Format(asset.Weight, shift)
            : DecimalText.Format(asset.Weight * System.Numerics.BigInteger.Pow(10, -shift), 0);
    }

    static string Coins(UInt128 units, AssetDefinition asset) => DecimalText.Format(units, asset.Decimals);
}
