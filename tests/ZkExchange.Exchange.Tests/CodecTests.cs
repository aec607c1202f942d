using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;

namespace ZkExchange.Exchange.Tests;

public class CodecTests
{
    [Fact]
    public void Every_command_of_a_crowd_is_read_as_it_was_written()
    {
        var venue = new Venue(SimulatedMarket.Parameters(), new SealVerifier());
        var crowd = new Crowd(1, venue);
        var (writer, again) = (new StateWriter(), new StateWriter());
        for (var i = 0; i < 2000; i++)
        {
            var command = crowd.Next();
            venue.Execute(command);
            writer.Clear();
            CommandCodec.Write(writer, command);
            Assert.True(CommandCodec.TryRead(writer.Bytes, out var read), $"{command.Kind}");
            again.Clear();
            CommandCodec.Write(again, read);
            Assert.True(writer.Bytes.SequenceEqual(again.Bytes), $"{command.Kind}");
            Assert.False(CommandCodec.TryRead(writer.Bytes[..^1], out _));
            Assert.False(CommandCodec.TryRead([.. writer.Bytes, 0], out _));
        }
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_what_is_read_can_be_executed()
    {
        var random = new Random(4);
        var venue = new Venue(SimulatedMarket.Parameters(), new SealVerifier());
        var crowd = new Crowd(2, venue);
        for (var i = 0; i < 300; i++) venue.Execute(crowd.Next());
        var writer = new StateWriter();
        for (var i = 0; i < 3000; i++)
        {
            writer.Clear();
            CommandCodec.Write(writer, crowd.Next());
            var bytes = writer.Bytes.ToArray();
            for (var flips =
                random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (!CommandCodec.TryRead(bytes, out var command)) continue;
            command.Time = venue.Now;
            venue.Execute(command);
        }
        venue.Audit();
    }

    [Fact]
    public void Parameters_have_one_encoding()
    {
        var parameters = SimulatedMarket.Parameters();
        var bytes = parameters.Encode();
        Assert.Equal(bytes, VenueParameters.TryDecode(bytes)!.Encode());
        for (var length = 0; length < bytes.Length; length++)
            Assert.Null(VenueParameters.TryDecode(bytes.AsSpan(0, length)));
        Assert.Null(VenueParameters.TryDecode([.. bytes, 0]));
    }
}
