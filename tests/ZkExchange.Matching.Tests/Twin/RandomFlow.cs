using ZkExchange.Ledger;

namespace ZkExchange.Matching.Tests.Twin;

/// <summary>
/// Drives a fast book and its twin with the same random commands and compares every event. One seed replays a run.
/// </summary>
sealed class RandomFlow
{
    readonly Random _random;
    readonly BookRules _rules;
    OrderBook _book;
    readonly NaiveOrderBook _twin;
    readonly List<ulong> _ids = [];
    readonly string _name;
    readonly int _focus;
    ulong _nextId = 1;
    long _now = 1;

    public RandomFlow(int seed)
        : this(new Random(seed), $"seed {seed}", -1)
    {
    }

    /// <summary>A flow whose every draw comes from somewhere.</summary>
    /// <param name="random">Where from.</param>
    /// <param name="name">How a failure names it.</param>
    /// <param name="focus">The kind of order that half of all orders are, 0 to 12; -1 for no such.</param>
    public RandomFlow(Random random, string name, int focus)
    {
        _name = name;
        _focus = focus;
        _random = random;
        _rules = new BookRules
        {
            Instrument = 3,
            Kind = Chance(3) ? InstrumentKind.Spot : InstrumentKind.Perpetual,
            PriceStep = Chance(4) ? 2u : 1u,
            BandPpm = Chance(2) ? 0 : 150_000,
            VolatilityBandPpm = Chance(2) ? 0 : 80_000,
            CollarPpm = Chance(2) ? 0 : 30_000,
            CallLength = 20,
            ExtensionsMax = 2,
        };
        _book = new OrderBook(_rules, new EventBuffer());
        _twin = new NaiveOrderBook(_rules);
    }

    /// <summary>Kinds of orders that are drawn.</summary>
    public const int Kinds = 13;

    public int Rejected { get; private set; }

    public HashSet<MatchEventKind> Seen { get; } = [];

    public HashSet<EndReason> Reasons { get; } = [];

    public HashSet<RejectCode> Codes { get; } = [];

    /// <summary>Draws and compares so many commands, or as many as there are choices for.</summary>
    public void Run(int commands)
    {
        for (var i = 0; i < commands && _random is not Choices { AreOver: true }; i++)
        {
            _book.Events.Clear();
            _twin.Events.Clear();
            _now += _random.Next(3);
            _book.Advance(_now);
            _twin.Advance(_now);
            Step(out var fast, out var naive);
            var cap = _random.Next(1, 4);
            _book.RunFollowUps(cap);
            _twin.RunFollowUps(cap);
            Compare(i, fast, naive);
            _book.CheckInternals();
            if (Chance(50))
                Restore();
        }
    }

    // A book that was written and read goes on as if nothing had happened.
    void Restore()
    {
        var writer = new StateWriter();
        _book.Write(writer);
        var reader = new StateReader(writer.Bytes);
        var restored = OrderBook.Read(ref reader, _rules, new EventBuffer());
        Assert.NotNull(restored);
        Assert.True(reader.IsComplete);
        restored.CheckInternals();
        Assert.Equal(_book.StateHash(), restored.StateHash());
        _book = restored;
    }

    bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    void Step(out RejectCode fast, out RejectCode naive)
    {
        fast = naive = RejectCode.None;
        var account = _random.Next(6);
        switch (_random.Next(100))
        {
            case < 52:
                var request = Request(account);
                var id = Fresh(1);
                fast = _book.Place(id, request, _now);
                naive = _twin.Place(id, request, _now);
                break;
            case < 60:
                Group(account, out fast, out naive);
                break;
            case < 70:
                (var victim, account) = Known(account);
                fast = _book.Cancel(victim, account);
                naive = _twin.Cancel(victim, account);
                break;
            case < 85:
                (var old, account) = Known(account);
                var price = Price();
                var total = _random.Next(0, 30);
                fast = _book.Amend(old, account, price, total, _now);
                naive = _twin.Amend(old, account, price, total, _now);
                break;
            case < 87:
                var side = Chance(2) ? (Side?)null : (Side)_random.Next(2);
                _book.CancelAll(account, side);
                _twin.CancelAll(account, side);
                break;
            case < 89:
                var at = Chance(3) ? 0 : _now + _random.Next(1, 30);
                _book.ScheduleCancel(account, at, _now);
                _twin.ScheduleCancel(account, at);
                break;
            default:
                Market();
                break;
        }
    }

    void Market()
    {
        var value = ((95L + _random.Next(11)) << 16) + _random.Next(65536);
        switch (_random.Next(8))
        {
            case < 4:
                var valid = !Chance(5);
                _book.SetMark(value, valid);
                _twin.SetMark(value, valid);
                break;
            case < 6:
                _book.SetIndex(value);
                _twin.SetIndex(value);
                break;
            case 6:
                var end = _now + _random.Next(1, 40);
                _book.StartCall(end, _now);
                _twin.StartCall(end);
                break;
            default:
                var state = Chance(3) ? (BookState)_random.Next(4) : BookState.Open;
                _book.SetState(state);
                _twin.SetState(state);
                break;
        }
    }

    ulong Fresh(int count)
    {
        for (var i = 0; i < count; i++)
            _ids.Add(_nextId + (ulong)i);
        _nextId += (ulong)count;
        return _ids[^count];
    }

    (ulong Id, int Account) Known(int account)
    {
        var live = _twin.Live.ToList();
        if (live.Count > 0 && !Chance(6))
        {
            var o = live[_random.Next(live.Count)];
            return (o.Id, o.Asked.Account);
        }
        return (_ids.Count == 0 ? 77 : _ids[_random.Next(_ids.Count)], account);
    }

    uint Price() => (uint)(90 + (_random.Next(20) / (int)_rules.PriceStep * (int)_rules.PriceStep));

    OrderRequest Request(int account)
    {
        var r = new OrderRequest
        {
            Account = account,
            Master = account / 2,
            Side = (Side)_random.Next(2),
            SelfTrade = (SelfTradePrevention)_random.Next(4),
            SelfTradeScope = (SelfTradeScope)_random.Next(2),
            TriggerSource = (PriceSource)_random.Next(3),
            Quantity = _random.Next(1, 20),
            ClientId = (ulong)_random.Next(1000),
            Price = Price(),
        };
        if (_rules.Kind != InstrumentKind.Spot && Chance(4))
            r.Flags = OrderConditions.ReduceOnly;
        if (_twin.State == BookState.Call ? Chance(4) : Chance(40))
            return InCall(r);
        var kind = _random.Next(Kinds);
        return (_focus >= 0 && Chance(2) ? _focus : kind) switch
        {
            0 or 1 => r with { Type = OrderType.Market, Price = 0, TimeInForce = Tif(2) },
            2 => Stop(r, OrderType.Stop),
            3 => Stop(r, OrderType.StopLimit),
            4 => Stop(r, OrderType.TakeProfit),
            5 => Stop(r, OrderType.TakeProfitLimit),
            6 => r with { Type = OrderType.TrailingStop, Price = 0, Trail = (uint)_random.Next(1, 6) },
            7 => Pegged(r),
            8 => r with { Flags = OrderConditions.None, Display = _random.Next(1, (int)r.Quantity + 1) },
            9 => r with { TimeInForce = Tif(2), MinimumQuantity = 0 },
            10 => r with
            {
                TimeInForce = TimeInForce.ImmediateOrCancel,
                MinimumQuantity = _random.Next(1, (int)r.Quantity + 1)
            },
            11 => r with { Flags = r.Flags | OrderConditions.PostOnly },
            _ => Chance(3) ? r with { TimeInForce = TimeInForce.GoodTillDate, Expiry = _now + _random.Next(0, 60) } : r,
        };
    }

    OrderRequest InCall(OrderRequest r)
    {
        r.Flags |= OrderConditions.AuctionOnly;
        return Chance(2) ? r : r with { Type = OrderType.Market, Price = 0 };
    }

    OrderRequest Pegged(OrderRequest r) => r with
    {
        Type = OrderType.Pegged,
        Flags = Chance(2) ? OrderConditions.None : OrderConditions.PostOnly,
        Peg = (PegReference)_random.Next(1, 3),
        PegOffset = _random.Next(-4, 5),
    };

    OrderRequest Stop(OrderRequest r, OrderType type)
    {
        r.Type = type;
        r.TriggerPrice = Price();
        if (type is OrderType.Stop or OrderType.TakeProfit)
            r.Price = 0;
        return r;
    }

    TimeInForce Tif(int first) => (TimeInForce)_random.Next(first, 4);

    void Group(int account, out RejectCode fast, out RejectCode naive)
    {
        var first = Request(account) with
        {
            Type = OrderType.Limit,
            Flags = OrderConditions.None,
            Display = 0,
            Peg = PegReference.None,
            PegOffset = 0,
            TimeInForce = TimeInForce.GoodTillCancel,
            Expiry = 0,
            MinimumQuantity = 0,
            TriggerPrice = 0,
            Trail = 0,
            Price = Price(),
        };
        OrderRequest[] legs;
        GroupKind kind;
        if (Chance(2))
        {
            kind = GroupKind.OneCancelsOther;
            var other = first with { Price = Price() };
            legs = [first, Chance(3) ? other : Stop(other, Chance(2) ? OrderType.Stop : OrderType.StopLimit)];
        }
        else
        {
            kind = GroupKind.Bracket;
            var exit = first with { Side = 1 - first.Side, Price = Price() };
            if (_rules.Kind != InstrumentKind.Spot && Chance(2))
                exit.Flags = OrderConditions.ReduceOnly;
            if (Chance(4))
                first = first with { Type = OrderType.Market, Price = 0, TimeInForce = TimeInForce.ImmediateOrCancel };
            var loss = Chance(3)
                ? exit with { Type = OrderType.TrailingStop, Price = 0, Trail = 3 }
                : Stop(exit, Chance(2) ? OrderType.Stop : OrderType.StopLimit);
            legs = [first, Chance(3) ? Stop(exit, OrderType.TakeProfit) : exit, loss];
        }
        var id = Fresh(legs.Length);
        fast = _book.PlaceGroup(kind, id, legs, _now);
        naive = _twin.PlaceGroup(kind, id, legs, _now);
    }

    void Compare(int step, RejectCode fast, RejectCode naive)
    {
        var where = $"{_name}, command {step}";
        Assert.True(fast == naive, $"{where}: {fast} against {naive}\n{_twin.Describe()}");
        Codes.Add(fast);
        if (fast != RejectCode.None)
            Rejected++;
        var count = Math.Min(_book.Events.Count, _twin.Events.Count);
        for (var i = 0; i < count; i++)
        {
            var (a, b) = (Text(_book.Events[i]), Text(_twin.Events[i]));
            Assert.True(string.Equals(a, b, StringComparison.Ordinal),
                $"{where}, event {i}:\n{a}\n{b}\n{_twin.Describe()}");
            Seen.Add(_book.Events[i].Kind);
            Reasons.Add(_book.Events[i].Reason);
        }
        Assert.True(_book.Events.Count == _twin.Events.Count,
            $"{where}: {_book.Events.Count} events against {_twin.Events.Count}");
        Assert.Equal(_twin.State, _book.State);
        foreach (var o in _twin.Live)
        {
            Assert.True(_book.TryFind(o.Id, out var view), where);
            Assert.Equal((o.Leaves, o.Visible, o.Nonce, o.IsLive),
                (view.Leaves, view.Visible, view.Nonce, view.IsLive));
        }
        Assert.Equal(_twin.Live.Count(), _book.OrderCount);
        for (var account = 0; account < 6; account++)
            Assert.Equal(_twin.PositionOf(account), _book.PositionOf(account));
    }

    static string Text(in MatchEvent e) =>
        $"{e.Kind} {e.Side} {e.Reason} {e.Flags}/{e.OtherFlags} {e.State} live {e.WasLive} #{e.OrderId}({e.Account})"
        + $" ~ #{e.OtherId}({e.OtherAccount}) price {e.Price} limit {e.Limit}/{e.OtherLimit} nonce {e.Nonce}"
        + $" qty {e.Quantity}"
        + $" leaves {e.Leaves}/{e.OtherLeaves} client {e.ClientId} in {e.Instrument}";
}
