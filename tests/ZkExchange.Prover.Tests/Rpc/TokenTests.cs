using System.Net;
using System.Net.Http.Headers;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.HealthV1;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests.Rpc;

/// <summary>Who may ask for proofs (specs/65-prover-service.md section 1).</summary>
public sealed class TokenTests : IDisposable
{
    const string Text = "0123456789abcdefghijklmnopqrstuvwxyzABC-._~+/=";

    static readonly BearerToken s_token = BearerToken.TryCreate(Text)!;

    readonly string _folder = Directory.CreateTempSubdirectory("zkx-token-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Who_has_the_token_gets_a_proof()
    {
        await using var prover = await RunningProver.StartAsync(
            new() { Token = s_token }, new() { Token = BearerToken.TryCreate(Text) });
        Assert.Equal(FakeEngine.Proof(100), await prover.ProveAsync("ok 100"));
        Assert.Equal("S100", Assert.Single((await prover.Client.DescribeAsync(default)).Profiles));
        await prover.Client.HealthAsync(default);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0123456789abcdefghijklmnopqrstuvwxyzABC-._~+/")]
    [InlineData("1123456789abcdefghijklmnopqrstuvwxyzABC-._~+/=")]
    public async Task Who_has_not_gets_nothing_and_is_asked_for_nothing(string? text)
    {
        var other = text is null ? null : BearerToken.TryCreate(text);
        await using var prover = await RunningProver.StartAsync(new() { Token = s_token }, new() { Token = other });
        var sent = false;
        var refusals = new[]
        {
            await Assert.ThrowsAsync<RpcException>(() => prover.Client.ProveAsync(
                new() { Shard = new() { Accounts = 1, Entries = 1 } }, "ok 1"u8.ToArray(), Witness(), null, null,
                default)),
            await Assert.ThrowsAsync<RpcException>(() => prover.Client.DescribeAsync(default)),
            await Assert.ThrowsAsync<RpcException>(() => prover.Client.HealthAsync(default)),
        };
        Assert.All(refusals, refusal => Assert.Equal(GrpcStatus.Unauthenticated, refusal.Status));
        Assert.All(refusals, refusal => Assert.DoesNotContain(Text, refusal.Message, StringComparison.Ordinal));
        Assert.False(sent);
        Assert.Empty(prover.Engine.Ends);

        IEnumerable<ProveRequest> Witness()
        {
            sent = true;
            yield break;
        }
    }

    // Two headers, another scheme, blanks: there is one form.
    [Theory]
    [InlineData(HttpStatusCode.OK, "16", "Basic " + Text)]
    [InlineData(HttpStatusCode.OK, "16", Text)]
    [InlineData(HttpStatusCode.OK, "16", "Bearer")]
    [InlineData(HttpStatusCode.OK, "16", "Bearer  " + Text)]
    [InlineData(HttpStatusCode.OK, "16", "Bearer " + Text + ", Bearer " + Text)]
    [InlineData(HttpStatusCode.OK, "0", "bearer " + Text)]
    public async Task There_is_one_form_of_the_header(HttpStatusCode code, string status, string header)
    {
        await using var prover = await RunningProver.StartAsync(new() { Token = s_token });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(prover.Address, ProverLimits.Health))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("authorization", header);
        using var response = await http.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(code, response.StatusCode);
        Assert.Equal([status], response.TrailingHeaders.GetValues("grpc-status"));
    }

    // A load balancer may ask whether there is anybody, and learns nothing else.
    [Fact]
    public async Task The_standard_health_service_asks_for_no_token()
    {
        await using var prover = await RunningProver.StartAsync(new() { Token = s_token });
        var reply = await prover.Channel.UnaryAsync(
            ProverLimits.HealthCheck, new HealthCheckRequest(), HealthCheckResponse.Parser,
            TimeSpan.FromSeconds(10), default);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, reply.Status);
    }

    [Theory]
    [InlineData(Text, true)]
    [InlineData(Text + "\n", true)]
    [InlineData(Text + "\r\n", true)]
    [InlineData("", false)]
    [InlineData("0123456789abcdef0123456789abcde", false)]                              // 31 characters
    [InlineData(Text + "\nsecond line", false)]
    [InlineData("0123456789abcdef 0123456789abcdef", false)]
    [InlineData("0123456789abcdef\u00e90123456789abcdef", false)]
    public void A_token_is_one_line_of_a_file(string content, bool isToken)
    {
        var path = Path.Combine(_folder, "token");
        File.WriteAllText(path, content);
        if (isToken)
        {
            Assert.True(BearerToken.Read(path).Matches("Bearer " + Text));
            Assert.DoesNotContain(Text, BearerToken.Read(path).ToString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => BearerToken.Read(path)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_token_has_a_greatest_length()
    {
        Assert.NotNull(BearerToken.TryCreate(new string('a', BearerToken.LengthMax)));
        Assert.Null(BearerToken.TryCreate(new string('a', BearerToken.LengthMax + 1)));
        var path = Path.Combine(_folder, "long");
        File.WriteAllText(path, new string('a', 1 << 20));
        Assert.Throws<InvalidDataException>(() => BearerToken.Read(path));
    }

    // Beyond loopback there is no prover without a token.
    [Fact]
    public void A_prover_that_other_machines_can_reach_asks_for_a_token()
    {
        var options = new ServiceOptions { CertificateFile = "a", KeyFile = "b" };
        foreach (var address in new[] { "https://0.0.0.0:1", "https://192.0.2.1:1", "https://[::]:1" })
        {
            var open = options with { Listen = new(address) };
            Assert.StartsWith("--token-file", open.Refusal(), StringComparison.Ordinal);
            Assert.Null((open with { Token = s_token }).Refusal());
        }

        Assert.Null((options with { Listen = new("https://127.0.0.1:1") }).Refusal());
    }
}
