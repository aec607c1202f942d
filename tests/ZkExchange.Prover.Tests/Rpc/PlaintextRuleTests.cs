using ZkExchange.Prover.Rpc;

namespace ZkExchange.Prover.Tests.Rpc;

public class PlaintextRuleTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://127.8.9.10/")]
    [InlineData("http://[::1]:1")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://LOCALHOST:5080")]
    [InlineData("https://prover.example:443")]
    [InlineData("https://0.0.0.0:5443")]
    [InlineData("https://192.0.2.1")]
    public void These_may_carry_witnesses(string address) => Assert.Null(PlaintextRule.Refusal(new Uri(address)));

    [Theory]
    [InlineData("http://0.0.0.0:5080", "in the clear")]
    [InlineData("http://[::]:5080", "in the clear")]
    [InlineData("http://192.0.2.1:5080", "in the clear")]
    [InlineData("http://prover.example", "in the clear")]
    [InlineData("http://localhost.example", "in the clear")]
    [InlineData("http://127.0.0.1.example", "in the clear")]
    [InlineData("ftp://127.0.0.1", "scheme")]
    [InlineData("localhost:5080", "scheme")]
    [InlineData("http://127.0.0.1:5080/path", "beyond")]
    [InlineData("https://prover.example/?q", "beyond")]
    [InlineData("https://user:word@prover.example", "beyond")]
    public void These_may_not(string address, string reason)
    {
        Assert.Contains(reason, PlaintextRule.Refusal(new Uri(address)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new GrpcChannel(new Uri(address)));
    }

    [Fact]
    public void A_relative_address_is_refused() =>
        Assert.Contains(
            "no address", PlaintextRule.Refusal(new Uri("/here", UriKind.Relative)), StringComparison.Ordinal);
}
