using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace ZkExchange.Prover.Rpc;

/// <summary>One call from the client's side: send, read, end, in the order that the method asks for.</summary>
/// <remarks>
/// Not for two threads at once, but one may send while another reads. A call that is disposed before its end is
/// cancelled:
/// the server sees the stream reset.
/// </remarks>
public sealed class DuplexCall<TRequest, TReply> : IAsyncDisposable
    where TRequest : class, IMessage<TRequest>
    where TReply : class, IMessage<TReply>
{
    readonly Uri _address;
    readonly MessageParser<TReply> _parser;
    readonly int _lengthMax;
    readonly CancellationToken _caller;
    readonly CancellationTokenSource _deadline = new();
    readonly CancellationTokenSource _ending;                // caller, deadline, or CancelAsync
    readonly DuplexContent _content = new();
    readonly HttpRequestMessage _request;
    readonly Task<HttpResponseMessage> _response;
    MessageReader<TReply>? _replies;

    internal DuplexCall(
        HttpClient http, Uri address, string path, MessageParser<TReply> parser, int lengthMax, TimeSpan? timeout,
        CancellationToken caller)
    {
        _address = address;
        _parser = parser;
        _lengthMax = lengthMax;
        _caller = caller;
        _ending = CancellationTokenSource.CreateLinkedTokenSource(caller, _deadline.Token);
        _request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = _content,
        };
        _request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (timeout is { } limit)
        {
            _request.Headers.Add(GrpcText.Timeout, GrpcText.FormatTimeout(limit));
            _deadline.CancelAfter(limit);
        }

        _response = http.SendAsync(_request, HttpCompletionOption.ResponseHeadersRead, _ending.Token);
    }

    /// <summary>Sends a message. False when the server listens no more: read on, the status is on its way.</summary>
    /// <exception cref="RpcException">The deadline has passed.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async ValueTask<bool> TrySendAsync(TRequest message)
    {
        try
        {
            await Task.WhenAny(_content.Opened, _response).ConfigureAwait(false);
            if (!_content.Opened.IsCompleted) return false;
            var pipe = await _content.Opened.ConfigureAwait(false);
            await GrpcFraming.WriteAsync(pipe, message, _ending.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException
                or InvalidOperationException or ObjectDisposedException)
        {
            ThrowIfEnded();
            return false;
        }
    }

    /// <summary>Ends the client's direction. The server's goes on.</summary>
    public void EndRequests() => _content.End();

    /// <summary>Breaks the client's direction off: the server sees the stream reset, not its end.</summary>
    public void Abandon() => _content.Abandon();

    /// <summary>The next reply, or null when the server has ended the call with status Ok.</summary>
    /// <exception cref="RpcException">Every other end, whoever caused it.</exception>
    /// <exception cref="OperationCanceledException">The caller's token.</exception>
    public async ValueTask<TReply?> ReadAsync()
    {
        try
        {
            var response = await _response.ConfigureAwait(false);
            _replies ??= await OpenRepliesAsync(response).ConfigureAwait(false);
            var reply = await _replies.ReadAsync(_ending.Token).ConfigureAwait(false);
            if (reply is null) ThrowUnlessOk(response);
            return reply;
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            ThrowIfEnded();
            throw new RpcException(GrpcStatus.Unavailable, Explain(exception), exception);
        }
    }

    /// <summary>Cancels the call if it has not ended.</summary>
    public Task CancelAsync()
    {
        _content.Abandon();
        return _ending.CancelAsync();
    }

    /// <summary>Cancels the call if it has not ended, and gives everything back.</summary>
    public async ValueTask DisposeAsync()
    {
        await CancelAsync().ConfigureAwait(false);
        try
        {
            var response = await _response.ConfigureAwait(false);
            response.Dispose();
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The call has ended without a response: there is none to give back.
        }

        _request.Dispose();
        _ending.Dispose();
        _deadline.Dispose();
    }

    async ValueTask<MessageReader<TReply>> OpenRepliesAsync(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(
                StatusOf(response.StatusCode), $"{_address} answered with HTTP status {(int)response.StatusCode}");
        }

        if (!GrpcText.IsGrpc(response.Content.Headers.ContentType?.ToString()))
            throw new RpcException(GrpcStatus.Unknown, $"{_address} does not speak gRPC");

        var body = await response.Content.ReadAsStreamAsync(_ending.Token).ConfigureAwait(false);
        return new(PipeReader.Create(body), _parser, _lengthMax, GrpcStatus.Internal);
    }

    /// <summary>What HTTP's codes mean for a gRPC client: doc/http-grpc-status-mapping.md.</summary>
    static GrpcStatus StatusOf(HttpStatusCode code) => (int)code switch
    {
        400 => GrpcStatus.Internal,
        401 => GrpcStatus.Unauthenticated,
        403 => GrpcStatus.PermissionDenied,
        404 => GrpcStatus.Unimplemented,
        429 or 502 or 503 or 504 => GrpcStatus.Unavailable,
        _ => GrpcStatus.Unknown,
    };

    /// <summary>Trailers exist only after the body. A call that failed at once may have its status in the
    /// headers.</summary>
    static void ThrowUnlessOk(HttpResponseMessage response)
    {
        HttpHeaders headers = response.TrailingHeaders.Contains(GrpcText.Status)
            ? response.TrailingHeaders
            : response.Headers;
        if (!headers.TryGetValues(GrpcText.Status, out var values))
            throw new RpcException(GrpcStatus.Unavailable, "the stream ended without a status");
        if (!int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            || !Enum.IsDefined((GrpcStatus)code))
        {
            throw new RpcException(GrpcStatus.Unknown, "the server sent a status that gRPC does not have");
        }

        var status = (GrpcStatus)code;
        if (status == GrpcStatus.Ok) return;
        var detail = headers.TryGetValues(GrpcText.Message, out var texts) ? texts.First() : "";
        throw new RpcException(status, GrpcText.DecodeMessage(detail));
    }

    void ThrowIfEnded()
    {
        _caller.ThrowIfCancellationRequested();
        if (_deadline.IsCancellationRequested)
            throw new RpcException(GrpcStatus.DeadlineExceeded, "the deadline has passed");
    }

    string Explain(Exception exception)
    {
        var cause = exception;
        while (cause.InnerException is { } inner) cause = inner;
        return $"no answer from {_address}: {cause.Message}";
    }

    /// <summary>A request body that is written while the response is read.</summary>
    sealed class DuplexContent : HttpContent
    {
        readonly TaskCompletionSource<PipeWriter> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DuplexContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcText.ContentType);

        public Task<PipeWriter> Opened => _opened.Task;

        public void End() => _ended.TrySetResult();

        public void Abandon() => _ended.TrySetCanceled();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(
            Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);    // sends the headers
            _opened.TrySetResult(PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)));
            await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
