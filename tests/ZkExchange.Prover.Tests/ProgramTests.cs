using System.Net;
using System.Net.Sockets;

namespace ZkExchange.Prover.Tests;

public class ProgramTests
{
    [Theory]
    [InlineData("--listen http://0.0.0.0:5080", "in the clear")]
    [InlineData("--listen http://prover.example:5080", "in the clear")]
    [InlineData("--listen nonsense", "takes an address")]
    [InlineData("--listen https://127.0.0.1:0", "--certificate")]
    [InlineData("--listen https://prover.example --certificate a --key b", "no IP address")]
    [InlineData("--certificate a --key b", "https")]
    [InlineData("--listen https://127.0.0.1:0 --certificate a", "--key")]
    [InlineData("--listen https://0.0.0.0:0 --certificate a --key b", "--token-file")]
    [InlineData("--metrics https://127.0.0.1:1", "only http")]
    [InlineData("--metrics http://192.0.2.1:1", "in the clear")]
    [InlineData("--threads 0", "1 to 1024")]
    [InlineData("--threads two", "1 to 1024")]
    [InlineData("--jobs 65", "1 to 64")]
    [InlineData("--waiting -1", "0 to 1000")]
    [InlineData("--max-memory 0", "--max-memory")]
    [InlineData("--nope", "--nope")]
    [InlineData("extra", "extra")]
    public async Task Bad_usage_is_exit_code_2_and_a_reason(string line, string reason)
    {
        var (code, _, error) = await RunAsync(line);
        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_option()
    {
        var (code, output, _) = await RunAsync("--help");
        Assert.Equal(0, code);
        string[] names =
            ["listen", "certificate", "key", "token-file", "threads", "max-memory", "jobs", "waiting", "metrics"];
        foreach (var name in names)
            Assert.Contains("--" + name, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_exit_code_3()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (code, _, error) = await RunAsync($"--listen http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Assert.Equal(3, code);
        Assert.Contains("cannot start", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_is_exit_code_3()
    {
        var (code, _, error) = await RunAsync(
            "--listen https://127.0.0.1:0 --certificate ./no-such.pem --key ./no-such.pem");
        Assert.Equal(3, code);
        Assert.Contains("no-such.pem", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_there_is_exit_code_3()
    {
        var (code, _, error) = await RunAsync("--listen http://127.0.0.1:0 --token-file ./no-such-token");
        Assert.Equal(3, code);
        Assert.Contains("no-such-token", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_says_where_it_listens_and_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter();
        var running = ProverProgram.RunAsync(["--listen", "http://127.0.0.1:0"], output, TextWriter.Null, stop.Token);
        await RunningProver.UntilAsync(() => output.ToString().Contains('\n', StringComparison.Ordinal));
        Assert.StartsWith("zkx-prover listens on http://127.0.0.1:", output.ToString(), StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ProverProgram.RunAsync(line.Split(' '), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
