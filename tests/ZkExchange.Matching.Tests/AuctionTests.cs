using ZkExchange.Ledger;

namespace ZkExchange.Matching.Tests;

/// <summary>The uncross rule on the cases that tell rules apart (specs/70-exchange-core.md section 4).</summary>
public class AuctionTests
{
    static OrderBook InCall(long reference = 100)
    {
        var book = new OrderBook(new BookRules { Instrument = 0, Kind = InstrumentKind.Spot }, new EventBuffer());
        book.SetReference(reference << 16);
        Assert.Equal(RejectCode.None, book.StartCall(10, 1));
        return book;
    }

    static void Add(OrderBook book, ulong id, Side side, uint price, long quantity) =>
        Assert.Equal(RejectCode.None, book.Place(id, new OrderRequest
        {
            Account = (int)id,
            Master = (int)id,
            Side = side,
            Price = price,
            Quantity = quantity,
            Type = price == 0 ? OrderType.Market : OrderType.Limit,
            Flags = price == 0 ? OrderConditions.AuctionOnly : OrderConditions.None,
        }, 1));

    [Fact]
    public void More_demand_takes_the_highest_price()
    {
        var book = InCall();
        Add(book, 1, Side.Buy, 105, 10);
        Add(book, 2, Side.Sell, 100, 5);
        Assert.Equal((105u, 5L), book.IndicativeUncross());
    }

    [Fact]
    public void More_supply_takes_the_lowest_price()
    {
        var book = InCall();
        Add(book, 1, Side.Buy, 105, 5);
        Add(book, 2, Side.Sell, 100, 10);
        Assert.Equal((100u, 5L), book.IndicativeUncross());
    }

    [Fact]
    public void A_market_order_does_not_drag_the_price_beyond_the_limits()
    {
        var book = InCall(97);
        Add(book, 1, Side.Buy, 0, 10);
        Add(book, 2, Side.Sell, 100, 5);
        Assert.Equal((100u, 5L), book.IndicativeUncross());
    }

    [Fact]
    public void Market_orders_alone_meet_at_the_reference()
    {
        var book = InCall(97);
        Add(book, 1, Side.Buy, 0, 10);
        Add(book, 2, Side.Sell, 0, 4);
        Assert.Equal((97u, 4L), book.IndicativeUncross());
    }

    [Theory]
    [InlineData(90, 101)]
    [InlineData(103, 103)]
    [InlineData(120, 104)]
    public void Ticks_between_the_limits_count_and_the_reference_decides_among_them(long reference, uint expected)
    {
        var book = InCall(reference);
        Add(book, 1, Side.Buy, 105, 5);
        Add(book, 2, Side.Buy, 100, 5);
        Add(book, 3, Side.Sell, 100, 5);
        Add(book, 4, Side.Sell, 105, 5);
        Assert.Equal((expected, 5L), book.IndicativeUncross());
    }

    [Fact]
    public void The_uncross_trades_at_one_price_and_leaves_an_uncrossed_book()
    {
        var book = InCall();
        Add(book, 1, Side.Buy, 105, 10);
        Add(book, 2, Side.Buy, 103, 10);
        Add(book, 3, Side.Sell, 100, 8);
        Add(book, 4, Side.Sell, 104, 4);
        Add(book, 5, Side.Buy, 0, 3);
        book.Events.Clear();
        book.Advance(10);
        book.CheckInternals();
        Assert.Equal(BookState.Open, book.State);
        var fills = book.Events.Items.ToArray().Where(e => e.Kind == MatchEventKind.AuctionFill).ToList();
        Assert.Single(fills.Select(f => f.Price).Distinct());
        Assert.Equal(5UL, fills[0].OrderId);                     // market orders first
        Assert.Equal(12, fills.Sum(f => f.Quantity));
        Assert.True(book.BestBid < book.BestAsk || book.BestAsk == 0);
    }

    [Fact]
    public void A_price_outside_the_collar_waits_and_at_last_is_cut()
    {
        var rules = new BookRules
        {
            Instrument = 0,
            Kind = InstrumentKind.Perpetual,
            CollarPpm = 10_000,
            CallLength = 10,
            ExtensionsMax = 2,
        };
        var book = new OrderBook(rules, new EventBuffer());
        book.SetReference(100L << 16);
        book.StartCall(10, 1);
        Add(book, 1, Side.Buy, 120, 5);
        Add(book, 2, Side.Sell, 110, 5);
        book.Advance(10);
        Assert.Equal(BookState.Call, book.State);
        book.Advance(30);
        Assert.Equal(BookState.ReduceOnly, book.State);
        Assert.Equal(0u, book.Last);
        book.CheckInternals();
    }

    [Fact]
    public void A_contract_trades_at_the_end_of_a_call_only_with_a_mark_to_trust()
    {
        var rules = new BookRules
        {
            Instrument = 0,
            Kind = InstrumentKind.Perpetual,
            CollarPpm = 100_000,
            CallLength = 10,
            ExtensionsMax = 2,
        };
        foreach (var comesBack in new[] { true, false })
        {
            var book = new OrderBook(rules, new EventBuffer());
            book.SetMark(100L << 16, isValid: true);
            book.StartCall(10, 1);
            Add(book, 1, Side.Buy, 101, 5);
            Add(book, 2, Side.Sell, 99, 5);
            book.SetMark(100L << 16, isValid: false);
            book.Advance(10);
            Assert.Equal((BookState.Call, 0u), (book.State, book.Last));
            book.SetMark(100L << 16, comesBack);
            book.Advance(30);

            // It trades at last all the same, inside the collar around the last mark, and then reduces only.
            Assert.Equal((comesBack ? BookState.Open : BookState.ReduceOnly, 100u), (book.State, book.Last));
            book.CheckInternals();
        }
    }

    [Fact]
    public void What_a_trim_leaves_crossing_meets_in_another_round_at_its_own_price()
    {
        var rules = new BookRules { Instrument = 0, Kind = InstrumentKind.Perpetual };
        var book = new OrderBook(rules, new EventBuffer());
        book.SetReference(100 << 16);
        book.AdjustPosition(2, 10);
        Assert.Equal(RejectCode.None, book.StartCall(10, 1));
        Add(book, 1, Side.Buy, 101, 20);
        Add(book, 2, Side.Sell, 99, 10);
        var exit = new OrderRequest
        {
            Account = 2,
            Master = 2,
            Side = Side.Sell,
            Price = 100,
            Quantity = 10,
            Flags = OrderConditions.ReduceOnly,
        };
        Assert.Equal(RejectCode.None, book.Place(3, exit, 1));
        Add(book, 4, Side.Sell, 101, 5);
        Assert.Equal((100u, 20L), book.IndicativeUncross());

        // The exit goes when its position has gone, and with it half of the volume.
        book.Advance(10);
        Assert.Equal([(100u, 10L), (101u, 5L)], book.Events.Items.ToArray()
            .Where(e => e.Kind == MatchEventKind.AuctionFill).Select(e => (e.Price, e.Quantity)));
        Assert.Equal((101u, 0u, 101u), (book.BestBid, book.BestAsk, book.Last));
    }
}
