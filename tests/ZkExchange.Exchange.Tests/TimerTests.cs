using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

/// <summary>What happens by itself happens by what is there, and at nothing else.</summary>
public class TimerTests() : HandDriven(SimulatedMarket.Parameters() with { FollowUpsMax = 1 })
{
    // A timer of a cancelled order is no part of the state, and yet it let a woken order run: a venue from a snapshot
    // went another way.
    [Fact]
    public void What_is_gone_leaves_no_trace_in_time()
    {
        WakeEight();
        var writer = new StateWriter();
        Venue.Write(writer);
        var other = Exchange.Venue.Read(writer.Bytes, new SealVerifier())!;
        Now = 6 * Second;
        var command = new Command { Kind = CommandKind.OpenAccount, Other = -1, Data = "two"u8.ToArray(), Time = Now };
        Assert.Equal(Do(command), other.Execute(command));
        Assert.Equal(Venue.Digest, other.Digest);
        Assert.Equal(Venue.StateHash(), other.StateHash());
    }

    [Fact]
    public void A_refused_cancel_runs_no_woken_order()
    {
        WakeEight();
        var before = Venue.BookOf(Perpetual).StateHash();
        Do(new Command { Kind = CommandKind.CancelOrder, Account = 2, Instrument = Perpetual, OrderId = 1 },
            RejectCode.AlreadyCancelled);
        Assert.Equal(before, Venue.BookOf(Perpetual).StateHash());
    }

    // A timer at the fifth second whose order is gone, and eight woken orders, of which one runs with each command.
    void WakeEight()
    {
        var order = new OrderRequest
        {
            Account = 1,
            Price = 550_000,
            Quantity = 10,
            TimeInForce = TimeInForce.GoodTillDate,
            Expiry = 5 * Second,
            ClientId = 7,
        };
        Do(new Command { Kind = CommandKind.PlaceOrder, Instrument = Perpetual, Order = order });
        Do(new Command { Kind = CommandKind.CancelOrder, Account = 1, ClientId = 7 });
        order = new OrderRequest
        {
            Account = 1,
            Type = OrderType.StopLimit,
            TriggerSource = PriceSource.Mark,
            TriggerPrice = 601_000,
            Price = 590_000,
            Quantity = 10,
        };
        for (var i = 0; i < 8; i++)
            Do(new Command { Kind = CommandKind.PlaceOrder, Instrument = Perpetual, Order = order });
        Now = 2 * Second;
        Price(60_200);
        Assert.True(Venue.BookOf(Perpetual).HasFollowUps);
    }

    // From the first nanosecond to 2024 are 28 million minutes: each was told of, and none had a rate.
    [Fact]
    public void A_leap_in_time_ends_an_interval_once()
    {
        Now = 1_723_161_255_030_314_667;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(2, Venue.Notices.Count(n => n.Kind == NoticeKind.FundingRate));
        Now += 60 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Equal(2, Venue.Notices.Count(n => n.Kind == NoticeKind.FundingRate));
    }

    [Fact]
    public void A_time_that_nothing_can_be_added_to_is_refused()
    {
        Now = Exchange.Venue.TimeLimit;
        Do(new Command { Kind = CommandKind.Tick }, RejectCode.MalformedCommand);
        Now = long.MaxValue;
        Do(new Command { Kind = CommandKind.Tick }, RejectCode.MalformedCommand);
        Now = Exchange.Venue.TimeLimit - 1;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.False((Venue.Parameters with { Timelock = long.MaxValue }).IsValid());
    }

    // The end of the next interval divided by zero, and so did every command after it.
    [Fact]
    public void Funding_can_be_switched_off_and_on()
    {
        Fund(0);
        Now += 3600 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.DoesNotContain(Venue.Notices, n => n is { Kind: NoticeKind.FundingRate, Instrument: Perpetual });
        Fund(60 * Second);
        Now += 60 * Second;
        Do(new Command { Kind = CommandKind.Tick });
        Assert.Contains(Venue.Notices, n => n is { Kind: NoticeKind.FundingRate, Instrument: Perpetual });

        void Fund(long interval)
        {
            var old = Venue.Parameters;
            var next = old.Instruments[Perpetual];
            next = next with { Risk = next.Risk! with { FundingInterval = interval } };
            var act = Exchange.Venue.ParametersAct(old with
            {
                Version = old.Version + 1,
                Timelock = 0,
                Instruments = [old.Instruments[0], next, .. old.Instruments.Skip(2)],
            });
            Sign(act, 0);
            Sign(act, 1);
            Now += 60 * Second;
            Do(new Command { Kind = CommandKind.Tick });
            Assert.Equal(old.Version + 1, Venue.Parameters.Version);
        }
    }
}
