using System.IO.Pipelines;
using Google.Protobuf;

namespace ZkExchange.Prover.Rpc;

/// <summary>The messages of one direction of a call, written one after the other.</summary>
public sealed class MessageWriter<T>
    where T : class, IMessage<T>
{
    readonly PipeWriter _pipe;

    internal MessageWriter(PipeWriter pipe) => _pipe = pipe;

    /// <summary>Sends a message; ends when the other side's window has room for more.</summary>
    public ValueTask WriteAsync(T message, CancellationToken cancellation) =>
        GrpcFraming.WriteAsync(_pipe, message, cancellation);
}
