using ZkExchange.Exchange.Simulation;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

/// <summary>Who waits for whom, where one pass may liquidate one pool (specs/70-exchange-core.md section 6).</summary>
public class LiquidationQueueTests() : HandDriven(Parameters())
{
    static VenueParameters Parameters()
    {
        var set = SimulatedMarket.Parameters();
        return set with
        {
            LiquidationsMax = 1,
            Instruments = [.. set.Instruments.Select(i => i with
            {
                Feed = i.Feed with { VolatilityMaxPpm = 900_000 },
                Rules = i.Rules with { BandPpm = 0, VolatilityBandPpm = 0 },
            })],
        };
    }

    [Fact]
    public void Who_finds_no_buyer_keeps_nobody_from_his_turn()
    {
        // Account 1 has nothing left in a coin that nobody buys and of whose price nobody is sure enough for more.
        Report(Ether, 3_000, 0, NoticeKind.None);
        EtherOrder(2, Side.Sell, 300_000);
        EtherOrder(1, Side.Buy, 300_000);
        Order(4, Side.Sell, 60_000, 15_000);
        Order(3, Side.Buy, 60_000, 15_000);
        Report(Ether, 2_660, 900_000, NoticeKind.None);
        Assert.Equal(Health.Bankrupt, Venue.Margin.Measure(1).Health);

        // Account 3 is next, and somebody would take what it has.
        Report(Perpetual, 54_000, 0, NoticeKind.None);
        Assert.Equal((300_000L, 0L), (Venue.BookOf(Ether).PositionOf(1), Position(3)));
    }
}
