using System.Net;
using System.Net.Sockets;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests.Rpc;

/// <summary>The client against provers that break the protocol.</summary>
public class ClientTests
{
    [Fact]
    public async Task No_prover_is_unavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var channel = new GrpcChannel(new Uri($"http://localhost:{port}"));
        var failure = await Assert.ThrowsAsync<RpcException>(() => new ProverClient(channel).HealthAsync(default));
        Assert.Equal(GrpcStatus.Unavailable, failure.Status);
        Assert.Contains($"localhost:{port}", failure.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, GrpcStatus> Misbehaviours => new()
    {
        { "503", GrpcStatus.Unavailable },
        { "404", GrpcStatus.Unimplemented },
        { "html", GrpcStatus.Unknown },
        { "no status", GrpcStatus.Unavailable },
        { "status x", GrpcStatus.Unknown },
        { "status 99", GrpcStatus.Unknown },
        { "status in headers", GrpcStatus.PermissionDenied },
        { "garbage", GrpcStatus.Internal },
        { "huge message", GrpcStatus.ResourceExhausted },
        { "abort", GrpcStatus.Unavailable },
        { "early end", GrpcStatus.DataLoss },
        { "short proof", GrpcStatus.DataLoss },
        { "long proof", GrpcStatus.DataLoss },
        { "damaged proof", GrpcStatus.DataLoss },
        { "absurd proof", GrpcStatus.DataLoss },
        { "chunk first", GrpcStatus.DataLoss },
        { "two proofs", GrpcStatus.DataLoss },
    };

    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public async Task A_prover_that_breaks_the_protocol_is_a_status(string misbehaviour, GrpcStatus status)
    {
        await using var server = await StartAsync(http => AnswerAsync(http, misbehaviour));
        using var channel = new GrpcChannel(new Uri(server.Urls.First()));
        var failure = await Assert.ThrowsAsync<RpcException>(() => new ProverClient(channel).ProveAsync(
            new() { Shard = new() }, new byte[10], RunningProver.Accounts(1), null, TimeSpan.FromSeconds(20), default));
        Assert.True(status == failure.Status, failure.ToString());
    }

    // The header is longer than the window that the server opens, so the answer is there before the header is: what is
    // not sent must not change what is understood.
    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public async Task An_answer_that_comes_before_the_header_is_understood_the_same(
        string misbehaviour, GrpcStatus status)
    {
        await using var server = await StartAsync(http => AnswerAsync(http, misbehaviour));
        using var channel = new GrpcChannel(new Uri(server.Urls.First()));
        var header = new ProveHeader { Shard = new() { Blind = ByteString.CopyFrom(new byte[4 << 20]) } };
        var failure = await Assert.ThrowsAsync<RpcException>(() => new ProverClient(channel).ProveAsync(
            header, new byte[10], RunningProver.Accounts(1), null, TimeSpan.FromSeconds(20), default));
        Assert.True(status == failure.Status, failure.ToString());
    }

    [Fact]
    public async Task A_prover_that_says_nothing_ends_at_the_deadline()
    {
        await using var server = await StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var channel = new GrpcChannel(new Uri(server.Urls.First()));
        var failure = await Assert.ThrowsAsync<RpcException>(() => new ProverClient(channel).ProveAsync(
            new() { Shard = new() }, new byte[10], [], null, TimeSpan.FromMilliseconds(100), default));
        Assert.Equal(GrpcStatus.DeadlineExceeded, failure.Status);
    }

    static async Task AnswerAsync(HttpContext http, string misbehaviour)
    {
        if (int.TryParse(misbehaviour, System.Globalization.CultureInfo.InvariantCulture, out var code))
        {
            http.Response.StatusCode = code;
            return;
        }

        http.Response.ContentType = misbehaviour is "html" ? "text/html" : "application/grpc";
        if (misbehaviour is "status in headers")
        {
            http.Response.Headers["grpc-status"] = "7";
            return;
        }

        await http.Response.StartAsync();
        var status = misbehaviour.StartsWith("status ", StringComparison.Ordinal) ? misbehaviour[7..] : "0";
        await WriteAsync(http, new() { Ready = new() });
        switch (misbehaviour)
        {
            case "garbage":
                await http.Response.BodyWriter.WriteAsync(new byte[] { 0, 0, 0, 0, 1, 255 });
                break;
            case "huge message":
                await http.Response.BodyWriter.WriteAsync(new byte[] { 0, 127, 0, 0, 0 });
                break;
            case "abort":
                http.Abort();
                return;
            case "early end":
                break;
            case "chunk first":
                await WriteAsync(http, new() { Chunk = ByteString.CopyFrom(1) });
                break;
            default:
                await WriteAsync(http, Header(misbehaviour));
                if (misbehaviour is "two proofs") await WriteAsync(http, Header(misbehaviour));
                var length = misbehaviour switch { "short proof" => 9, "long proof" => 11, _ => 10 };
                await WriteAsync(http, new() { Chunk = ByteString.CopyFrom(FakeEngine.Proof(length)) });
                break;
        }

        if (misbehaviour is not "no status") http.Response.AppendTrailer("grpc-status", status);
    }

    static ProveReply Header(string misbehaviour)
    {
        var proof = FakeEngine.Proof(10);
        if (misbehaviour is "damaged proof") proof[3]++;
        return new()
        {
            Proof = new()
            {
                Bytes = misbehaviour is "absurd proof" ? uint.MaxValue : 10u,
                Sha256 = ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(proof)),
            },
        };
    }

    static async Task WriteAsync(HttpContext http, ProveReply reply) =>
        await http.Response.BodyWriter.WriteAsync(GrpcFraming.Frame(reply));

    static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
