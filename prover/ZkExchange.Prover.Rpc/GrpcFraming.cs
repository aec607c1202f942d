using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Google.Protobuf;

namespace ZkExchange.Prover.Rpc;

/// <summary>Length-prefixed messages: one byte 0 (not compressed), four bytes of length, big-endian, the
/// message.</summary>
static class GrpcFraming
{
    public const int PrefixBytes = 5;

    /// <summary>Reads the next message, or returns null at a clean end of the stream.</summary>
    /// <param name="reader">The body. What is read is copied into the message before it is given back.</param>
    /// <param name="parser">The message's parser.</param>
    /// <param name="lengthMax">The longest message accepted, in bytes: checked before its bytes are waited for.</param>
    /// <param name="blame">The status for bytes that are no message: whose fault they are depends on the side.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="RpcException">Too long, compressed, malformed, or cut off.</exception>
    public static async ValueTask<T?> ReadAsync<T>(
        PipeReader reader, MessageParser<T> parser, int lengthMax, GrpcStatus blame, CancellationToken cancellation)
        where T : class, IMessage<T>
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellation).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (TryTake(buffer, lengthMax, out var payload))
            {
                var message = Parse(parser, payload, blame);
                reader.AdvanceTo(payload.End);               // after parsing: the payload is the pipe's memory
                return message;
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (!result.IsCompleted) continue;
            if (buffer.IsEmpty) return null;
            throw new RpcException(blame, "the stream ends inside a message");
        }
    }

    /// <summary>Writes one message and waits until the pipe takes more.</summary>
    public static async ValueTask WriteAsync(PipeWriter writer, IMessage message, CancellationToken cancellation)
    {
        WritePrefix(writer.GetSpan(PrefixBytes), message.CalculateSize());
        writer.Advance(PrefixBytes);
        message.WriteTo(writer);
        await writer.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>One message with its prefix, in an array of its own.</summary>
    public static byte[] Frame(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[PrefixBytes + length];
        WritePrefix(frame, length);
        message.WriteTo(frame.AsSpan(PrefixBytes));
        return frame;
    }

    static void WritePrefix(Span<byte> prefix, int length)
    {
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)length);
    }

    static bool TryTake(ReadOnlySequence<byte> buffer, int lengthMax, out ReadOnlySequence<byte> payload)
    {
        payload = default;
        if (buffer.Length < PrefixBytes) return false;

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        if (prefix[0] != 0) throw new RpcException(GrpcStatus.Unimplemented, "compressed messages are not supported");

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > (uint)lengthMax)
        {
            throw new RpcException(
                GrpcStatus.ResourceExhausted, $"a message of {length} bytes is above the limit of {lengthMax}");
        }

        if (buffer.Length < PrefixBytes + length) return false;
        payload = buffer.Slice(PrefixBytes, length);
        return true;
    }

    static T Parse<T>(MessageParser<T> parser, ReadOnlySequence<byte> payload, GrpcStatus blame)
        where T : class, IMessage<T>
    {
        try
        {
            return parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(blame, "malformed message: " + exception.Message, exception);
        }
    }
}
