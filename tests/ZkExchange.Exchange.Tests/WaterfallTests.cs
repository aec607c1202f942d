using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Tests;

/// <summary>What becomes of a position that nobody in the book wants (specs/70-exchange-core.md section 6).</summary>
public class WaterfallTests() : HandDriven(Parameters())
{
    static VenueParameters Parameters()
    {
        var set = SimulatedMarket.Parameters();
        return set with
        {
            Instruments = [.. set.Instruments.Select(i => i with
            {
                Feed = i.Feed with { VolatilityMaxPpm = 900_000 },
                Rules = i.Rules with { BandPpm = 0, VolatilityBandPpm = 0 },
            })],
        };
    }

    Int128 House(AccountKind kind, int asset = SimulatedMarket.Dollar) =>
        Venue.Ledger.BalanceOf(new LedgerAccount(kind, 0, asset));

    Int128 FundEquity => Venue.Margin.Measure(MarginEngine.Fund).Equity;

    void FundInsurance(long dollars) => Do(new Command
    {
        Kind = CommandKind.FundInsurance,
        Amount = (Int128)dollars * 1_000_000,
        Key = NextNonce(),
    });

    // Account 2 holds 90,000 dollars of account 1's making on 10,000.
    void OpenLong(long lots = 15_000)
    {
        Order(1, Side.Sell, 60_000, lots);
        Order(2, Side.Buy, 60_000, lots);
    }

    [Fact]
    public void The_fund_takes_over_at_the_zero_quote_what_it_can_bear_and_sells_it_again()
    {
        FundInsurance(20_000);
        OpenLong();
        Assert.True(Report(Perpetual, 54_000, 0, NoticeKind.TakenOver));

        // 1,000 dollars less fees were left on 81,000: the fund has them now, and the position.
        Assert.Equal((0L, 15_000L, -15_000L), (Position(2), Position(MarginEngine.Fund), Position(1)));
        Assert.Equal((Int128)0, Venue.Margin.Measure(2).Equity);
        Assert.Equal((Int128)(20_000 + 1_000 - 45) * 1_000_000, FundEquity);

        Order(3, Side.Buy, 53_800, 15_000);                      // 0.4 % under the mark; 1 % is allowed
        Now += 5 * Second;
        Assert.True(Report(Perpetual, 54_000, 0, NoticeKind.FundOrder));
        Assert.Equal((0L, 15_000L), (Position(MarginEngine.Fund), Position(3)));
        Assert.Equal((Int128)(20_000 + 1_000 - 45 - 300) * 1_000_000, House(AccountKind.Insurance));
    }

    [Fact]
    public void The_fund_asks_no_worse_price_than_its_reach()
    {
        FundInsurance(20_000);
        OpenLong();
        Report(Perpetual, 54_000, 0, NoticeKind.TakenOver);
        Order(3, Side.Buy, 53_400, 15_000);                      // more than 1 % under the mark
        Now += 5 * Second;
        Assert.True(Report(Perpetual, 54_000, 0, NoticeKind.FundOrder));
        Assert.Equal(15_000, Position(MarginEngine.Fund));
    }

    [Fact]
    public void What_a_poor_fund_cannot_bear_goes_to_the_other_side()
    {
        FundInsurance(1_000);
        OpenLong();
        Report(Perpetual, 54_000, 0, NoticeKind.TakenOver);

        // A quarter needs 1,012 dollars of initial margin and brings 239; a half would need twice as much.
        Assert.Equal((0L, 3_750L, -3_750L), (Position(2), Position(MarginEngine.Fund), Position(1)));
        Assert.Equal((Int128)0, Venue.Margin.Measure(2).Equity);
        Assert.Equal(Health.Healthy, Venue.Margin.Measure(MarginEngine.Fund).Health);
    }

    [Fact]
    public void A_takeover_costs_the_fund_no_more_than_one_may_nor_all_of_a_window_may()
    {
        FundInsurance(50_000);
        OpenLong();
        Report(Perpetual, 51_000, 0, NoticeKind.TakenOver);      // 13,500 lost of 10,000

        // Bearing all costs 3,545 dollars, a half 1,773; 2,000 are allowed.
        Assert.Equal((0L, 7_500L), (Position(2), Position(MarginEngine.Fund)));
        Assert.InRange(FundEquity, (Int128)48_227_000_000, 48_228_000_000);

        // The window has 3,228 left, then 1,455, then little.
        Deposit(3, 90_000);
        for (var i = 0; i < 2; i++)
        {
            Report(Perpetual, 60_000, 0, NoticeKind.TakenOver);
            Deposit(4, 10_000);
            Order(3, Side.Sell, 60_000, 12_000);
            Order(4, Side.Buy, 60_000, 12_000);
            Report(Perpetual, 43_500, 0, NoticeKind.TakenOver);
            Assert.Equal(0, Position(4));
        }
        Assert.True(Position(MarginEngine.Fund) <= 20_000);
        Assert.True(House(AccountKind.Deficit) == 0);
    }

    [Fact]
    public void Where_nobody_can_give_way_the_fund_does_and_the_venue_owes_what_it_loses()
    {
        // Account 1 is short of one coin against account 2 and long of the other against account 3; both coins fall
        // while nobody is sure of the first.
        Report(Ether, 3_000, 0, NoticeKind.None);
        OpenLong();
        EtherOrder(3, Side.Sell, 300_000);
        EtherOrder(1, Side.Buy, 300_000);
        Assert.False(Report(Perpetual, 45_000, 900_000, NoticeKind.Deleveraged));
        Assert.Equal(15_000, Position(2));
        Report(Ether, 2_100, 0, NoticeKind.None);

        // Account 1 has 5,000 dollars left, and would lose 12,500 by giving way.
        Assert.True(Report(Perpetual, 45_000, 0, NoticeKind.TakenAsLastResort));
        Assert.Equal((0L, 15_000L, -15_000L), (Position(2), Position(MarginEngine.Fund), Position(1)));
        Assert.Equal((Int128)0, Venue.Margin.Measure(2).Equity);
        Assert.InRange(FundEquity, (Int128)(-12_600_000_000), -12_500_000_000);
        Assert.Equal((Int128)0, House(AccountKind.Deficit));     // on paper so far

        // Who has anything at risk stays until somebody pays; who has not, may go.
        var leaves = new Command { Kind = CommandKind.RequestWithdrawal, Account = 3, Amount = 1_000_000, Key = 91 };
        Do(leaves, RejectCode.WithdrawalGateClosed);
        Do(leaves with { Account = 4, Key = 92 });

        var loss = FundEquity;
        Order(4, Side.Buy, 45_000, 5_000);
        Now += 5 * Second;
        Assert.True(Report(Perpetual, 45_000, 0, NoticeKind.FundOrder));
        Assert.Equal(10_000, Position(MarginEngine.Fund));
        Assert.True(House(AccountKind.Deficit) < 0);
        Assert.Equal(loss, FundEquity);

        FundInsurance(20_000);
        Assert.Equal((Int128)0, House(AccountKind.Deficit));
        Assert.Equal(loss + 20_000_000_000, FundEquity);
        Now += Second;
        Report(Ether, 2_100, 0, NoticeKind.None);
        Report(Perpetual, 45_000, 0, NoticeKind.None);
        Do(leaves);
    }

    [Fact]
    public void Orders_of_the_insolvent_are_gone_before_anybody_is_liquidated()
    {
        // Account 3 would have bought what account 2 must sell, and has not the money any more.
        OpenLong();
        Order(4, Side.Sell, 60_000, 12_000);
        Order(3, Side.Buy, 60_000, 12_000);
        var bid = Order(3, Side.Buy, 55_000, 3_000).Id;
        Report(Perpetual, 52_400, 0, NoticeKind.None);
        Assert.False(Venue.BookOf(Perpetual).TryFind(bid, out _));
        Assert.Equal((0L, 0L), (Position(2), Position(3)));
        Assert.DoesNotContain(Venue.BookEvents.Items.ToArray(), e => e.Kind == MatchEventKind.Fill);
    }

    [Fact]
    public void Collateral_is_sold_in_the_book_before_the_fund_buys_it()
    {
        Report(0, 60_000, 0, NoticeKind.None);
        Do(new Command { Kind = CommandKind.Deposit, Account = 2, Asset = 1, Amount = 10_000_000, Key = 77 });
        Do(new Command { Kind = CommandKind.Pledge, Account = 2, Asset = 1, Amount = 5_000_000 });
        OpenLong(20_000);
        Do(new Command
        {
            Kind = CommandKind.PlaceOrder,
            Instrument = 0,
            Order = new OrderRequest { Account = 4, Side = Side.Buy, Price = 590_000, Quantity = 1_000 },
        });

        // 16,000 dollars lost of 10,000 and a tenth of a coin, which counts 5,400 and brings 5,900 less fees.
        Assert.True(Report(Perpetual, 52_000, 0, NoticeKind.ClosedOut));
        Assert.Equal((0L, (Int128)0), (Position(2), Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Debt, 2, 0))));
        Assert.Equal((Int128)0, Venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Pledged, 2, 1)));
        Assert.Equal((Int128)0, House(AccountKind.Insurance, SimulatedMarket.Bitcoin));
        Assert.InRange(Free(2), (Int128)490_000_000, 500_000_000);
    }
}
