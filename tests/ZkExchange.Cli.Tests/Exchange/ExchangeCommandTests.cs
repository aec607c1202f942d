using System.Text.Json.Nodes;
using Xunit;
using ZkExchange.Cli.ReadModels;
using ZkExchange.Cli.Tests.Commands;

namespace ZkExchange.Cli.Tests.Exchange;

/// <summary>zkx exchange and zkx journal, as a user types them.</summary>
public sealed class ExchangeCommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public async Task A_simulation_is_a_function_of_its_seed_and_its_journal_replays_to_the_same_state()
    {
        var first = await Simulate("a");
        Assert.Equal(first, await Simulate("b"));
        var replayed = await Run.ZkxAsync("exchange", "replay", In("a"), "--json");
        Assert.Equal(0, replayed.ExitCode);
        Assert.Equal(first, (string?)JsonNode.Parse(replayed.Output)!["stateHash"]);
        Assert.Equal(0, (await Run.ZkxAsync("journal", "verify", In("a"))).ExitCode);
        var shown = await Run.ZkxAsync("journal", "show", In("a"), "--from", "2", "--count", "3");
        Assert.Contains("OpenAccount", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Run.ZkxAsync("exchange", "sim", "--out", In("a"))).ExitCode);
    }

    async Task<string?> Simulate(string name)
    {
        var run = await Run.ZkxAsync(
            "exchange", "sim", "--seed", "5", "--commands", "1500", "--out", In(name), "--json");
        Assert.Equal(0, run.ExitCode);
        return (string?)JsonNode.Parse(run.Output)!["stateHash"];
    }

    [Fact]
    public async Task A_damaged_journal_is_refused_with_the_place_of_the_damage()
    {
        await Simulate("a");
        var file = Directory.GetFiles(In("a"), "journal-*")[0];
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var verified = await Run.ZkxAsync("journal", "verify", In("a"));
        Assert.Equal(4, verified.ExitCode);
        Assert.StartsWith("DamagedMiddle in journal-", verified.Output, StringComparison.Ordinal);
        Assert.Equal(4, (await Run.ZkxAsync("exchange", "replay", In("a"))).ExitCode);
        Assert.Equal(3, (await Run.ZkxAsync("exchange", "state", In("a"))).ExitCode);
        Assert.Equal(3, (await Run.ZkxAsync("exchange", "state", In("nowhere"))).ExitCode);
    }

    [Fact]
    public async Task Damage_in_the_last_frame_is_not_taken_for_a_torn_write()
    {
        await Simulate("a");
        var file = Directory.GetFiles(In("a"), "journal-*.zkj").Order(StringComparer.Ordinal).Last();
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..^1]);
        var verified = await Run.ZkxAsync("journal", "verify", In("a"), "--json");
        Assert.Equal(4, verified.ExitCode);
        Assert.Equal("AcknowledgedMissing", (string?)JsonNode.Parse(verified.Output)!["outcome"]);
        Assert.Equal(1502UL, (ulong)JsonNode.Parse(verified.Output)!["acknowledged"]!);

        // The frames alone do not know it.
        File.Delete(Path.Combine(In("a"), "journal.mark"));
        Assert.Equal(0, (await Run.ZkxAsync("journal", "verify", In("a"))).ExitCode);
    }

    [Fact]
    public async Task A_folder_that_lost_its_journal_says_how_much_is_gone()
    {
        await Simulate("a");
        foreach (var file in Directory.GetFiles(In("a"), "*.zkj"))
            File.Delete(file);
        var verified = await Run.ZkxAsync("journal", "verify", In("a"));
        Assert.Equal(4, verified.ExitCode);
        Assert.StartsWith(
            "AcknowledgedMissing: no journal is left, but all commands before 1502 were acknowledged: ",
            verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_are_not_there_are_not_shown_in_silence()
    {
        await Simulate("a");
        var run = await Run.ZkxAsync("journal", "show", In("a"), "--from", "1502");
        Assert.Equal((3, "zkx: Journal: There is no command 1502; the last is 1501.\n"), (run.ExitCode, run.Error));
        Assert.Equal(0, (await Run.ZkxAsync("journal", "show", In("a"), "--from", "1501")).ExitCode);
        run = await Run.ZkxAsync("journal", "show", In("a"), "--from", "x");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--from takes a whole number from 1.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_measurement_tells_how_long_an_acknowledgement_takes()
    {
        var run = await Run.ZkxAsync("exchange", "bench", "--commands", "10000", "--json");
        Assert.Equal(0, run.ExitCode);
        var rows = JsonNode.Parse(run.Output)!["runs"]!.AsArray()
            .Where(row => ((string)row!["run"]!).StartsWith("acknowledgement", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, rows.Count);
        foreach (var row in rows)
        {
            double[] shares = [.. new[] { "p50", "p90", "p99", "p999", "worst" }.Select(name => (double)row![name]!)];
            Assert.Equal(shares.Order(), shares);
            Assert.True((double)row!["commandsPerFlush"]! >= 1);
        }
    }

    [Theory]
    [InlineData("journal verify")]
    [InlineData("journal show")]
    [InlineData("exchange replay")]
    [InlineData("exchange state")]
    [InlineData("epoch prove --out OUT --journal")]
    public async Task A_folder_without_a_journal_is_not_a_sound_one(string line)
    {
        var words = line.Split(' ').Select(word => word is "OUT" ? In("out") : word);
        var run = await Run.ZkxAsync([.. words, _folder]);
        Assert.Equal((3, $"zkx: FileSet: '{_folder}' holds no journal.\n"), (run.ExitCode, run.Error));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Orders_of_a_file_trade_and_the_statement_of_account_says_so()
    {
        await File.WriteAllTextAsync(In("orders.csv"), """
            time,command,account,instrument,side,type,price,quantity,client_id,asset,amount
            1,open,alice,,,,,,,,
            1,open,bob,,,,,,,,
            1,deposit,alice,,,,,,,USDT,100000000000
            1,deposit,bob,,,,,,,BTC,100000000
            2,price,,BTC-USDT,,,600000,,,,
            3,order,bob,BTC-USDT,sell,limit,600000,5000,7,,
            4,order,alice,BTC-USDT,buy,limit,600100,3000,8,,
            5,cancel,bob,,,,,,7,,
            6,order,alice,BTC-USDT,buy,limit,600000,999999,9,,

            """);
        var run = await Run.ZkxAsync("exchange", "run", "--orders", In("orders.csv"), "--out", In("j"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("line 10: PlaceOrder refused: InsufficientBalance", run.Output, StringComparison.Ordinal);
        var state = await Run.ZkxAsync("exchange", "state", In("j"), "--account", "alice");
        Assert.Matches("alice +Free +USDT +82000\n", state.Output);
        Assert.Contains("Trade", state.Output, StringComparison.Ordinal);
        var index = await Run.ZkxAsync("exchange", "index", In("j"), "--out", In("index.db"));
        Assert.StartsWith("1 fill and", index.Output, StringComparison.Ordinal);
        using (var rows = new ExchangeIndex(In("index.db;Pooling=False;Mode=ReadOnly")))
        {
            // As in journal show: the parameter set is command 1, and two sources name the price.
            Assert.Equal(9, rows.Fills.Single().Id >> 20);
            Assert.Equal(4, rows.Postings.First(p => p.Reason == "Deposit").Id >> 20);
        }

        var shown = await Run.ZkxAsync("journal", "show", In("j"), "--from", "9", "--count", "1");
        Assert.Contains("PlaceOrder instrument 0 account 1 Buy", shown.Output, StringComparison.Ordinal);

        // Twice the same, and with nothing beside it: a mode that wants more shows in the bytes 18 and 19.
        var once = await File.ReadAllBytesAsync(In("index.db"));
        Assert.Equal([1, 1], once[18..20]);
        await File.WriteAllTextAsync(In("index.db.partial-wal"), "of a run that was killed");
        Assert.Equal(0, (await Run.ZkxAsync("exchange", "index", In("j"), "--out", In("index.db"))).ExitCode);
        Assert.Equal(once, await File.ReadAllBytesAsync(In("index.db")));
        Assert.Single(Directory.GetFiles(_folder, "index.db*"));

        // Where the files that the library needs cannot be made.
        var name = In(new string('x', 246));
        var failed = await Run.ZkxAsync("exchange", "index", In("j"), "--out", name);
        Assert.Equal(3, failed.ExitCode);
        Assert.StartsWith("zkx: HostResource: ", failed.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "xxx*"));
        Assert.Equal(0, (await Run.ZkxAsync("exchange", "export", In("j"), "--out", In("books"))).ExitCode);
        var accounts = await File.ReadAllTextAsync(In("books/accounts.csv"));
        Assert.Contains("alice,USDT,82000,0,\n", accounts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,order,alice,BTC-USDT,up,limit,1,1,,,", "line 3, column 5")]
    [InlineData("1,order,eve,BTC-USDT,buy,limit,1,1,,,", "line 3, column 3")]
    [InlineData("1,order,alice,BTC-USDT,buy,limit,1.5,1,,,", "line 3, column 7")]
    [InlineData("1,dance,alice,,,,,,,,", "line 3, column 2")]
    [InlineData("1,tick", "line 3, column 1")]
    public async Task A_row_that_is_not_understood_is_named(string row, string place)
    {
        const string Header = "time,command,account,instrument,side,type,price,quantity,client_id,asset,amount\n";
        await File.WriteAllTextAsync(In("orders.csv"), Header + "1,open,alice,,,,,,,,\n" + row + "\n");
        var run = await Run.ZkxAsync("exchange", "run", "--orders", In("orders.csv"), "--out", In("j"));
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(place, run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(In("j")));
    }

    [Fact]
    public async Task An_epoch_is_proven_from_a_journal()
    {
        await Simulate("a");
        var run = await Run.ZkxAsync(
            "epoch", "prove", "--journal", In("a"), "--profile", "S100-fast", "--out", In("epoch"), "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(24, (int)JsonNode.Parse(run.Output)!["accounts"]!);
        Assert.Equal(2, (await Run.ZkxAsync("epoch", "prove", "--out", In("other"))).ExitCode);
    }
}
