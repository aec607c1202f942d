using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ZkExchange.Prover.Rpc;

/// <summary>The server half of gRPC over HTTP/2: one route a method, the status in the trailers.</summary>
/// <remarks>
/// The wire protocol is github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md, without compression. A stranger (other content
/// type,
/// HTTP/1.1) gets an HTTP status and never a gRPC one. All of gRPC that the service knows is in this project.
/// </remarks>
public static partial class GrpcEndpoints
{
    const int RequestBytesMax = ProverLimits.ShortRequestBytesMax;

    /// <summary>A method with one request and one reply.</summary>
    public static void MapUnary<TRequest, TReply>(
        this IEndpointRouteBuilder routes, string path, MessageParser<TRequest> parser,
        Func<TRequest, RpcContext, Task<TReply>> handler, BearerToken? token = null)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        routes.MapDuplex<TRequest, TReply>(path, parser, RequestBytesMax, async (requests, replies, rpc) =>
        {
            var request = await ReadOnlyOneAsync(requests, rpc.Cancellation);
            await replies.WriteAsync(await handler(request, rpc), rpc.Cancellation);
        }, token);

    /// <summary>A method with one request and any number of replies.</summary>
    public static void MapServerStream<TRequest, TReply>(
        this IEndpointRouteBuilder routes, string path, MessageParser<TRequest> parser,
        Func<TRequest, MessageWriter<TReply>, RpcContext, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        routes.MapDuplex<TRequest, TReply>(path, parser, RequestBytesMax, async (requests, replies, rpc) =>
            await handler(await ReadOnlyOneAsync(requests, rpc.Cancellation), replies, rpc));

    /// <summary>A method with any number of both, in any order; no request longer than a limit in bytes. With a token
    /// nothing is read from, and nothing told to, who does not have it.</summary>
    public static void MapDuplex<TRequest, TReply>(
        this IEndpointRouteBuilder routes, string path, MessageParser<TRequest> parser, int lengthMax,
        Func<MessageReader<TRequest>, MessageWriter<TReply>, RpcContext, Task> handler, BearerToken? token = null)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        routes.MapPost(path, (RequestDelegate)(http => ServeAsync(http, rpc =>
        {
            RequireExactly(path, http.Request.Path);
            if (token is not null) RequireToken(token, http.Request);
            return handler(
                new(http.Request.BodyReader, parser, lengthMax, GrpcStatus.InvalidArgument),
                new(http.Response.BodyWriter),
                rpc);
        })));

    /// <summary>Every other path: Unimplemented for a gRPC client, 404 for a stranger.</summary>
    public static void MapUnknownMethods(this IEndpointRouteBuilder routes) =>
        routes.MapFallback("{**path}", (RequestDelegate)(http =>
        {
            if (HttpProtocol.IsHttp2(http.Request.Protocol) && GrpcText.IsGrpc(http.Request.ContentType))
                return ServeAsync(http, _ => throw NoSuchMethod());
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));

    // Routes match without regard to case and to a slash at the end; the names of methods do not.
    static void RequireExactly(string path, PathString asked)
    {
        if (!string.Equals(path, asked.Value, StringComparison.Ordinal)) throw NoSuchMethod();
    }

    static void RequireToken(BearerToken token, HttpRequest request)
    {
        var headers = request.Headers[BearerToken.Header];
        if (headers.Count != 1 || !token.Matches(headers[0]))
            throw new RpcException(GrpcStatus.Unauthenticated, "this prover asks for a token");
    }

    static RpcException NoSuchMethod() => new(GrpcStatus.Unimplemented, "no such method");

    static async Task<T> ReadOnlyOneAsync<T>(MessageReader<T> requests, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        var request = await requests.ReadAsync(cancellation)
            ?? throw new RpcException(GrpcStatus.InvalidArgument, "no request message");
        if (await requests.ReadAsync(cancellation) is not null)
            throw new RpcException(GrpcStatus.InvalidArgument, "more than one request message");
        return request;
    }

    static async Task ServeAsync(HttpContext http, Func<RpcContext, Task> call)
    {
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            return;
        }

        if (!GrpcText.IsGrpc(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        http.Response.ContentType = GrpcText.ContentType;
        http.Response.Headers["grpc-accept-encoding"] = "identity";
        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is { IsReadOnly: false }) size.MaxRequestBodySize = null;       // the limits of a call are its own
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var (status, detail) = await RunAsync(http, call, ending);

        if (http.RequestAborted.IsCancellationRequested) return;                 // nobody is left to hear of it
        http.Response.AppendTrailer(GrpcText.Status, ((int)status).ToString(CultureInfo.InvariantCulture));
        if (detail.Length > 0) http.Response.AppendTrailer(GrpcText.Message, GrpcText.EncodeMessage(detail));
    }

    static async Task<(GrpcStatus Status, string Detail)> RunAsync(
        HttpContext http, Func<RpcContext, Task> call, CancellationTokenSource ending)
    {
        try
        {
            if (http.Request.Headers.TryGetValue(GrpcText.Timeout, out var header))
            {
                if (!GrpcText.TryParseTimeout(header.ToString(), out var timeout))
                    throw new RpcException(GrpcStatus.InvalidArgument, "malformed grpc-timeout");
                ending.CancelAfter(timeout);
            }

            // Headers first: a client waits for them, and a stream may stay silent for long.
            await http.Response.StartAsync(ending.Token);
            await call(new RpcContext(http, ending.Token));
            return (GrpcStatus.Ok, "");
        }
        catch (RpcException exception)
        {
            return (exception.Status, exception.Message);
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested || IsLostClient(exception))
        {
            return (GrpcStatus.Cancelled, "cancelled by the client");
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return (GrpcStatus.DeadlineExceeded, "the deadline has passed");
        }
        catch (Exception exception)
        {
            // Neither caller nor log gets the message: it may quote a witness. The type and the place are enough to
            // look.
            var loggers = http.RequestServices.GetRequiredService<ILoggerFactory>();
            var logger = loggers.CreateLogger("ZkExchange.Prover.Rpc");
            LogFailure(logger, http.Request.Path, exception.GetType().Name, exception.StackTrace ?? "");
            return (GrpcStatus.Internal, "internal failure; the prover's log has the place");
        }
    }

    static bool IsLostClient(Exception exception) =>
        exception is ConnectionResetException or ConnectionAbortedException or BadHttpRequestException;

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Path} failed with {Type} {Place}")]
    static partial void LogFailure(ILogger logger, PathString path, string type, string place);
}
