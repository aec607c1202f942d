using System.IO.Pipelines;
using Google.Protobuf;

namespace ZkExchange.Prover.Rpc;

/// <summary>The messages of one direction of a call, read one after the other.</summary>
public sealed class MessageReader<T>
    where T : class, IMessage<T>
{
    readonly PipeReader _pipe;
    readonly MessageParser<T> _parser;
    readonly int _lengthMax;
    readonly GrpcStatus _blame;

    internal MessageReader(PipeReader pipe, MessageParser<T> parser, int lengthMax, GrpcStatus blame)
    {
        _pipe = pipe;
        _parser = parser;
        _lengthMax = lengthMax;
        _blame = blame;
    }

    /// <summary>The next message, or null when the other side has ended its direction.</summary>
    /// <exception cref="RpcException">The bytes are no message, or too many.</exception>
    public ValueTask<T?> ReadAsync(CancellationToken cancellation) =>
        GrpcFraming.ReadAsync(_pipe, _parser, _lengthMax, _blame, cancellation);
}
