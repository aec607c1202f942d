using ZkExchange.Ledger;

namespace ZkExchange.Margin.Tests;

public class PriceFeedTests
{
    const long Second = 1_000_000_000;

    static readonly FeedRules s_rules = new() { Quorum = 2 };
    readonly PriceFeed _feed = new();

    RejectCode Say(int source, long price, long time, ulong nonce, int uncertainty = 0) =>
        _feed.Accept(source, price << 16, uncertainty, time, nonce, time, s_rules);

    [Fact]
    public void The_index_is_the_lower_median_of_the_fresh_sources()
    {
        Say(0, 100, Second, 1);
        Say(1, 102, Second, 1);
        Assert.Equal(100L << 16, _feed.Index);
        Say(2, 101, Second, 1);
        Assert.Equal(101L << 16, _feed.Index);
        Say(2, 101, 50 * Second, 2);                             // the other two are too old by now
        Assert.Equal(101L << 16, _feed.Index);
        _feed.MakeMark(50 * Second, 0, 0, 0, s_rules);
        Assert.Equal(PriceValidity.FewPoints, _feed.ValidityAt(50 * Second, s_rules));
    }

    [Fact]
    public void A_source_cannot_go_back_in_time_or_repeat_itself()
    {
        Assert.Equal(RejectCode.None, Say(0, 100, Second, 5));
        Assert.Equal(RejectCode.ParameterOutOfRange, Say(0, 100, 2 * Second, 5));
        Assert.Equal(RejectCode.ParameterOutOfRange, Say(0, 100, Second, 6));
        Assert.Equal(RejectCode.ParameterOutOfRange, _feed.Accept(0, 1, 0, 9 * Second, 9, 8 * Second, s_rules));
    }

    [Fact]
    public void Validity_names_the_worst_that_applies()
    {
        Assert.Equal(PriceValidity.NonPositive, _feed.ValidityAt(0, s_rules));
        Say(0, 100, Second, 1);
        Say(1, 100, Second, 1);
        _feed.MakeMark(Second, 0, 0, 0, s_rules);
        Assert.Equal(PriceValidity.Valid, _feed.ValidityAt(Second, s_rules));
        Assert.Equal(PriceValidity.StaleSoft, _feed.ValidityAt(7 * Second, s_rules));
        Assert.Equal(PriceValidity.StaleMargin, _feed.ValidityAt(40 * Second, s_rules));
        Say(1, 104, 2 * Second, 2);
        Assert.Equal(PriceValidity.TooUncertain, _feed.ValidityAt(2 * Second, s_rules));
        Say(0, 120, 3 * Second, 3);
        Say(1, 120, 3 * Second, 3);
        Assert.Equal(PriceValidity.TooVolatile, _feed.ValidityAt(3 * Second, s_rules));
    }

    [Fact]
    public void The_last_trade_alone_does_not_move_the_mark()
    {
        Say(0, 1000, Second, 1);
        Say(1, 1000, Second, 1);
        _feed.MakeMark(Second, 999, 1001, 1300, s_rules);
        Assert.InRange(_feed.Mark >> 16, 999, 1001);
        _feed.MakeMark(2 * Second, 1290, 1310, 1300, s_rules);
        Assert.True(_feed.Mark <= 1020L << 16);                  // two per cent around the index
    }
}
