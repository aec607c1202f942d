using FsCheck;
using FsCheck.Fluent;
using ZkExchange.Prover.Rpc;

namespace ZkExchange.Prover.Tests.Rpc;

public class GrpcTextTests
{
    [Theory]
    [InlineData("1H", 3_600_000_0000L)]
    [InlineData("2M", 120_000_0000L)]
    [InlineData("3S", 3_000_0000L)]
    [InlineData("250m", 250_0000L)]
    [InlineData("7u", 70L)]
    [InlineData("1n", 1L)]
    [InlineData("99999999n", 1_000_000L)]
    [InlineData("0S", 0L)]
    [InlineData("99999999H", 20 * TimeSpan.TicksPerDay)]
    public void A_timeout_has_its_unit(string text, long ticks)
    {
        Assert.True(GrpcText.TryParseTimeout(text, out var timeout));
        Assert.Equal(ticks, timeout.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData(" 1S")]
    [InlineData("1 S")]
    [InlineData("1.5S")]
    [InlineData("100000000S")]
    [InlineData("1S,1S")]
    public void Anything_else_is_no_timeout(string text) => Assert.False(GrpcText.TryParseTimeout(text, out _));

    [Fact]
    public void A_written_timeout_is_read_as_the_same_or_a_little_more() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), value =>
        {
            var timeout = TimeSpan.FromTicks(value * 1000L);
            Assert.True(GrpcText.TryParseTimeout(GrpcText.FormatTimeout(timeout), out var read));
            var more = TimeSpan.FromMilliseconds(timeout > TimeSpan.FromDays(1) ? 1000 : 1);
            Assert.InRange(read - timeout, TimeSpan.Zero, more);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(30)]
    [InlineData(36_500)]
    public void A_timeout_of_days_is_cut_to_twenty(int days)
    {
        Assert.True(GrpcText.TryParseTimeout(GrpcText.FormatTimeout(TimeSpan.FromDays(days)), out var read));
        Assert.Equal(TimeSpan.FromDays(20), read);
    }

    [Fact]
    public void Every_text_survives_the_header() =>
        Prop.ForAll<string>(text =>
        {
            var whole = text is null ? "" : string.Concat(text.EnumerateRunes());
            var header = GrpcText.EncodeMessage(whole);
            Assert.All(header, unit => Assert.InRange(unit, ' ', '~'));
            Assert.Equal(whole, GrpcText.DecodeMessage(header));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("application/grpc", true)]
    [InlineData("application/grpc+proto", true)]
    [InlineData("Application/GRPC; charset=utf-8", true)]
    [InlineData("application/grpc+json", false)]
    [InlineData("application/grpc-web", false)]
    [InlineData("application/grpc-web+proto", false)]
    [InlineData("application/grpcx", false)]
    [InlineData("text/plain", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_grpc_is_grpc(string? contentType, bool expected) =>
        Assert.Equal(expected, GrpcText.IsGrpc(contentType));
}
