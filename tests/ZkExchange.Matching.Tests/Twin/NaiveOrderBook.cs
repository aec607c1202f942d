using ZkExchange.Ledger;

namespace ZkExchange.Matching.Tests.Twin;

/// <summary>
/// The book's law once more, with one list of orders, sorting, and searching. The oracle of the fast book: no code in
/// common.
/// </summary>
/// <remarks>
/// Fill-or-kill copies the whole book and tries; the auction looks at every tick; reduce-only sums are added up each
/// time.
/// </remarks>
sealed class NaiveOrderBook(BookRules rules)
{
    readonly List<ulong> _woken = [];
    readonly Dictionary<ulong, bool> _fates = [];
    readonly SortedDictionary<int, long> _positions = [];
    readonly SortedDictionary<int, long> _cancelAt = [];
    List<TwinOrder> _orders = [];               // in ascending order of ids
    ulong _nonce;
    long _now;
    long _last;
    long _mark;
    long _index;
    bool _markValid;
    long _reference;
    long _low = long.MaxValue;
    long _high;
    long _callEnd;
    int _extensions;

    public List<MatchEvent> Events { get; private set; } = [];

    public BookState State { get; private set; }

    public IEnumerable<TwinOrder> Live => _orders;

    public long PositionOf(int account) => _positions.GetValueOrDefault(account);

    bool IsSpot => rules.Kind == InstrumentKind.Spot;

    // ---- Commands ----
    public RejectCode Place(ulong id, OrderRequest r, long now)
    {
        var code = Check(r, now, out var limit, out var quantity);
        if (code != RejectCode.None)
            return code;
        var o = Add(id, r);
        o.Limit = limit;
        if (o.IsStop)
            Sleep(o);
        else
            Take(o, quantity);
        Finish();
        return code;
    }

    public RejectCode PlaceGroup(GroupKind kind, ulong firstId, OrderRequest[] legs, long now)
    {
        if (State != BookState.Open)
            return RejectCode.InstrumentHalted;
        var terms = new (uint Limit, long Quantity)[legs.Length];
        for (var i = 0; i < legs.Length; i++)
        {
            if (kind == GroupKind.Bracket && i > 0)
                continue;
            var code = Check(legs[i], now, out var limit, out var quantity);
            if (code != RejectCode.None)
                return code;
            terms[i] = (limit, quantity);
        }
        var orders = legs.Select((leg, i) => Add(firstId + (ulong)i, leg)).ToArray();
        if (kind == GroupKind.Bracket)
        {
            orders[0].Child = orders[1];
            foreach (var exit in orders.Skip(1))
            {
                exit.Parent = orders[0];
                exit.Leaves = 0;
                exit.Sibling = exit == orders[1] ? orders[2] : orders[1];
                Tell(MatchEventKind.Waiting, exit, price: exit.Asked.TriggerPrice);
            }
            orders[0].Limit = terms[0].Limit;
            Take(orders[0], terms[0].Quantity);
        }
        else
        {
            (orders[0].Sibling, orders[1].Sibling) = (orders[1], orders[0]);
            foreach (var o in orders.Where(o => o.IsStop))
                Sleep(o);
            for (var i = 0; i < 2; i++)
            {
                if (!_orders.Contains(orders[i]) || orders[i].IsStop)
                    continue;
                orders[i].Limit = terms[i].Limit;
                Take(orders[i], Math.Min(terms[i].Quantity, orders[i].Leaves));
            }
        }
        Finish();
        return RejectCode.None;
    }

    public RejectCode Cancel(ulong id, int account)
    {
        var code = Owned(id, account, out var o);
        if (code != RejectCode.None)
            return code;
        End(o!, EndReason.Cancelled);
        Finish();
        return code;
    }

    public void CancelAll(int account, Side? side, EndReason reason = EndReason.MassCancelled)
    {
        foreach (var o in _orders.Where(o => o.Asked.Account == account).ToList())
        {
            if (_orders.Contains(o) && (side is null || o.Asked.Side == side))
                End(o, reason);
        }
        Finish();
    }

    public RejectCode Amend(ulong id, int account, uint price, long total, long now)
    {
        var code = Owned(id, account, out var found);
        if (code != RejectCode.None)
            return code;
        var o = found!;
        if (o.Phase != TwinPhase.Resting || o.Asked.Type != OrderType.Limit
            || (o.Sibling ?? o.Parent ?? o.Child) != null)
            return RejectCode.NotAmendable;
        if (State is BookState.Halted or BookState.Settling or BookState.Expired)
            return RejectCode.InstrumentHalted;
        var leaves = total - o.Filled;
        if (leaves <= 0)
            End(o, EndReason.Cancelled);
        else if (price == o.Limit && leaves <= o.Leaves)
        {
            if (leaves < o.Leaves)
                Shrink(o, o.Leaves - leaves, EndReason.Amended);
        }
        else
        {
            var r = o.Asked with { Price = price, Quantity = leaves, Display = Math.Min(o.Asked.Display, leaves) };
            _orders.Remove(o);
            code = Check(r, now, out _, out var quantity);
            Insert(o);
            if (code != RejectCode.None)
                return code;
            Tell(MatchEventKind.Reduced, o, o.Leaves, EndReason.Replaced, leaves: 0);
            (o.Leaves, o.Limit, o.Price, o.Visible) = (leaves, price, price, 0);
            Take(o, quantity);
        }
        Finish();
        return RejectCode.None;
    }

    public void SetMark(long mark, bool valid)
    {
        _mark = mark;
        _markValid = valid;
        if (valid)
            _reference = mark;
        Finish();
    }

    public void SetIndex(long index) => _index = index;

    public void SetState(BookState state)
    {
        if (State == BookState.Call || state == BookState.Call)
            return;
        Enter(state, 0);
    }

    public void StartCall(long end)
    {
        if (State == BookState.Call)
            return;
        _extensions = 0;
        Enter(BookState.Call, end);
    }

    public void ScheduleCancel(int account, long at)
    {
        if (at == 0)
            _cancelAt.Remove(account);
        else
            _cancelAt[account] = at;
    }

    public void Advance(long now)
    {
        for (; ; )
        {
            var expiry = _orders.Where(o => o.Asked.Expiry > 0).MinBy(o => (o.Asked.Expiry, o.Id));
            var cancel = _cancelAt.OrderBy(c => (c.Value, c.Key)).FirstOrDefault();
            var due = Math.Min(expiry?.Asked.Expiry ?? long.MaxValue, cancel.Value == 0 ? long.MaxValue : cancel.Value);
            if (State == BookState.Call)
                due = Math.Min(due, _callEnd);
            if (due > now)
                break;
            _now = due;
            if (expiry?.Asked.Expiry == due)
            {
                End(expiry, EndReason.Expired);
                Finish();
            }
            else if (cancel.Value == due)
            {
                _cancelAt.Remove(cancel.Key);
                CancelAll(cancel.Key, null, EndReason.ScheduledCancel);
            }
            else
            {
                EndCall();
            }
        }
        _now = now;
    }

    public void RunFollowUps(int most)
    {
        while (most > 0 && _woken.Count > 0 && State is BookState.Open or BookState.ReduceOnly)
        {
            var o = _orders.Find(x => x.Id == _woken[0]);
            _woken.RemoveAt(0);
            if (o == null || !Prepare(o))
                continue;
            most--;
            Take(o, o.IsReduceOnly ? Math.Min(o.Leaves, Reducible(o)) : o.Leaves);
            Finish();
        }
    }

    public string Describe() => string.Join('\n', _orders.Select(o =>
        $"{o.Id} {o.Phase} {o.Asked.Side} {o.Leaves}/{o.Visible} @{o.Price} #{o.Nonce} armed {o.Armed}"));

    // ---- Checks ----
    RejectCode Check(in OrderRequest r, long now, out uint limit, out long quantity)
    {
        limit = r.Price;
        quantity = r.Quantity;
        if (r.Expiry != 0 && r.Expiry <= now)
            return RejectCode.ExpiryOutOfRange;
        var code = CheckState(r);
        if (code != RejectCode.None)
            return code;
        var probe = new TwinOrder { Asked = r };
        if (probe.IsStop)
        {
            var source = Source(r.TriggerSource);
            if (r.Type == OrderType.TrailingStop)
                return source == 0 ? RejectCode.NoReferencePrice : RejectCode.None;
            var trigger = (long)r.TriggerPrice << 16;
            return source != 0 && (probe.Rises ? source >= trigger : source <= trigger)
                ? RejectCode.WouldTriggerImmediately
                : RejectCode.None;
        }
        if (!TryLimit(probe, r.Price, out limit))
            return RejectCode.NoReferencePrice;
        var (low, high) = Band(rules.BandPpm, 1);
        if (probe.IsBuy ? limit > high : limit < low)
            return RejectCode.OutsidePriceBand;
        if (probe.IsReduceOnly)
        {
            quantity = Math.Min(quantity, Reducible(probe));
            if (quantity == 0 || (quantity < r.Quantity && r.TimeInForce == TimeInForce.FillOrKill))
                return RejectCode.ReduceOnlyWouldIncrease;
        }
        if (r.Type == OrderType.Pegged && PegPrice(r) == 0)
            return RejectCode.NoReferencePrice;
        var best = Best(probe);
        var crosses = best != null && Reaches(probe.IsBuy, limit, best.Price);
        if (r.Flags.HasFlag(OrderConditions.PostOnly) && r.Type != OrderType.Pegged && crosses)
            return RejectCode.PostOnlyWouldCross;
        if (probe.IsReduceOnly && !crosses && Restable(probe) <= 0)
            return RejectCode.ReduceOnlyWouldIncrease;
        if (r.TimeInForce == TimeInForce.FillOrKill && WouldFill(r, limit, quantity) < quantity)
            return RejectCode.FillOrKillUnfilled;
        return r.MinimumQuantity > 0 && WouldFill(r, limit, quantity) < r.MinimumQuantity
            ? RejectCode.MinimumQuantityUnmet
            : RejectCode.None;
    }

    RejectCode CheckState(in OrderRequest r)
    {
        var auction = r.Flags.HasFlag(OrderConditions.AuctionOnly);
        return State switch
        {
            BookState.Open => auction ? RejectCode.OnlyInCall : RejectCode.None,
            BookState.PostOnly => r.Type == OrderType.Pegged || r.Flags.HasFlag(OrderConditions.PostOnly)
                ? RejectCode.None : RejectCode.PostOnlyState,
            BookState.ReduceOnly => auction || !r.Flags.HasFlag(OrderConditions.ReduceOnly)
                ? RejectCode.ReduceOnlyState : RejectCode.None,
            BookState.Call => r.Type is OrderType.Limit or OrderType.Market
                && r.TimeInForce is TimeInForce.GoodTillCancel or TimeInForce.GoodTillDate
                && !r.Flags.HasFlag(OrderConditions.PostOnly) ? RejectCode.None : RejectCode.NotInCall,
            _ => RejectCode.InstrumentHalted,
        };
    }

    // Try it in a copy of everything, and count. What a self-trade would take off does not count, so the first own
    // order is the end.
    long WouldFill(OrderRequest r, uint limit, long quantity)
    {
        var copy = Clone();
        if (r.SelfTrade != SelfTradePrevention.ExpireMaker)
            r.SelfTrade = SelfTradePrevention.ExpireTaker;
        var taker = copy.Add(ulong.MaxValue >> 1, r with { Quantity = quantity });
        taker.Limit = limit;
        taker.Phase = TwinPhase.Taking;
        copy.Match(taker);
        return taker.Filled;
    }

    NaiveOrderBook Clone()
    {
        var fresh = _orders.ToDictionary(o => o, o => o.Copy());
        foreach (var o in fresh.Values)
        {
            o.Sibling = o.Sibling is { } sibling ? fresh[sibling] : null;
            o.Parent = o.Parent is { } parent ? fresh[parent] : null;
            o.Child = o.Child is { } child ? fresh[child] : null;
        }
        var copy = new NaiveOrderBook(rules)
        {
            _orders = [.. _orders.Select(o => fresh[o])],
            _nonce = _nonce,
            _reference = _reference,
            State = State,
        };
        foreach (var (account, position) in _positions)
            copy._positions[account] = position;
        return copy;
    }

    RejectCode Owned(ulong id, int account, out TwinOrder? order)
    {
        order = _orders.Find(o => o.Id == id);
        if (order == null)
        {
            return !_fates.TryGetValue(id, out var filled) ? RejectCode.UnknownOrder
                : filled ? RejectCode.AlreadyFilled : RejectCode.AlreadyCancelled;
        }
        return order.Asked.Account == account ? RejectCode.None : RejectCode.NotOwner;
    }

    // ---- Matching ----
    void Take(TwinOrder o, long quantity)
    {
        o.Phase = TwinPhase.Taking;
        o.Nonce = ++_nonce;
        Tell(MatchEventKind.Opened, o, o.Leaves);
        if (quantity < o.Leaves)
            Shrink(o, o.Leaves - quantity, EndReason.ReduceOnlyTrim);
        if (State == BookState.Call)
        {
            TakeInCall(o);
            return;
        }
        if (o.Asked.Type == OrderType.Pegged)
        {
            Rest(o, PegPrice(o.Asked));
            return;
        }
        Match(o);
        if (o.Phase == TwinPhase.Taking && _orders.Contains(o))
            RestOrCancel(o);
    }

    void RestOrCancel(TwinOrder o)
    {
        if (o.IsMarket || o.Asked.TimeInForce is TimeInForce.ImmediateOrCancel or TimeInForce.FillOrKill)
            EndOrPark(o, EndReason.ImmediateResidual);
        else if (o.IsReduceOnly && Math.Max(0, Restable(o)) is var room && room < o.Leaves)
        {
            Shrink(o, o.Leaves - room, EndReason.ReduceOnlyTrim);
            if (o.Leaves == 0)
                EndOrPark(o, EndReason.ReduceOnlyTrim);
            else
                Rest(o, o.Limit);
        }
        else
        {
            Rest(o, o.Limit);
        }
    }

    void Match(TwinOrder taker)
    {
        while (_orders.Contains(taker) && taker.Leaves > 0)
        {
            var maker = Best(taker);
            if (maker == null || !Reaches(taker.IsBuy, taker.Limit, maker.Price))
                return;
            var (low, high) = Band(rules.VolatilityBandPpm, 1);
            if (maker.Price < low || maker.Price > high)
            {
                End(taker, EndReason.VolatilityHalt);
                Enter(BookState.Call, _now + rules.CallLength);
                return;
            }
            if (IsOwn(taker, maker))
                MeetOwn(taker, maker);
            else
                Trade(taker, maker, maker.Price, Math.Min(taker.Leaves, maker.Visible), MatchEventKind.Fill);
        }
        if (_orders.Contains(taker) && taker.Leaves == 0)
            EndOrPark(taker, EndReason.Filled);
    }

    void MeetOwn(TwinOrder taker, TwinOrder maker)
    {
        switch (taker.Asked.SelfTrade)
        {
            case SelfTradePrevention.ExpireTaker:
                End(taker, EndReason.SelfTrade);
                break;
            case SelfTradePrevention.ExpireMaker:
                End(maker, EndReason.SelfTrade);
                break;
            case SelfTradePrevention.ExpireBoth:
                End(maker, EndReason.SelfTrade);
                End(taker, EndReason.SelfTrade);
                break;
            default:
                var both = Math.Min(taker.Leaves, State == BookState.Call ? maker.Leaves : maker.Visible);
                taker.Leaves -= both;
                Tell(MatchEventKind.Reduced, taker, both, EndReason.SelfTrade);
                if (taker.Sibling != null)
                    ShrinkSibling(taker.Sibling, both);
                maker.Leaves -= both;
                maker.Visible = Math.Max(0, maker.Visible - both);
                Tell(MatchEventKind.Reduced, maker, both, EndReason.SelfTrade);
                if (maker.Sibling != null)
                    ShrinkSibling(maker.Sibling, both);
                NextSlice(maker, EndReason.SelfTrade);
                if (_orders.Contains(taker) && taker.Leaves == 0)
                    EndOrPark(taker, EndReason.SelfTrade);
                break;
        }
    }

    void Trade(TwinOrder taker, TwinOrder maker, uint price, long lots, MatchEventKind kind)
    {
        foreach (var o in new[] { taker, maker })
        {
            o.Leaves -= lots;
            o.Filled += lots;
            o.Visible = o.Phase == TwinPhase.Resting ? o.Visible - lots : o.Visible;
        }
        _last = (long)price << 16;
        _low = Math.Min(_low, _last);
        _high = Math.Max(_high, _last);
        Tell(kind, taker, lots, price: price, other: maker);
        if (!IsSpot)
        {
            _positions[taker.Asked.Account] = PositionOf(taker.Asked.Account) + (taker.IsBuy ? lots : -lots);
            _positions[maker.Asked.Account] = PositionOf(maker.Asked.Account) + (maker.IsBuy ? lots : -lots);
        }
        foreach (var o in new[] { taker, maker })
        {
            if (o.Sibling != null)
                ShrinkSibling(o.Sibling, lots);
            foreach (var exit in Exits(o))
            {
                exit.Armed += lots;
                WakeUp(exit);
            }
        }
        NextSlice(maker, EndReason.Filled);
        NextSlice(taker, EndReason.Filled);
        Trim(taker.Asked.Account);
        Trim(maker.Asked.Account);
    }

    static IEnumerable<TwinOrder> Exits(TwinOrder entry)
    {
        if (entry.Child == null)
            return [];
        return entry.Child.Sibling == null ? [entry.Child] : [entry.Child, entry.Child.Sibling];
    }

    void NextSlice(TwinOrder o, EndReason reason)
    {
        if (!_orders.Contains(o) || o.Phase != TwinPhase.Resting)
            return;
        if (o.Leaves == 0)
        {
            EndOrPark(o, reason);
            return;
        }
        if (o.Visible > 0)
            return;
        o.Visible = Math.Min(o.Asked.Display, o.Leaves);
        o.Nonce = ++_nonce;
        Tell(MatchEventKind.Rested, o);
    }

    void Rest(TwinOrder o, uint price)
    {
        o.Visible = o.Asked.Display > 0 ? Math.Min(o.Asked.Display, o.Leaves) : o.Leaves;
        o.Price = price;
        o.Phase = TwinPhase.Resting;
        o.Nonce = ++_nonce;
        Tell(MatchEventKind.Rested, o);
    }

    // Resting reduce-only orders beyond the position go, the last in line first.
    void Trim(int account)
    {
        foreach (var side in new[] { Side.Buy, Side.Sell })
        {
            for (; ; )
            {
                var resting =
                    _orders.Where(o => o.Phase == TwinPhase.Resting && o.IsReduceOnly && o.Asked.Account == account
                    && o.Asked.Side == side).ToList();
                if (resting.Count == 0)
                    break;
                var excess = resting.Sum(o => o.Leaves) - Reducible(resting[0]);
                if (excess <= 0)
                    break;
                var worst = InPriority(resting).Last();
                if (worst.Leaves <= excess)
                    End(worst, EndReason.ReduceOnlyTrim);
                else
                    Shrink(worst, excess, EndReason.ReduceOnlyTrim);
            }
        }
    }

    void Shrink(TwinOrder o, long lots, EndReason reason)
    {
        o.Leaves -= lots;
        o.Visible = Math.Min(o.Visible, o.Leaves);
        Tell(MatchEventKind.Reduced, o, lots, reason);
    }

    void EndOrPark(TwinOrder o, EndReason reason)
    {
        if (o.Parent == null || o.Leaves > 0)
            End(o, reason);
        else
            o.Phase = TwinPhase.Held;
    }

    void End(TwinOrder o, EndReason reason)
    {
        Tell(MatchEventKind.Ended, o, o.Leaves, reason);
        _orders.Remove(o);
        _fates[o.Id] = reason == EndReason.Filled;
        var exits = Exits(o).ToList();
        var sibling = o.Sibling;
        if (o.Parent?.Child == o)
            o.Parent.Child = sibling;
        if (sibling != null)
        {
            sibling.Sibling = null;
            if (reason != EndReason.Filled)
                End(sibling, EndReason.GroupEnded);
        }
        foreach (var exit in exits)
            exit.Parent = null;
        foreach (var exit in exits.Where(exit => exit.Leaves + exit.Armed == 0))
        {
            foreach (var other in exits)
                other.Sibling = null;
            End(exit, EndReason.GroupEnded);
        }
    }

    // ---- Groups and waiting orders ----
    void ShrinkSibling(TwinOrder o, long lots)
    {
        var armed = Math.Min(o.Armed, lots);
        o.Armed -= armed;
        lots = Math.Min(lots - armed, o.Leaves);
        if (lots > 0)
            Shrink(o, lots, EndReason.GroupShrunk);
        if (o.Leaves + o.Armed > 0)
            return;
        if (o.Parent != null)
        {
            o.Phase = TwinPhase.Held;
            return;
        }
        if (o.Sibling != null)
            o.Sibling.Sibling = null;
        o.Sibling = null;
        End(o, EndReason.GroupEnded);
    }

    void Sleep(TwinOrder o)
    {
        o.Phase = TwinPhase.Waiting;
        o.Nonce = ++_nonce;
        o.Extreme = Source(o.Asked.TriggerSource);
        Tell(MatchEventKind.Waiting, o, o.Leaves, price: o.Asked.TriggerPrice);
    }

    void WakeUp(TwinOrder o)
    {
        if (!_woken.Contains(o.Id))
            _woken.Add(o.Id);
    }

    // True if the order now wants to trade.
    bool Prepare(TwinOrder o)
    {
        var armed = o.Armed;
        if (o.Phase != TwinPhase.Woken && armed == 0)
            return false;
        if (o.Phase == TwinPhase.Resting)
            Tell(MatchEventKind.Reduced, o, o.Leaves, EndReason.Replaced, leaves: 0);
        o.Leaves += armed;
        o.Armed = 0;
        if (o.Phase is TwinPhase.Held or TwinPhase.Waiting && o.IsStop)
        {
            var extreme = o.Phase == TwinPhase.Waiting ? o.Extreme : 0;
            Sleep(o);
            o.Extreme = extreme != 0 ? extreme : o.Extreme;
            Scan();
            return false;
        }
        if (o.Phase == TwinPhase.Woken)
        {
            if (o.Sibling is { } sibling)
            {
                (o.Sibling, sibling.Sibling) = (null, null);
                if (o.Parent != null)
                    o.Parent.Child = o;
                End(sibling, EndReason.GroupEnded);
            }
            Tell(MatchEventKind.Triggered, o);
        }
        else
        {
            o.Phase = TwinPhase.Held;
        }
        var quantity = o.IsReduceOnly ? Math.Min(o.Leaves, Reducible(o)) : State == BookState.ReduceOnly ? 0 : o.Leaves;
        var (low, high) = Band(rules.BandPpm, 1);
        if (quantity == 0 || !TryLimit(o, o.Asked.Price, out var limit) || (o.IsBuy ? limit > high : limit < low)
            || o.Asked.Flags.HasFlag(OrderConditions.AuctionOnly))
        {
            End(o, EndReason.AdmissionRefused);
            return false;
        }
        o.Limit = limit;
        return true;
    }

    void Finish()
    {
        Scan();
        if (State is not (BookState.Open or BookState.PostOnly or BookState.ReduceOnly))
            return;
        foreach (var o in _orders.Where(o => o.Phase == TwinPhase.Resting && o.Asked.Type == OrderType.Pegged).ToList())
        {
            var price = PegPrice(o.Asked);
            if (price == 0 || price == o.Price)
                continue;
            o.Price = price;
            o.Nonce = ++_nonce;
            Tell(MatchEventKind.Repriced, o);
        }
    }

    void Scan()
    {
        if (State is BookState.Open or BookState.PostOnly or BookState.ReduceOnly)
        {
            foreach (var source in new[] { PriceSource.Last, PriceSource.Mark, PriceSource.Index })
                ScanSource(source);
        }
        (_low, _high) = (long.MaxValue, 0);
    }

    void ScanSource(PriceSource source)
    {
        var value = Source(source);
        if (value == 0)
            return;
        var (low, high) = source == PriceSource.Last && _high != 0 ? (_low, _high) : (value, value);
        var waiting = _orders.Where(o => o.Phase == TwinPhase.Waiting && o.Asked.TriggerSource == source).ToList();
        var fixedOnes = waiting.Where(o => o.Asked.Type != OrderType.TrailingStop).ToList();
        var rising = fixedOnes.Where(o => o.Rises && (long)o.Asked.TriggerPrice << 16 <= high);
        var falling = fixedOnes.Where(o => !o.Rises && (long)o.Asked.TriggerPrice << 16 >= low);
        foreach (var o in rising.OrderBy(o => (o.Asked.TriggerPrice, o.Nonce))
            .Concat(falling.OrderBy(o => (-(long)o.Asked.TriggerPrice, o.Nonce))))
        {
            o.Phase = TwinPhase.Woken;
            WakeUp(o);
        }
        foreach (var o in waiting.Where(o => o.Asked.Type == OrderType.TrailingStop))
        {
            if (o.Extreme == 0)
                o.Extreme = o.IsBuy ? high : low;
            var distance = (long)o.Asked.Trail << 16;
            if (o.IsBuy ? high >= o.Extreme + distance : low <= o.Extreme - distance)
            {
                o.Phase = TwinPhase.Woken;
                WakeUp(o);
            }
            o.Extreme = o.IsBuy ? Math.Min(o.Extreme, low) : Math.Max(o.Extreme, high);
        }
    }

    // ---- Auction ----
    void TakeInCall(TwinOrder o)
    {
        var market = o.Asked.Type == OrderType.Market;
        foreach (var maker in InPriority(Opposite(o)).ToList())
        {
            if (!_orders.Contains(o) || (!market && !Reaches(o.IsBuy, o.Limit, maker.Price)))
                break;
            if (_orders.Contains(maker) && IsOwn(o, maker))
                MeetOwn(o, maker);
        }
        if (!_orders.Contains(o))
            return;
        var room = o.IsReduceOnly ? Math.Max(0, Restable(o)) : o.Leaves;
        if (room < o.Leaves)
            Shrink(o, o.Leaves - room, EndReason.ReduceOnlyTrim);
        if (o.Leaves == 0)
            EndOrPark(o, EndReason.ReduceOnlyTrim);
        else
            Rest(o, !market ? o.Limit : o.IsBuy ? uint.MaxValue : 0);
    }

    void EndCall()
    {
        var collar = Band(rules.CollarPpm, _extensions + 1);
        var best = BestTicks();
        var isUnsure = rules.Kind != InstrumentKind.Spot && rules.CollarPpm != 0 && !_markValid;
        if (best.Count > 0 && (isUnsure || Allowed(best, collar).Count == 0))
        {
            if (_extensions < rules.ExtensionsMax)
            {
                _extensions++;
                Enter(BookState.Call, _callEnd + rules.CallLength);
                return;
            }
            if (Allowed(best, collar).Count == 0) Cut(collar);
        }
        var exhausted = _extensions >= rules.ExtensionsMax && rules.ExtensionsMax > 0;
        uint printed = 0;
        long total = 0;
        for (best = BestTicks(); best.Count > 0; best = BestTicks())
        {
            var allowed = Allowed(best, collar);
            if (allowed.Count == 0)
            {
                Cut(collar);
                continue;
            }
            var wanted = Preferred(best);
            printed = allowed.MinBy(t => Math.Abs((long)t - wanted));
            for (var left = Demand(best[0]) < Supply(best[0]) ? Demand(best[0]) : Supply(best[0]); left > 0;)
            {
                var buyer = InPriority(_orders.Where(o => o.Phase == TwinPhase.Resting && o.IsBuy)).FirstOrDefault();
                var seller = InPriority(_orders.Where(o => o.Phase == TwinPhase.Resting && !o.IsBuy)).FirstOrDefault();
                if (buyer == null || seller == null || buyer.Price < printed || seller.Price > printed)
                    break;
                var lots = Math.Min(left, Math.Min(buyer.Visible, seller.Visible));
                Trade(buyer, seller, printed, lots, MatchEventKind.AuctionFill);
                total += lots;
                left -= lots;
            }
        }
        if (printed != 0)
            _reference = (long)printed << 16;
        Events.Add(new MatchEvent
        {
            Kind = MatchEventKind.Uncrossed,
            Instrument = rules.Instrument,
            Price = printed,
            Quantity = total,
        });
        EndWhere(o => o.Asked.Flags.HasFlag(OrderConditions.AuctionOnly));
        Enter(exhausted && !IsSpot ? BookState.ReduceOnly : BookState.Open, 0);
        _extensions = 0;
        Finish();
    }

    void Cut((long Low, long High) collar) => EndWhere(o => o.Asked.Type == OrderType.Market
        || (o.IsBuy ? o.Price > collar.High : o.Price < collar.Low));

    void EndWhere(Func<TwinOrder, bool> condition)
    {
        foreach (var o in _orders.Where(o => o.Phase == TwinPhase.Resting && condition(o)).ToList())
        {
            if (_orders.Contains(o))
                End(o, EndReason.AuctionResidual);
        }
    }

    long Demand(uint price) =>
        _orders.Where(o => o.Phase == TwinPhase.Resting && o.IsBuy && o.Price >= price).Sum(o => o.Leaves);

    long Supply(uint price) =>
        _orders.Where(o => o.Phase == TwinPhase.Resting && !o.IsBuy && o.Price <= price).Sum(o => o.Leaves);

    // Every tick there is: those of most volume, and of these those of least surplus.
    List<uint> BestTicks()
    {
        var limits =
            _orders.Where(o => o.Phase == TwinPhase.Resting && o.Asked.Type != OrderType.Market).Select(o =>
                o.Price).ToList();
        var ticks = new List<uint>();
        if (limits.Count > 0)
        {
            for (var t = limits.Min(); t <= limits.Max(); t++)
                ticks.Add(t);
        }
        else if (_reference >> 16 != 0)
        {
            ticks.Add((uint)(_reference >> 16));
        }
        var rated =
            ticks.ConvertAll(t =>
                (Tick: t, Volume: Math.Min(Demand(t), Supply(t)), Surplus: Math.Abs(Demand(t) - Supply(t))));
        rated = [.. rated.Where(t => t.Volume > 0)];
        if (rated.Count == 0)
            return [];
        var most = rated.Max(t => t.Volume);
        rated = [.. rated.Where(t => t.Volume == most)];
        var least = rated.Min(t => t.Surplus);
        return [.. rated.Where(t => t.Surplus == least).Select(t => t.Tick)];
    }

    long Preferred(List<uint> best)
    {
        if (best.TrueForAll(t => Demand(t) > Supply(t)))
            return best[^1];
        if (best.TrueForAll(t => Demand(t) < Supply(t)))
            return best[0];
        return Math.Clamp(_reference >> 16, best[0], best[^1]);
    }

    List<uint> Allowed(List<uint> best, (long Low, long High) collar)
    {
        var markets = _orders.Where(o => o.Phase == TwinPhase.Resting && o.Asked.Type == OrderType.Market).ToList();
        return [.. best.Where(t => t >= collar.Low && t <= collar.High
            && markets.TrueForAll(o => o.IsBuy ? t <= o.Limit : t >= o.Limit))];
    }

    // ---- Small questions ----
    long Source(PriceSource source) => source switch
    {
        PriceSource.Last => _last,
        PriceSource.Mark => _markValid ? _mark : 0,
        _ => _index,
    };

    bool TryLimit(TwinOrder o, uint price, out uint limit)
    {
        var (low, high) = Band(rules.BandPpm, 1);
        limit = !o.IsMarket ? price : o.IsBuy ? (uint)high : (uint)low;
        return !o.IsMarket || rules.BandPpm == 0 || _reference != 0;
    }

    (long Low, long High) Band(int ppm, int times)
    {
        if (ppm == 0 || _reference == 0)
            return (1, rules.PriceMax);
        var reach = Math.Min(1_000_000m, (decimal)ppm * times);
        var high = Math.Floor(_reference * (1_000_000 + reach) / 1_000_000 / 65536);
        var low = Math.Ceiling(_reference * (1_000_000 - reach) / 1_000_000 / 65536);
        return ((long)Math.Max(1, low), (long)Math.Max(1, Math.Min(high, rules.PriceMax)));
    }

    uint PegPrice(in OrderRequest r)
    {
        var buy = r.Side == Side.Buy;
        decimal reference;
        if (r.Peg == PegReference.Mark)
        {
            var mark = Source(PriceSource.Mark) / 65536m;
            reference = buy ? Math.Floor(mark) : Math.Ceiling(mark);
        }
        else
        {
            var own = _orders.Where(o => o.Phase == TwinPhase.Resting && o.Asked.Type != OrderType.Pegged).ToList();
            if (!own.Exists(o => o.IsBuy) || !own.Exists(o => !o.IsBuy))
                return 0;
            var middle =
                (own.Where(o => o.IsBuy).Max(o => o.Price) + (decimal)own.Where(o => !o.IsBuy).Min(o => o.Price)) / 2;
            reference = buy ? Math.Floor(middle) : Math.Ceiling(middle);
        }
        if (reference == 0)
            return 0;
        var price = (long)reference + r.PegOffset;
        var opposite = Best(new TwinOrder { Asked = r });
        price = buy ? Math.Min(price, r.Price) : Math.Max(price, r.Price);
        if (opposite != null)
            price = buy ? Math.Min(price, opposite.Price - 1L) : Math.Max(price, opposite.Price + 1L);
        while (price % rules.PriceStep != 0)
            price += buy ? -1 : 1;
        return price >= 1 && price <= rules.PriceMax ? (uint)price : 0;
    }

    long Reducible(TwinOrder o) => Math.Max(0, o.IsBuy ? -PositionOf(o.Asked.Account) : PositionOf(o.Asked.Account));

    long Restable(TwinOrder o) =>
        Reducible(o) - _orders.Where(x => x != o && x.Phase == TwinPhase.Resting && x.IsReduceOnly
        && x.Asked.Account == o.Asked.Account && x.Asked.Side == o.Asked.Side).Sum(x => x.Leaves);

    static bool Reaches(bool buy, uint limit, uint price) => buy ? price <= limit : price >= limit;

    static bool IsOwn(TwinOrder a, TwinOrder b) => a.Asked.SelfTradeScope == SelfTradeScope.Master
        ? a.Asked.Master == b.Asked.Master
        : a.Asked.Account == b.Asked.Account;

    IEnumerable<TwinOrder> Opposite(TwinOrder o) =>
        _orders.Where(x => x.Phase == TwinPhase.Resting && x.IsBuy != o.IsBuy);

    TwinOrder? Best(TwinOrder taker) => InPriority(Opposite(taker)).FirstOrDefault();

    static IEnumerable<TwinOrder> InPriority(IEnumerable<TwinOrder> orders) =>
        orders.OrderBy(o => o.IsBuy ? -(long)o.Price : o.Price).ThenBy(o => o.Nonce);

    TwinOrder Add(ulong id, in OrderRequest r)
    {
        var o = new TwinOrder { Id = id, Asked = r, Leaves = r.Quantity, Price = r.Price, Limit = r.Price };
        Insert(o);
        return o;
    }

    void Insert(TwinOrder o)
    {
        var at = _orders.FindIndex(x => x.Id > o.Id);
        _orders.Insert(at < 0 ? _orders.Count : at, o);
    }

    void Enter(BookState state, long until)
    {
        State = state;
        _callEnd = until;
        Events.Add(new MatchEvent
        {
            Kind = MatchEventKind.StateChanged,
            Instrument = rules.Instrument,
            State = state,
            Quantity = until,
        });
    }

    void Tell(
        MatchEventKind kind,
        TwinOrder o,
        long quantity = 0,
        EndReason reason = EndReason.None,
        uint? price = null,
        TwinOrder? other = null,
        long? leaves = null) => Events.Add(new MatchEvent
        {
            Kind = kind,
            Instrument = rules.Instrument,
            OrderId = o.Id,
            Account = o.Asked.Account,
            Side = o.Asked.Side,
            Flags = o.Asked.Flags,
            Limit = o.Limit,
            Price = price ?? o.Price,
            Leaves = leaves ?? o.Leaves,
            Nonce = o.Nonce,
            ClientId = o.Asked.ClientId,
            Quantity = quantity,
            Reason = reason,
            WasLive = kind is MatchEventKind.Reduced or MatchEventKind.Ended && o.IsLive,
            OtherId = other?.Id ?? 0,
            OtherAccount = other?.Asked.Account ?? 0,
            OtherFlags = other?.Asked.Flags ?? OrderConditions.None,
            OtherLimit = other?.Limit ?? 0,
            OtherLeaves = other?.Leaves ?? 0,
        });
}
