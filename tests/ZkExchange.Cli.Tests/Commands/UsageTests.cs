using Xunit;

namespace ZkExchange.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string In(string name) => Path.Combine(_folder, name);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("epoch")]
    [InlineData("epoch prove")]
    [InlineData("epoch prove --accounts a --assets b")]
    [InlineData("epoch prove --accounts a --assets b --out c --nonsense")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --profile S99")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --disclose everything")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --threads 0")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --threads two")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --max-memory 0")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --epoch x")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --epoch -1")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --at yesterday")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --at 2026-02-30T00:00:00Z")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exchange \\")]
    [InlineData("epoch prove --accounts a --assets b --out FOLDER")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exclude-invalid FOLDER")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exclude-invalid OUT/left-out.csv")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exclude-invalid OUT.private/left-out.csv")]
    [InlineData("epoch prove --accounts a --assets b --out EMPTY")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exclude-invalid EMPTY")]
    [InlineData("epoch prove --accounts EMPTY --assets b --out OUT")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --previous EMPTY")]
    [InlineData("epoch prove --journal EMPTY --out OUT")]
    [InlineData("epoch show EMPTY")]
    [InlineData("demo --out EMPTY")]
    [InlineData("demo --out=")]
    [InlineData("exchange state EMPTY")]
    [InlineData("inclusion --epoch EMPTY --customer a --out b")]
    [InlineData("inclusion --epoch OUT --customer a --out EMPTY")]
    [InlineData("inclusion --epoch OUT --customer a --out OUT/mine.json")]
    [InlineData("inclusion --epoch OUT --customer a --out OUT/proofs/../mine.json")]
    [InlineData("epoch show")]
    [InlineData("inclusion --epoch a --out b")]
    [InlineData("demo --accounts 0")]
    [InlineData("demo --assets 501")]
    [InlineData("demo --out FOLDER")]
    [InlineData("bench prove --accounts 10 --assets 2 --entries 9")]
    [InlineData("bench prove --accounts 10 --assets 2 --entries 81")]
    [InlineData("bench hashes --log2 40")]
    public async Task A_wrong_command_line_ends_with_2_and_writes_nothing(string line)
    {
        var run = await Run.ZkxAsync([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Replace("EMPTY", "", StringComparison.Ordinal)
                .Replace("OUT", In("out"), StringComparison.Ordinal)
                .Replace("FOLDER", _folder, StringComparison.Ordinal))]);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("zkx: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("--help", "demo")]
    [InlineData("epoch --help", "prove")]
    [InlineData("epoch prove --help", "--declare-bad-debt")]
    [InlineData("epoch show --help", "zkx-verify")]
    [InlineData("inclusion --help", "--customer")]
    [InlineData("demo --help", "--accounts")]
    [InlineData("bench prove --help", "--entries")]
    [InlineData("bench hashes --help", "--log2")]
    public async Task Every_command_has_help(string line, string holds)
    {
        var run = await Run.ZkxAsync(line.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(holds, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("epoch prove --accounts a --assets b --out FILE/out", "--out")]
    [InlineData("epoch prove --accounts a --assets b --out FILE/deep/out", "--out")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exclude-invalid FILE/bad.csv", "--exclude-invalid")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --exclude-invalid NONE/bad.csv", "--exclude-invalid")]
    [InlineData("inclusion --epoch OUT --customer a --out FILE/mine.json", "--out")]
    [InlineData("demo --out FILE/out", "--out")]
    public async Task A_place_that_cannot_be_written_is_told_before_the_work(string line, string option)
    {
        await File.WriteAllTextAsync(In("file"), "in the way");
        var run = await Run.ZkxAsync([.. line.Split(' ').Select(word => word
            .Replace("FILE", In("file"), StringComparison.Ordinal)
            .Replace("NONE", In("none"), StringComparison.Ordinal)
            .Replace("OUT", In("out"), StringComparison.Ordinal))]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith(
            $"zkx: HostResource: {option}: nothing can be written in '", run.Error, StringComparison.Ordinal);
        Assert.Equal([In("file")], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("epoch show FOLDER", "FileSet")]
    [InlineData("inclusion --epoch FOLDER --customer a --out FOLDER-elsewhere", "FileSet")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --previous FOLDER", "FileSet")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --signing-key KEY", "HostSecret")]
    [InlineData("epoch prove --accounts a --assets b --out OUT --signing-key NONE", "HostResource")]
    public async Task A_file_that_is_missing_or_not_what_it_should_be_ends_with_3(string line, string reason)
    {
        await File.WriteAllTextAsync(In("key"), "no key");
        var run = await Run.ZkxAsync([.. line.Split(' ').Select(word => word switch
        {
            "OUT" => In("out"), "KEY" => In("key"), "NONE" => In("none"),
            _ => word.Replace("FOLDER", _folder, StringComparison.Ordinal),
        })]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith($"zkx: {reason}: ", run.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(In("out")));
    }
}
