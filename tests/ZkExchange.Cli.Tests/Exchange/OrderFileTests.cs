using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Tests.Commands;
using ZkExchange.Exchange;
using ZkExchange.Ledger;

namespace ZkExchange.Cli.Tests.Exchange;

/// <summary>Files of zkx exchange run (specs/51-input-files.md section 7).</summary>
public sealed class OrderFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public void What_was_written_is_read_whatever_it_is() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var sample = new OrderFileSample(seed, 60);
            File.WriteAllText(In("orders.csv"), sample.Text);
            var read = OrderFile.Read(In("orders.csv"));
            Assert.Equal(sample.Commands.Select(c => (c.Line, Bytes(c.Command))),
                read.Select(c => (c.Line, Bytes(c.Command))));
        }).QuickCheckThrowOnFailure();

    static string Bytes(Command command)
    {
        var writer = new StateWriter();
        CommandCodec.Write(writer, command);
        return Convert.ToHexString(writer.Bytes);
    }

    [Fact]
    public async Task A_generated_file_runs_and_its_journal_replays()
    {
        await File.WriteAllTextAsync(In("orders.csv"), new OrderFileSample(7, 800).Text);
        var run = await Run.ZkxAsync("exchange", "run", "--orders", In("orders.csv"), "--out", In("j"));
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(0, (await Run.ZkxAsync("exchange", "replay", In("j"))).ExitCode);
    }

    [Theory]
    [InlineData("1,order,alice,BTC-PERP,buy,stop,,1,,,,trigger=x", 12, "trigger=x")]
    [InlineData("1,order,alice,BTC-PERP,buy,stop,,1,,,,trigger=1 trigger=2", 12, "twice")]
    [InlineData("1,order,alice,BTC-PERP,buy,stop,7,1,,,,trigger=1", 7, "does not use")]
    [InlineData("1,order,alice,BTC-PERP,buy,limit,7,1,,,,post-only=1", 12, "no value")]
    [InlineData("1,order,alice,BTC-PERP,buy,limit,7,1,,,,display", 12, "display=")]
    [InlineData("1,order,alice,BTC-PERP,buy,limit,7,1,,,,colour=red", 12, "colour")]
    [InlineData("1,order,alice,BTC-PERP,buy,limit,7,1,,,,stp=never", 12, "stp=never")]
    [InlineData("1,order,alice,BTC-PERP,buy,limit,7,1,,,,display=1  min=2", 12, "one space")]
    [InlineData("1,order,alice,BTC-PERP,buy,limit,7,1,,BTC,,", 10, "does not use")]
    [InlineData("1,order,alice,BTC-PERP,buy,pegged,7,1,,,,peg=mid offset=+-3", 12, "offset=")]
    [InlineData("1,cancel-all,alice,BTC-PERP,up,,,,,,,", 5, "'up'")]
    [InlineData("1,dead-man,alice,,,,,,,,,", 12, "at=TIME")]
    [InlineData("1,tick,,,,,,,,,,at=3", 12, "'at'")]
    [InlineData("1,leg,alice,BTC-PERP,buy,limit,7,1,,,,", 2, "no group")]
    [InlineData("1,oco,alice,BTC-PERP,buy,limit,7,1,,,,", 2, "legs")]
    [InlineData("1,oco,alice,BTC-PERP,buy,limit,7,1,,,,\n1,tick,,,,,,,,,,", 2, "legs")]
    [InlineData("1,open,a b,,,,,,,,,", 3, "a name")]
    public void A_row_that_makes_no_sense_is_named_with_its_column(string rows, int column, string reason)
    {
        File.WriteAllText(In("orders.csv"), $"{OrderFile.LongHeader}\n1,open,alice,,,,,,,,,\n{rows}\n");
        var error = Assert.Throws<CommandException>(() => OrderFile.Read(In("orders.csv")));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.StartsWith($"{In("orders.csv")}, line 3, column {column}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    // Specification 51, section 1: what is no text of its form is an error with its place.
    [Theory]
    [InlineData("", 1, 1, "empty")]
    [InlineData("HEADER\n\n1,tick,,,,,,,,,\n", 2, 1, "blank")]
    [InlineData("HEADER\n1,tick,,,,,,,,,\n\n", 3, 1, "blank")]
    [InlineData("HEADER\n1,open,\u0001,,,,,,,,\n", 2, 3, "control character")]
    [InlineData("HEADER\r1,tick,,,,,,,,,\r", 1, 11, "control character")]
    [InlineData("HEADER\n1,tick,,,,,,,,,\n1,open,\u00FF,,,,,,,,\n", 3, 1, "UTF-8")]
    public void Text_of_another_form_is_named_with_its_place(string text, int line, int column, string reason)
    {
        text = text.Replace("HEADER", OrderFile.Header, StringComparison.Ordinal);
        File.WriteAllBytes(In("orders.csv"), System.Text.Encoding.Latin1.GetBytes(text));
        var error = Assert.Throws<CommandException>(() => OrderFile.Read(In("orders.csv")));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.StartsWith($"{In("orders.csv")}, line {line}, column {column}: ", error.Message,
            StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2,leg,alice,BTC-PERP,buy,limit,8,1,,,,", 1)]
    [InlineData("1,leg,bob,BTC-PERP,buy,limit,8,1,,,,", 3)]
    [InlineData("1,leg,alice,ETH-PERP,buy,limit,8,1,,,,", 4)]
    [InlineData("1,leg,alice,BTC-PERP,buy,stop,,1,,,,trigger=9 at=2", 12)]
    public void A_leg_that_is_not_its_groups_is_named(string leg, int column)
    {
        File.WriteAllText(In("orders.csv"), $"""
            {OrderFile.LongHeader}
            1,open,alice,,,,,,,,,
            1,open,bob,,,,,,,,,
            1,oco,alice,BTC-PERP,buy,limit,7,1,,,,
            {leg}
            """);
        var error = Assert.Throws<CommandException>(() => OrderFile.Read(In("orders.csv")));
        Assert.Contains($"line 5, column {column}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_examples_of_the_specification_run_and_nothing_in_them_is_refused()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ZkExchange.sln"))) folder = folder.Parent;
        var text = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "specs", "51-input-files.md"));
        var examples = text.Split("```orders\n").Skip(1).Select(rest => rest.Split("```\n")[0]).ToList();
        Assert.Equal(2, examples.Count);
        for (var i = 0; i < examples.Count; i++)
        {
            await File.WriteAllTextAsync(In("orders.csv"), examples[i]);
            var run = await Run.ZkxAsync("exchange", "run", "--orders", In("orders.csv"), "--out", In($"j{i}"));
            Assert.True(run.ExitCode == 0, run.Error);
            Assert.DoesNotContain("refused", run.Output, StringComparison.Ordinal);
        }
    }
}
