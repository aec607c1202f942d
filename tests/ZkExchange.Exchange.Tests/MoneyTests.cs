using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

/// <summary>On which prices money leaves, what wakes an order, and how much a balance can hold.</summary>
public class MoneyTests() : HandDriven(SimulatedMarket.Parameters())
{
    // Collateral whose price nobody had renewed for an hour counted in full.
    [Fact]
    public void Money_does_not_leave_on_a_stale_price_of_collateral()
    {
        for (var source = 0; source < 3; source++)
            SpotPrice(source, 60_000);
        Do(new Command
        {
            Kind = CommandKind.Deposit,
            Account = 1,
            Asset = SimulatedMarket.Bitcoin,
            Amount = 100_000_000,
            Key = 1,
        });
        Do(new Command
        {
            Kind = CommandKind.Pledge,
            Account = 1,
            Asset = SimulatedMarket.Bitcoin,
            Amount = 100_000_000,
        });
        Do(new Command { Kind = CommandKind.Borrow, Account = 1, Amount = 40_000_000_000 });
        var c = new Command { Kind = CommandKind.RequestWithdrawal, Account = 1, Amount = 45_000_000_000, Key = 2 };
        Now += 3600 * Second;
        Do(c, RejectCode.PriceNotValid);
        for (var source = 0; source < 3; source++)
            SpotPrice(source, 60_000);
        Do(c);
    }

    // Money was lent, and contracts opened, on collateral that the market may have left long ago.
    [Fact]
    public void No_risk_is_taken_on_a_stale_price_of_collateral()
    {
        for (var source = 0; source < 3; source++)
            SpotPrice(source, 60_000);
        var coin = new Command { Account = 1, Asset = SimulatedMarket.Bitcoin, Amount = 100_000_000, Key = 1 };
        Do(coin with { Kind = CommandKind.Deposit });
        Do(coin with { Kind = CommandKind.Pledge });
        Now += 60 * Second;
        Price(60_000);                                           // the contract's, not the coin's
        var borrow = new Command { Kind = CommandKind.Borrow, Account = 1, Amount = 40_000_000_000 };
        Do(borrow, RejectCode.PriceNotValid);
        Order(1, Side.Buy, 60_000, 100, RejectCode.PriceNotValid);
        Order(2, Side.Buy, 60_000, 100);                         // has none of it
        for (var source = 0; source < 3; source++)
            SpotPrice(source, 60_000);
        Do(borrow);
        Order(1, Side.Sell, 60_000, 100);
        Now += 60 * Second;
        Order(1, Side.Buy, 60_000, 100);                         // only reduces
    }

    // Out of an isolated position, or away from a cross one into it, money passed by the question how old a price is:
    // what stayed behind could be bankrupt long ago.
    [Fact]
    public void Money_does_not_pass_an_isolated_position_on_a_stale_price()
    {
        var c = new Command
        {
            Kind = CommandKind.MoveIsolated,
            Account = 2,
            Instrument = Perpetual,
            Amount = 4_000_000_000,
        };
        Do(c);
        Order(1, Side.Sell, 60_000, 5_000);
        Order(2, Side.Buy, 60_000, 5_000);
        Now += 60 * Second;
        Do(c with { Amount = -1_000_000_000 }, RejectCode.PriceNotValid);
        Do(c with { Amount = 1_000_000_000 });                   // nothing else of account 2 is at risk
        Do(c with { Account = 1, Instrument = 2, Amount = 1_000_000_000 }, RejectCode.PriceNotValid);
        Price(60_000);
        Do(c with { Amount = -1_000_000_000 });
        Do(c with { Account = 1, Instrument = 2, Amount = 1_000_000_000 });
    }

    void SpotPrice(int source, long dollars)
    {
        var c = new Command
        {
            Kind = CommandKind.Price,
            Instrument = 0,
            Other = source,
            Quantity = dollars * 10 << 16,
            SourceTime = Now,
            OrderId = NextNonce(),
        };
        c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Exchange.Venue.PriceMessage(c));
        Do(c);
    }

    // The sources fell out with each other; a stop on the mark stayed asleep, one on the index did not.
    [Fact]
    public void An_index_that_is_not_trusted_wakes_nobody()
    {
        Now += Second;
        Price(60_000);
        Order(1, Side.Sell, 60_000, 100);
        Order(2, Side.Buy, 60_000, 100);
        foreach (var from in new[] { PriceSource.Mark, PriceSource.Index })
        {
            Do(new Command
            {
                Kind = CommandKind.PlaceOrder,
                Instrument = Perpetual,
                Order = new OrderRequest
                {
                    Account = 2,
                    Side = Side.Sell,
                    Type = OrderType.Stop,
                    TriggerSource = from,
                    TriggerPrice = 590_000,
                    Quantity = 50,
                    Flags = OrderConditions.ReduceOnly,
                },
            });
        }
        Now += Second;
        Price(35_000);                                           // too far from its own average
        Assert.Equal(PriceValidity.TooVolatile,
            Venue.FeedOf(Perpetual).ValidityAt(Now, Venue.Parameters.Instruments[Perpetual].Feed));
        Assert.Equal(2, Venue.BookOf(Perpetual).OrdersOf(2));
    }

    [Fact]
    public void What_cannot_be_booked_is_refused()
    {
        // A loan is made of nothing: without a bound two of them are more than a balance can be.
        const RejectCode Range = RejectCode.AmountOutOfRange;
        var most = Amounts.Limit - 1 - (4 * Free(1));
        Do(new Command { Kind = CommandKind.Deposit, Account = 1, Amount = most, Key = 1 });
        Do(new Command { Kind = CommandKind.Deposit, Account = 1, Amount = 1, Key = 2 }, Range);
        Do(new Command { Kind = CommandKind.Pledge, Account = 1, Amount = most });
        Do(new Command { Kind = CommandKind.Borrow, Account = 1, Amount = most });
        Do(new Command { Kind = CommandKind.Pledge, Account = 1, Amount = most }, Range);
        Do(new Command { Kind = CommandKind.Pledge, Account = 1, Amount = 2 * Free(2) });
        Do(new Command { Kind = CommandKind.Borrow, Account = 1, Amount = 2 * Free(2) });
        Do(new Command { Kind = CommandKind.Transfer, Account = 2, Other = 1, Amount = Free(2), Key = 3 });
        Do(new Command { Kind = CommandKind.Transfer, Account = 3, Other = 1, Amount = Free(3), Key = 4 });
        Do(new Command { Kind = CommandKind.Transfer, Account = 4, Other = 1, Amount = Free(4), Key = 5 });
    }

    [Fact]
    public void No_position_can_gain_more_than_its_account_could_hold()
    {
        // 2^40 units are free above it: as much as 25 lots would gain at the highest mark.
        var money = new Command { Kind = CommandKind.Deposit, Account = 3, Key = 7 };
        Do(money with { Amount = Amounts.Limit - (1L << 40) });
        Order(1, Side.Sell, 60_000, 15_000);
        Order(3, Side.Buy, 60_000, 15_000, RejectCode.ArithmeticRange);
        Order(3, Side.Buy, 60_000, 10);
        Assert.Equal(10, Position(3));

        // 700,000 dollars more would fit beside nothing else.
        money = money with { Amount = 700_000_000_000, Key = 8 };
        Do(money, RejectCode.AmountOutOfRange);
        Do(money with { Amount = 600_000_000_000 });
        Order(3, Side.Sell, 60_000, 10, flags: OrderConditions.ReduceOnly);
    }
}
