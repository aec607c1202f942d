using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Cli.Tests.Commands;
using ZkExchange.Exchange.Simulation;

namespace ZkExchange.Cli.Tests.Exchange;

/// <summary>Recorded futures market data drives a venue; every law is audited.</summary>
public sealed class RecordedMarketTests : IDisposable
{
    const long Start = 1_723_161_255_000_000_000;
    const string Quote = "{\"stream\":\"btcusdt@bookTicker\",\"data\":"
        + "{\"u\":1,\"s\":\"BTCUSDT\",\"b\":\"61837.63\",\"B\":\"3.7\",\"a\":\"61837.64\",\"A\":\"1.5\"}}";

    const string Trade = "1723161256000000000 {\"stream\":\"btcusdt@trade\",\"data\":";

    readonly string _folder = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task A_recorded_market_drives_a_whole_run_without_a_violated_invariant()
    {
        var (files, sample) = Sample() is { } recorded ? (recorded, true) : (await SynthesizeAsync(), false);
        if (!sample) Console.WriteLine("There is no recorded sample beside the repository: a made one is used.");
        var run = await PlayAsync(files);
        Assert.Equal(1, (int)run["auditEvery"]!);
        Assert.Equal(0, (int)run["violatedInvariants"]!);
        Assert.True((long)run["lines"]! >= (sample ? 100_000 : 3_000), run.ToString());
        Assert.True((long)run["commands"]! >= 2_000, run.ToString());
        Assert.True((long)run["fills"]! > 300, run.ToString());
        Assert.True((long)run["liquidations"]! > 0, run.ToString());
        Assert.True((long)run["outsideBand"]! > 0, run.ToString());

        // The clock begins with the recording: no interval before it is told of.
        Assert.True((long)run["events"]! < 10 * (long)run["commands"]!, run.ToString());

        // The mark is never far from the recorded prices.
        var (least, most) = (Dollars(run["minMark"]), Dollars(run["maxMark"]));
        Assert.True(least < most, run.ToString());
        if (sample) Assert.True(least > 61_500m && most < 61_900m, run.ToString());
    }

    [Fact]
    public async Task A_recorded_run_is_a_function_of_its_seed_and_replays_from_its_journal()
    {
        var files = await SynthesizeAsync();
        var first = await PlayAsync([.. files, "--seed", "3", "--out", In("a")]);
        var second = await PlayAsync([.. files, "--seed", "3", "--audit-every", "100"]);
        var other = await PlayAsync([.. files, "--seed", "4", "--commands", "500"]);
        Assert.Equal((string?)first["stateHash"], (string?)second["stateHash"]);
        Assert.NotEqual((string?)first["stateHash"], (string?)other["stateHash"]);
        Assert.Equal(500, (int)other["commands"]!);
        var replayed = await Run.ZkxAsync("exchange", "replay", In("a"), "--json");
        Assert.Equal((string?)first["stateHash"], (string?)JsonNode.Parse(replayed.Output)!["stateHash"]);
    }

    [Theory]
    [InlineData("", "receive time")]
    [InlineData("x {}", "receive time")]
    [InlineData("1723161256000000000", "receive time")]
    [InlineData("1723161256000000000 {\"stream\":", "no JSON message")]
    [InlineData("1723161256000000000 {} {}", "no JSON message")]
    [InlineData("1723161256000000000 []", "no JSON object")]
    [InlineData("1723161256000000000 {}", "names no stream")]
    [InlineData("1723161256000000000 {\"stream\":\"btcusdt@dance\",\"data\":{}}", "none of bookTicker")]
    [InlineData(Trade + "{\"p\":\"1\",\"m\":true}}", "'q' is missing")]
    [InlineData(Trade + "{\"p\":\"1\",\"p\":\"2\"}}", "'p' is there twice")]
    [InlineData(Trade + "{\"p\":61837.6}}", "of another kind")]
    [InlineData(Trade + "{\"p\":\"6e4\",\"q\":\"1\"}}", "no decimal number")]
    [InlineData(Trade + "{\"p\":\"0.123456789\"}}", "more than 8 decimals")]
    [InlineData(Trade + "{\"p\":\"100000001\"}}", "too large")]
    [InlineData("1723161256000000000 {\"stream\":\"x@bookTicker\",\"data\":"
        + "{\"b\":\"2\",\"a\":\"1\",\"B\":\"1\",\"A\":\"1\"}}", "crossed")]
    [InlineData("1723161254000000000 " + Quote, "before that of the line above")]
    public async Task A_line_that_is_not_understood_is_named_with_its_reason(string line, string reason)
    {
        await File.WriteAllTextAsync(In("m.txt"), $"{Start} {Quote}\n{line}\n{Start + 2_000_000_000} {Quote}\n");
        var run = await Run.ZkxAsync("exchange", "sim", "--market", In("m.txt"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"{In("m.txt")}:2: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_empty_and_missing_files_are_refused()
    {
        var whole = await File.ReadAllBytesAsync((await SynthesizeAsync())[0]);
        await File.WriteAllBytesAsync(In("cut.gz"), whole[..(whole.Length / 2)]);
        await File.WriteAllBytesAsync(In("none.txt"), []);
        await File.WriteAllTextAsync(In("long.txt"), new string('1', (1 << 20) + 1));
        foreach (var name in (string[])["cut.gz", "none.txt", "long.txt", "nowhere.gz"])
        {
            var run = await Run.ZkxAsync("exchange", "sim", "--market", In(name), "--audit-every", "1000");
            Assert.True(run.ExitCode == 3, $"{name}: {run.ExitCode} {run.Output} {run.Error}");
        }
    }

    [Fact]
    public void Prices_are_read_exactly()
    {
        Assert.Null(RecordedMessage.Read(Encoding.ASCII.GetBytes($"{Start} {Quote}"), out var price));
        Assert.Equal(
            new RecordedPrice(Start, RecordedKind.SpotQuote, 6_183_763_000_000, 6_183_764_000_000, 150_000_000), price);
    }

    static async Task<JsonNode> PlayAsync(string[] arguments)
    {
        var run = await Run.ZkxAsync(["exchange", "sim", "--json", "--market", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonNode.Parse(run.Output)!;
    }

    static decimal Dollars(JsonNode? text) => decimal.Parse((string)text!, CultureInfo.InvariantCulture);

    static string[]? Sample()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root != null && !File.Exists(Path.Combine(root.FullName, "ZkExchange.sln"))) root = root.Parent;
        if (root?.Parent == null) return null;
        var folder = Path.Combine(root.Parent.FullName, "shared", "data", "market-sample");
        string[] files =
        [
            Path.Combine(folder, "btcusdt_spot_20240808.gz"), Path.Combine(folder, "btcusdt_perp_20240808.gz"),
        ];
        return files.All(File.Exists) ? files : null;
    }

    // Forty seconds of a market that walks, in the form of the recordings: a spot and a contract file.
    async Task<string[]> SynthesizeAsync()
    {
        var random = new Random(7);
        var (spot, contract) = (new StringBuilder(), new StringBuilder());
        var cents = 6_000_000L;
        for (var i = 0; i < 1_000; i++)
        {
            cents += random.Next(8_001) - 4_000;
            var time = Start + (i * 40_000_000L);
            var (bid, ask, at) = (Text(cents), Text(cents + 10), Text(random.Next(2) == 0 ? cents : cents + 10));
            var sells = random.Next(2) == 0 ? "true" : "false";
            var quote = $"\"b\":\"{bid}\",\"B\":\"2.5\",\"a\":\"{ask}\",\"A\":\"1.2\"";
            Write(spot, time, "bookTicker", quote);
            Write(spot, time, "trade", $"\"p\":\"{at}\",\"q\":\"0.25\",\"m\":{sells},\"M\":true");
            Write(contract, time, "bookTicker", $"\"e\":\"bookTicker\",{quote}");
            Write(contract, time + 1, "trade", $"\"p\":\"{at}\",\"q\":\"0.5\",\"X\":\"MARKET\",\"m\":{sells}");
            Write(contract, time + 2, "depth@0ms", "\"e\":\"depthUpdate\",\"b\":[[\"1\",\"2\"]],\"a\":[]");
        }

        string[] files = [In("spot.gz"), In("contract.gz")];
        foreach (var (file, text) in files.Zip([spot, contract]))
        {
            await using var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.ASCII.GetBytes(text.ToString()));
        }

        return files;
    }

    static void Write(StringBuilder text, long time, string stream, string data) => text.Append(
        CultureInfo.InvariantCulture, $"{time} {{\"stream\":\"btcusdt@{stream}\",\"data\":{{{data}}}}}\n");

    static string Text(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:D2}");
}
