using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ZkExchange.Prover.Rpc;

namespace ZkExchange.Prover.Tests.Rpc;

/// <summary>What other clients send, byte by byte.</summary>
public sealed class RawRequestTests : IAsyncLifetime
{
    static readonly byte[] s_emptyMessage = [0, 0, 0, 0, 0];

    static readonly HttpClient s_http = new();

    RunningProver? _prover;

    public async Task InitializeAsync() => _prover = await RunningProver.StartAsync();

    public async Task DisposeAsync()
    {
        if (_prover is not null) await _prover.DisposeAsync();
    }

    [Fact]
    public async Task An_empty_message_is_a_request_like_any_other()
    {
        using var response = await PostAsync(ProverLimits.Health, s_emptyMessage);
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(["identity"], response.Headers.GetValues("grpc-accept-encoding"));
        Assert.Equal(GrpcStatus.Ok, await StatusAsync(response));
    }

    [Theory]
    [InlineData("application/grpc-web")]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task A_stranger_gets_an_http_status(string? contentType)
    {
        using var response = await PostAsync(ProverLimits.Health, s_emptyMessage, contentType);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.False(response.Headers.Contains("grpc-status"));
    }

    [Fact]
    public async Task Http_1_is_not_understood()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_prover!.Address.Host, _prover.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer);
        Assert.Equal("HTTP/1.1 400", Encoding.ASCII.GetString(answer));
    }

    [Theory]
    [InlineData("/zkexchange.prover.v1.Prover/Nope")]
    [InlineData("/zkexchange.prover.v1.Prover/prove/")]
    [InlineData("/")]
    public async Task An_unknown_method_is_unimplemented(string path)
    {
        using var response = await PostAsync(path, s_emptyMessage);
        Assert.Equal(GrpcStatus.Unimplemented, await StatusAsync(response));
    }

    [Fact]
    public async Task A_browser_gets_404()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_prover!.Address, "index.html"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await s_http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(new byte[] { }, GrpcStatus.InvalidArgument)]                                  // no message
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, GrpcStatus.InvalidArgument)]     // two
    [InlineData(new byte[] { 0, 0, 0 }, GrpcStatus.InvalidArgument)]                          // a part of one
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 7, 7 }, GrpcStatus.InvalidArgument)]              // no protobuf
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, GrpcStatus.Unimplemented)]                      // compressed
    [InlineData(new byte[] { 0, 0, 1, 0, 1 }, GrpcStatus.ResourceExhausted)]                  // 64 KiB and one
    public async Task A_broken_body_has_its_status(byte[] body, GrpcStatus status)
    {
        using var response = await PostAsync(ProverLimits.Health, body);
        Assert.Equal(status, await StatusAsync(response));
    }

    [Theory]
    [InlineData("soon", GrpcStatus.InvalidArgument)]
    [InlineData("1s", GrpcStatus.InvalidArgument)]
    [InlineData("1n", GrpcStatus.DeadlineExceeded)]
    public async Task A_timeout_is_kept_or_refused(string timeout, GrpcStatus status)
    {
        using var response = await PostAsync(ProverLimits.HealthWatch, s_emptyMessage, timeout: timeout);
        Assert.Equal(status, await StatusAsync(response));
    }

    [Fact]
    public async Task The_standard_health_service_answers()
    {
        using var all = await PostAsync(ProverLimits.HealthCheck, s_emptyMessage);
        Assert.Equal([0, 0, 0, 0, 2, 8, 1], await all.Content.ReadAsByteArrayAsync());       // status: SERVING
        Assert.Equal(GrpcStatus.Ok, await StatusAsync(all));
        using var other = await PostAsync(ProverLimits.HealthCheck, [0, 0, 0, 0, 3, 10, 1, (byte)'x']);
        Assert.Equal(GrpcStatus.NotFound, await StatusAsync(other));
    }

    [Fact]
    public async Task A_watcher_hears_of_the_end()
    {
        using var request = Post(ProverLimits.HealthWatch, s_emptyMessage, "application/grpc", null);
        using var response = await s_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStreamAsync();
        var message = new byte[7];
        await body.ReadExactlyAsync(message);
        Assert.Equal([0, 0, 0, 0, 2, 8, 1], message);
        var stop = _prover!.StopAsync();
        await body.ReadExactlyAsync(message);
        Assert.Equal([0, 0, 0, 0, 2, 8, 2], message);        // NOT_SERVING
        Assert.Equal(0, await body.ReadAsync(message));
        Assert.Equal(["14"], response.TrailingHeaders.GetValues("grpc-status"));
        await stop;
    }

    [Fact]
    public async Task Metrics_have_an_address_of_their_own()
    {
        await using var prover = await RunningProver.StartAsync(new() { Metrics = new("http://127.0.0.1:0") });
        await prover.ProveAsync("ok 5");
        var text = await s_http.GetStringAsync(new Uri(new Uri(prover.Urls[1]), "metrics"));
        Assert.Contains("\nzkx_prover_proofs_total 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nzkx_prover_proof_bytes_total 5\n", text, StringComparison.Ordinal);
    }

    async Task<HttpResponseMessage> PostAsync(
        string path, byte[] body, string? contentType = "application/grpc", string? timeout = null)
    {
        using var request = Post(path, body, contentType, timeout);
        return await s_http.SendAsync(request);
    }

    HttpRequestMessage Post(string path, byte[] body, string? contentType, string? timeout)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_prover!.Address, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        if (contentType is not null) request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        if (timeout is not null) request.Headers.Add("grpc-timeout", timeout);
        return request;
    }

    static async Task<GrpcStatus> StatusAsync(HttpResponseMessage response)
    {
        await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var status = Assert.Single(response.TrailingHeaders.GetValues("grpc-status"));
        return (GrpcStatus)int.Parse(status, System.Globalization.CultureInfo.InvariantCulture);
    }
}
