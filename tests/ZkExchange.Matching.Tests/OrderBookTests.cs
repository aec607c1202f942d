using ZkExchange.Ledger;

namespace ZkExchange.Matching.Tests;

/// <summary>The corners that books get wrong, one by one.</summary>
public class OrderBookTests
{
    readonly OrderBook _book = NewBook();
    ulong _id;

    static OrderBook NewBook(InstrumentKind kind = InstrumentKind.Perpetual, Func<BookRules, BookRules>? change = null)
    {
        var rules = new BookRules { Instrument = 0, Kind = kind, CallLength = 10 };
        return new OrderBook(change?.Invoke(rules) ?? rules, new EventBuffer());
    }

    static OrderRequest Ask(int account, uint price, long quantity) => new()
    {
        Account = account,
        Master = account / 10,
        Side = Side.Sell,
        Price = price,
        Quantity = quantity,
    };

    static OrderRequest Bid(int account, uint price, long quantity) =>
        Ask(account, price, quantity) with { Side = Side.Buy };

    ulong Place(OrderRequest r, RejectCode expected = RejectCode.None, OrderBook? book = null)
    {
        book ??= _book;
        book.Events.Clear();
        Assert.Equal(expected, book.Place(++_id, r, 1));
        book.RunFollowUps();
        book.CheckInternals();
        return _id;
    }

    static long Filled(OrderBook book) => book.Events.Items.ToArray()
        .Where(e => e.Kind is MatchEventKind.Fill or MatchEventKind.AuctionFill).Sum(e => e.Quantity);

    [Fact]
    public void Better_prices_go_first_and_older_orders_at_one_price()
    {
        var late = Place(Ask(1, 101, 5));
        var first = Place(Ask(2, 100, 5));
        var second = Place(Ask(3, 100, 5));
        Place(Bid(4, 101, 12));
        Assert.Equal([first, second, late], _book.Events.Items.ToArray()
            .Where(e => e.Kind == MatchEventKind.Fill).Select(e => e.OtherId));
        Assert.Equal(3, _book.DepthAt(Side.Sell, 101));
    }

    [Fact]
    public void A_killed_order_leaves_the_book_bit_for_bit_as_it_was()
    {
        Place(Ask(1, 100, 5) with { Display = 1 });
        Place(Ask(2, 101, 5));
        var before = _book.StateHash();
        Place(Bid(3, 101, 11) with { TimeInForce = TimeInForce.FillOrKill }, RejectCode.FillOrKillUnfilled);
        Assert.Equal(before, _book.StateHash());
        Place(Bid(3, 101, 10) with { TimeInForce = TimeInForce.FillOrKill });
        Assert.Equal(10, Filled(_book));
    }

    [Fact]
    public void An_iceberg_slice_rejoins_behind_those_who_waited()
    {
        var iceberg = Place(Ask(1, 100, 6) with { Display = 2 });
        var patient = Place(Ask(2, 100, 2));
        Place(Bid(3, 100, 5));
        Assert.Equal([iceberg, patient, iceberg], _book.Events.Items.ToArray()
            .Where(e => e.Kind == MatchEventKind.Fill).Select(e => e.OtherId));
        Place(Ask(1, 100, 101) with { Display = 1 }, RejectCode.TooManySlices);
    }

    [Theory]
    [InlineData(SelfTradePrevention.ExpireTaker, 0, 5)]
    [InlineData(SelfTradePrevention.ExpireMaker, 3, 0)]
    [InlineData(SelfTradePrevention.ExpireBoth, 0, 0)]
    [InlineData(SelfTradePrevention.Reduce, 2, 0)]
    public void Nobody_trades_with_himself(SelfTradePrevention mode, long filled, long ownLeft)
    {
        Place(Ask(1, 100, 5));
        Place(Ask(2, 101, 3));
        Place(Bid(1, 101, 7) with { SelfTrade = mode, TimeInForce = TimeInForce.ImmediateOrCancel });
        Assert.Equal(filled, Filled(_book));
        Assert.Equal(ownLeft, _book.DepthAt(Side.Sell, 100));
    }

    [Fact]
    public void Accounts_of_one_master_are_one_owner_if_the_taker_says_so()
    {
        Place(Ask(11, 100, 5));
        Place(Bid(12, 100, 5) with
        {
            SelfTradeScope = SelfTradeScope.Master,
            TimeInForce = TimeInForce.ImmediateOrCancel
        });
        Assert.Equal(0, Filled(_book));
        Place(Bid(12, 100, 5) with { TimeInForce = TimeInForce.ImmediateOrCancel });
        Assert.Equal(5, Filled(_book));
    }

    [Fact]
    public void A_smaller_total_keeps_the_place_and_anything_else_loses_it()
    {
        var first = Place(Ask(1, 100, 5));
        var second = Place(Ask(2, 100, 5));
        Assert.Equal(RejectCode.None, _book.Amend(first, 1, 100, 3, 1));
        Place(Bid(3, 100, 1));
        Assert.Equal(first, _book.Events[1].OtherId);
        Assert.Equal(RejectCode.None, _book.Amend(first, 1, 100, 9, 1));
        Place(Bid(3, 100, 1));
        Assert.Equal(second, _book.Events[1].OtherId);
        Assert.True(_book.TryFind(first, out var view));
        Assert.Equal(8, view.Leaves);                            // the new total counts what was filled
        Assert.Equal(RejectCode.None, _book.Amend(first, 1, 100, 1, 1));
        Assert.False(_book.TryFind(first, out _));
    }

    [Fact]
    public void An_amendment_that_fails_leaves_the_old_order_alone()
    {
        Place(Ask(1, 105, 5));
        var own = Place(Bid(2, 100, 5) with { Flags = OrderConditions.PostOnly });
        var before = _book.StateHash();
        Assert.Equal(RejectCode.PostOnlyWouldCross, _book.Amend(own, 2, 105, 5, 1));
        Assert.Equal(before, _book.StateHash());
    }

    [Fact]
    public void Unknown_filled_and_cancelled_orders_are_told_apart()
    {
        var filled = Place(Ask(1, 100, 5));
        Place(Bid(2, 100, 5));
        var cancelled = Place(Ask(1, 100, 5));
        Assert.Equal(RejectCode.NotOwner, _book.Cancel(cancelled, 2));
        Assert.Equal(RejectCode.None, _book.Cancel(cancelled, 1));
        Assert.Equal(RejectCode.AlreadyFilled, _book.Cancel(filled, 1));
        Assert.Equal(RejectCode.AlreadyCancelled, _book.Cancel(cancelled, 1));
        Assert.Equal(RejectCode.UnknownOrder, _book.Cancel(999, 1));
    }

    [Fact]
    public void Reduce_only_orders_never_open_and_are_trimmed_inside_a_sweep()
    {
        Place(Ask(9, 100, 10));
        Place(Bid(1, 100, 10));                                  // account 1 is long 10
        Place(Bid(1, 90, 5) with { Flags = OrderConditions.ReduceOnly }, RejectCode.ReduceOnlyWouldIncrease);
        Place(Ask(1, 110, 10));
        Place(Ask(1, 111, 10) with { Flags = OrderConditions.ReduceOnly });
        // takes the plain order, and the reduce-only one is gone
        Place(Bid(2, 111, 20));
        Assert.Equal(10, Filled(_book));
        Assert.Equal(0, _book.PositionOf(1));
    }

    [Fact]
    public void Fill_or_kill_counts_reduce_only_makers_as_they_will_be()
    {
        Place(Ask(9, 100, 10));
        Place(Bid(1, 100, 10));
        Place(Ask(1, 110, 6));
        Place(Ask(1, 111, 10) with { Flags = OrderConditions.ReduceOnly });
        Place(Bid(2, 111, 11) with { TimeInForce = TimeInForce.FillOrKill }, RejectCode.FillOrKillUnfilled);
        Place(Bid(2, 111, 10) with { TimeInForce = TimeInForce.FillOrKill });
        Assert.Equal(10, Filled(_book));
    }

    [Fact]
    public void A_sweep_wakes_stops_for_any_print_it_made()
    {
        Place(Ask(9, 100, 1));
        Place(Bid(8, 100, 1));
        Place(Ask(1, 105, 1));
        Place(Ask(1, 110, 1));
        Place(Ask(1, 120, 1));
        var stop =
            Place(Bid(2, 0, 1) with
            {
                Type = OrderType.Stop,
                TriggerPrice = 105,
                TimeInForce = TimeInForce.ImmediateOrCancel
            });
        Place(Bid(3, 110, 2));
        Assert.Contains(_book.Events.Items.ToArray(), e =>
            e.Kind == MatchEventKind.Fill && e.OrderId == stop && e.Price == 120);
        Place(Bid(2, 0, 1) with { Type = OrderType.Stop, TriggerPrice = 105 }, RejectCode.WouldTriggerImmediately);
    }

    [Fact]
    public void A_trailing_stop_follows_and_never_steps_back()
    {
        _book.SetMark(100L << 16, true);
        Place(Bid(5, 90, 9));
        var stop =
            Place(Ask(1, 0, 2) with { Type = OrderType.TrailingStop, Trail = 5, TriggerSource = PriceSource.Mark });
        _book.SetMark(110L << 16, true);
        _book.SetMark(106L << 16, true);
        _book.RunFollowUps();
        Assert.True(_book.TryFind(stop, out _));
        _book.SetMark(105L << 16, true);
        _book.RunFollowUps();
        Assert.False(_book.TryFind(stop, out _));
        Assert.Equal(90u, _book.Last);
    }

    [Fact]
    public void An_invalid_mark_wakes_nobody()
    {
        _book.SetMark(100L << 16, true);
        var stop =
            Place(Ask(1, 0, 2) with { Type = OrderType.Stop, TriggerPrice = 90, TriggerSource = PriceSource.Mark });
        _book.SetMark(80L << 16, false);
        _book.RunFollowUps();
        Assert.True(_book.TryFind(stop, out _));
    }

    [Fact]
    public void One_leg_shrinks_the_other_before_the_next_maker_is_looked_at()
    {
        var book = NewBook(InstrumentKind.Spot);
        Assert.Equal(RejectCode.None,
            book.PlaceGroup(GroupKind.OneCancelsOther, 1, [Ask(1, 100, 5), Ask(1, 101, 5)], 1));
        _id = 2;
        Place(Bid(2, 101, 10), book: book);
        Assert.Equal(5, Filled(book));
        Assert.Equal(5, book.DepthAt(Side.Buy, 101));
    }

    [Fact]
    public void A_bracket_arms_its_exits_with_what_the_entry_has_filled()
    {
        var exit = Ask(1, 120, 10);
        var loss = exit with { Type = OrderType.Stop, Price = 0, TriggerPrice = 80 };
        Assert.Equal(RejectCode.None, _book.PlaceGroup(GroupKind.Bracket, 1, [Bid(1, 100, 10), exit, loss], 1));
        _id = 3;
        Place(Ask(2, 100, 4));
        Assert.Equal(4, _book.DepthAt(Side.Sell, 120));
        // the profit exit trades one: the loss exit shrinks with it
        Place(Bid(3, 120, 1));
        Assert.True(_book.TryFind(3, out var view));
        Assert.Equal(3, view.Leaves);
        Place(Ask(2, 100, 6));
        Assert.Equal(9, _book.DepthAt(Side.Sell, 120));
    }

    [Fact]
    public void Expiry_comes_before_anything_else_at_its_time()
    {
        Place(Ask(1, 100, 5) with { TimeInForce = TimeInForce.GoodTillDate, Expiry = 50 });
        _book.Advance(50);
        Assert.Equal(0, _book.OrderCount);
    }

    [Fact]
    public void A_scheduled_cancel_ends_everything_of_an_account_unless_it_is_moved()
    {
        Place(Ask(1, 100, 5));
        Place(Ask(2, 100, 5));
        _book.ScheduleCancel(1, 20, 1);
        _book.ScheduleCancel(1, 40, 1);
        _book.Advance(30);
        Assert.Equal(2, _book.OrderCount);
        _book.Advance(40);
        Assert.Equal(1, _book.OrderCount);
    }

    [Fact]
    public void A_pegged_order_follows_and_never_crosses()
    {
        Place(Bid(1, 90, 5));
        Place(Ask(1, 110, 5));
        var peg = Place(Bid(2, 200, 5) with { Type = OrderType.Pegged, Peg = PegReference.Mid, PegOffset = 50 });
        Assert.True(_book.TryFind(peg, out var view));
        Assert.Equal(109u, view.Price);
        Place(Ask(3, 104, 1) with { Flags = OrderConditions.PostOnly }, RejectCode.PostOnlyWouldCross);
        Place(Bid(3, 0, 5) with { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel });
        Assert.True(_book.TryFind(peg, out view));
        Assert.Equal(109u, view.Price);                          // no reference any more: it stays
    }

    [Fact]
    public void A_fill_outside_the_volatility_band_does_not_happen_and_a_call_begins()
    {
        var book = NewBook(change: r => r with { VolatilityBandPpm = 100_000 });
        book.SetReference(100L << 16);
        Place(Ask(1, 105, 1), book: book);
        Place(Ask(1, 115, 5), book: book);
        Place(Bid(2, 120, 6), book: book);
        Assert.Equal(1, Filled(book));
        Assert.Equal(BookState.Call, book.State);
        Assert.Equal(5, book.DepthAt(Side.Sell, 115));
    }

    [Theory]
    [InlineData(100, 99, RejectCode.None)]
    [InlineData(100, 110, RejectCode.None)]
    [InlineData(100, 111, RejectCode.OutsidePriceBand)]
    public void A_limit_beyond_the_band_is_refused(long reference, uint price, RejectCode expected)
    {
        var book = NewBook(change: r => r with { BandPpm = 100_000 });
        Place(Bid(1, 0, 1) with { Type = OrderType.Market, TimeInForce = TimeInForce.ImmediateOrCancel },
            RejectCode.NoReferencePrice, book);
        book.SetReference(reference << 16);
        Place(Bid(1, price, 1), expected, book);
    }

    [Theory]
    [InlineData(1, RejectCode.PriceOffTick)]
    [InlineData(4, RejectCode.QuantityOffLot)]
    [InlineData(2, RejectCode.QuantityTooSmall)]
    [InlineData(102, RejectCode.QuantityTooLarge)]
    public void Steps_and_sizes_are_kept(long quantity, RejectCode expected)
    {
        var book = NewBook(change: r => r with { PriceStep = 5, LotStep = 3, QuantityMin = 3, QuantityMax = 99 });
        var price = expected == RejectCode.PriceOffTick ? 101u : 100u;
        Place(Bid(1, price, expected == RejectCode.PriceOffTick ? 3 : quantity), expected, book);
    }

    [Fact]
    public void Malformed_requests_are_refused_whatever_they_hold()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var r = new OrderRequest
            {
                Account = random.Next(-1, 3),
                Side = (Side)random.Next(4),
                Type = (OrderType)random.Next(10),
                TimeInForce = (TimeInForce)random.Next(6),
                Flags = (OrderConditions)random.Next(10),
                SelfTrade = (SelfTradePrevention)random.Next(6),
                SelfTradeScope = (SelfTradeScope)random.Next(3),
                TriggerSource = (PriceSource)random.Next(5),
                Peg = (PegReference)random.Next(5),
                Price = (uint)random.Next(3) * 100,
                TriggerPrice = (uint)random.Next(3) * 100,
                Trail = (uint)random.Next(2),
                PegOffset = random.Next(-3, 3),
                Quantity = random.Next(-2, 12),
                Display = random.Next(-1, 4),
                MinimumQuantity = random.Next(-1, 4),
                Expiry = random.Next(-2, 3),
            };
            _book.Events.Clear();
            var before = _book.OrderCount;
            var code = _book.Place(++_id, r, 1);
            if (code != RejectCode.None) Assert.Equal((before, 0), (_book.OrderCount, _book.Events.Count));
            _book.RunFollowUps();
        }
        _book.CheckInternals();
    }

    // A stop-limit once swept the book at any price: its limit was looked at by nobody.
    [Fact]
    public void A_woken_order_keeps_to_the_band_of_its_hour()
    {
        var book = NewBook(change: r => r with { BandPpm = 100_000 });
        book.SetMark(100L << 16, true);
        Place(Ask(1, 105, 1), book: book);
        Place(Ask(1, 150, 5), book: book);
        var stop = Bid(2, 150, 5) with { Type = OrderType.StopLimit, TriggerPrice = 105 };
        Place(stop, book: book);
        Place(stop with { Price = 110 }, book: book);
        Place(Bid(3, 105, 1), book: book);
        Assert.Equal([EndReason.AdmissionRefused], book.Events.Items.ToArray()
            .Where(e => e.Kind == MatchEventKind.Ended && e.Account == 2).Select(e => e.Reason));
        Assert.Equal(110u, book.BestBid);
        Assert.Equal(150u, book.BestAsk);
    }

    [Fact]
    public void An_exit_for_auctions_alone_does_not_rest_outside_one()
    {
        OrderRequest[] legs =
        [
            Bid(1, 100, 5),
            Ask(1, 110, 5) with { Flags = OrderConditions.AuctionOnly },
            Ask(1, 0, 5) with { Type = OrderType.Stop, TriggerPrice = 90 },
        ];
        Place(Ask(2, 100, 5));
        Assert.Equal(RejectCode.None, _book.PlaceGroup(GroupKind.Bracket, 100, legs, 1));
        _book.RunFollowUps();
        _book.CheckInternals();
        Assert.Equal(0u, _book.BestAsk);
    }

    // The same hour set again and again took memory each time.
    [Fact]
    public void A_switch_that_is_moved_back_and_forth_leaves_one_timer()
    {
        Place(Bid(1, 100, 5));
        Assert.Equal(RejectCode.None, _book.ScheduleCancel(1, 1000, 1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20_000; i++)
        {
            _book.ScheduleCancel(1, 0, 1);
            _book.ScheduleCancel(1, 1000, 1);
        }
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
        _book.Advance(1000);
        Assert.Equal(0, _book.OrderCount);
        Assert.Equal(long.MaxValue, _book.NextDue);
    }

    [Fact]
    public void A_timer_of_what_is_gone_is_forgotten()
    {
        var dated = Place(Bid(1, 100, 5) with { TimeInForce = TimeInForce.GoodTillDate, Expiry = 500 });
        Assert.Equal(500, _book.NextDue);
        _book.Cancel(dated, 1);
        _book.ForgetIdleTimers();
        Assert.Equal(long.MaxValue, _book.NextDue);
    }

    // Two thousand million plans are some days of a busy venue: the number was used up and stopped the process.
    [Fact]
    public void The_number_of_plans_has_no_end()
    {
        Place(Ask(1, 100, 5) with { Display = 1 });
        var kill = Bid(3, 100, 6) with { TimeInForce = TimeInForce.FillOrKill };
        Place(kill, RejectCode.FillOrKillUnfilled);
        typeof(OrderBook).GetField("_plan", System.Reflection.BindingFlags.Instance
            | System.Reflection.BindingFlags.NonPublic)!.SetValue(_book, int.MaxValue);
        Place(kill, RejectCode.FillOrKillUnfilled);
        Place(kill with { Quantity = 5 });
        Assert.Equal(5, Filled(_book));
    }
}
