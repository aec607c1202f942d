using System.IO.Pipelines;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover.Tests.Rpc;

public class GrpcFramingTests
{
    const int LengthMax = 1000;

    [Fact]
    public void Messages_survive_any_cut_of_the_stream() =>
        Prop.ForAll<byte[][], int>((payloads, seed) =>
        {
            var messages = payloads.Select(Message).ToArray();
            var read = ReadAllAsync(messages.SelectMany(GrpcFraming.Frame).ToArray(), seed).GetAwaiter().GetResult();
            Assert.Equal(messages, read);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_end_in_messages_or_in_a_status() =>
        Prop.ForAll<byte[], int>((bytes, seed) =>
        {
            try
            {
                Assert.True(ReadAllAsync(bytes, seed).GetAwaiter().GetResult().Count <= bytes.Length);
            }
            catch (RpcException exception)
            {
                Assert.Contains(
                    exception.Status,
                    new[] { GrpcStatus.InvalidArgument, GrpcStatus.ResourceExhausted, GrpcStatus.Unimplemented });
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 3, 233 }, GrpcStatus.ResourceExhausted)]       // 1001, and none of them sent
    [InlineData(new byte[] { 0, 255, 255, 255, 255 }, GrpcStatus.ResourceExhausted)]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, GrpcStatus.Unimplemented)]
    [InlineData(new byte[] { 2, 0, 0, 0, 0 }, GrpcStatus.Unimplemented)]
    [InlineData(new byte[] { 0, 0, 0 }, GrpcStatus.InvalidArgument)]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 1 }, GrpcStatus.InvalidArgument)]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 255 }, GrpcStatus.InvalidArgument)]
    public async Task A_broken_frame_has_its_status(byte[] bytes, GrpcStatus status)
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(bytes, 0));
        Assert.Equal(status, failure.Status);
    }

    [Fact]
    public async Task The_longest_message_is_accepted()
    {
        var message = Message(new byte[LengthMax - 3]);      // one byte of tag, two of length
        Assert.Equal(LengthMax, message.CalculateSize());
        Assert.Single(await ReadAllAsync(GrpcFraming.Frame(message), 1));
    }

    static ProveRequest Message(byte[] payload) =>
        new() { Statement = ByteString.CopyFrom(payload.AsSpan(0, Math.Min(payload.Length, LengthMax - 3))) };

    static async Task<List<ProveRequest>> ReadAllAsync(byte[] bytes, int seed)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(pipe.Writer, bytes, new System.Random(seed));
        var messages = new List<ProveRequest>();
        try
        {
            while (await GrpcFraming.ReadAsync(
                pipe.Reader, ProveRequest.Parser, LengthMax, GrpcStatus.InvalidArgument, CancellationToken.None)
                is { } message)
            {
                messages.Add(message);
            }
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing;
        }

        return messages;
    }

    static async Task WriteAsync(PipeWriter pipe, byte[] bytes, System.Random random)
    {
        for (var written = 0; written < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - written, random.Next(1, 20));
            await pipe.WriteAsync(bytes.AsMemory(written, length));
            written += length;
        }

        await pipe.CompleteAsync();
    }
}
