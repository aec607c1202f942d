using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace ZkExchange.Prover.Rpc;

/// <summary>The client half of gRPC over HTTP/2: one request a call over shared connections.</summary>
/// <remarks>No proxy, no redirection, no cookie: a witness goes to the address that was named and nowhere
/// else.</remarks>
public sealed class GrpcChannel : IDisposable
{
    readonly HttpClient _http;
    readonly GrpcChannelOptions _options;

    /// <exception cref="ArgumentException">The address is refused by <see cref="PlaintextRule"/>.</exception>
    public GrpcChannel(Uri address, GrpcChannelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (PlaintextRule.Refusal(address) is { } refusal) throw new ArgumentException(refusal, nameof(address));
        Address = address;
        _options = options ?? new GrpcChannelOptions();
        _http = new HttpClient(Handler(address, _options))
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,              // a call lives as long as its caller wants it
        };
        if (_options.Token is { } token)
            _http.DefaultRequestHeaders.TryAddWithoutValidation(BearerToken.Header, token.HeaderValue);
    }

    public Uri Address { get; }

    /// <summary>One request, one reply.</summary>
    /// <exception cref="RpcException">The call ended in any other way than with one reply and status Ok.</exception>
    public async Task<TReply> UnaryAsync<TRequest, TReply>(
        string path, TRequest request, MessageParser<TReply> parser, TimeSpan? timeout, CancellationToken cancellation)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply>
    {
        await using var call = Open<TRequest, TReply>(path, parser, timeout, cancellation);
        await call.TrySendAsync(request).ConfigureAwait(false);
        call.EndRequests();
        var reply = await call.ReadAsync().ConfigureAwait(false);
        if (reply is null) throw new RpcException(GrpcStatus.Internal, "the server sent no reply message");
        if (await call.ReadAsync().ConfigureAwait(false) is null) return reply;
        throw new RpcException(GrpcStatus.Internal, "the server sent more than one reply message");
    }

    /// <summary>Starts a call; both directions are then the caller's.</summary>
    public DuplexCall<TRequest, TReply> Open<TRequest, TReply>(
        string path, MessageParser<TReply> parser, TimeSpan? timeout, CancellationToken cancellation)
        where TRequest : class, IMessage<TRequest>
        where TReply : class, IMessage<TReply> =>
        new(_http, Address, path, parser, _options.ReplyBytesMax, timeout, cancellation);

    public void Dispose() => _http.Dispose();

    static SocketsHttpHandler Handler(Uri address, GrpcChannelOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = options.ConnectTimeout,
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),   // a prover may be silent for long: notice when it is gone
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (!PlaintextRule.IsEncrypted(address)) handler.ConnectCallback = ConnectToLoopbackAsync;
        if (options.TrustedRoot is { } root) handler.SslOptions = TrustOnly(root);
        return handler;
    }

    static SslClientAuthenticationOptions TrustOnly(X509Certificate2 root) => new()
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = X509RevocationMode.NoCheck,     // a root of one's own publishes no list
        },
    };

    static async ValueTask<Stream> ConnectToLoopbackAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        SocketException? last = null;
        foreach (var address in PlaintextRule.LoopbackAddresses(context.DnsEndPoint.Host.Trim('[', ']')))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancellation).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                last = exception;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.AddressNotAvailable);
    }
}
