using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// The match loop, what a fill entails, and how orders end.
public sealed partial class OrderBook
{
    int _plan;

    // Steps 12 and 13: trade what crosses, then rest or cancel what is left.
    void Take(int slot, long quantity)
    {
        ref var o = ref _orders[slot];
        o.Phase = OrderPhase.Taking;
        o.Nonce = ++_nonce;
        ref var opened = ref NewEvent(MatchEventKind.Opened, o);
        opened.Quantity = o.Leaves;
        if (quantity < o.Leaves)
            ShrinkLeaves(slot, o.Leaves - quantity, EndReason.ReduceOnlyTrim);
        if (_state == BookState.Call)
        {
            EnterCallQueue(slot);
            return;
        }
        if (o.Type == OrderType.Pegged)
        {
            RestPegged(slot);
            return;
        }
        Match(slot);
        if (o.Phase == OrderPhase.Taking)
            RestOrCancel(slot);
    }

    void Match(int slot)
    {
        ref var taker = ref _orders[slot];                       // the pool does not grow before the loop is over
        var opposite = 1 - (int)taker.Side;
        while (taker.Phase == OrderPhase.Taking && taker.Leaves > 0)
        {
            var best = _best[opposite];
            if (best < 0)
                return;
            var price = _levels[best].Price;
            if (!IsReached(taker.Side, taker.Limit, price))
                return;
            if (price < _volatilityLow || price > _volatilityHigh)
            {
                End(slot, EndReason.VolatilityHalt);
                EnterState(BookState.Call, _now + _rules.CallLength);
                return;
            }
            var head = _levels[best].Head;
            if (IsOwn(taker, _orders[head]))
                PreventSelfTrade(slot, head);
            else
                Trade(slot, head, price, Math.Min(taker.Leaves, _orders[head].Visible), MatchEventKind.Fill);
        }
        if (taker.Phase == OrderPhase.Taking && taker.Leaves == 0)
            EndOrPark(slot, EndReason.Filled);
    }

    static bool IsOwn(in Order taker, in Order maker) =>
        taker.SelfTradeScope == SelfTradeScope.Account ? taker.Account == maker.Account : taker.Master == maker.Master;

    void PreventSelfTrade(int slot, int head)
    {
        ref var taker = ref _orders[slot];
        var mode = taker.SelfTrade;
        if (mode == SelfTradePrevention.Reduce)
        {
            var both = Math.Min(taker.Leaves, _state == BookState.Call ? _orders[head].Leaves : _orders[head].Visible);
            TakeFromTaker(slot, both);
            TakeFromMaker(head, both, EndReason.SelfTrade);
            if (taker.Phase == OrderPhase.Taking && taker.Leaves == 0)       // an exit may have gone with its entry
                EndOrPark(slot, EndReason.SelfTrade);
            return;
        }
        if (mode is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
            End(head, EndReason.SelfTrade);
        if (mode is SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth
            && taker.Phase == OrderPhase.Taking)
            End(slot, EndReason.SelfTrade);
    }

    void TakeFromTaker(int slot, long lots)
    {
        ref var taker = ref _orders[slot];
        taker.Leaves -= lots;
        ref var e = ref NewEvent(MatchEventKind.Reduced, taker);
        e.Quantity = lots;
        e.Reason = EndReason.SelfTrade;
        e.WasLive = true;
        if (taker.Sibling >= 0)
            ShrinkSibling(taker.Sibling, lots);
    }

    // A maker gives lots from its visible slice, as in a trade, but nothing is traded.
    void TakeFromMaker(int slot, long lots, EndReason reason)
    {
        ref var maker = ref _orders[slot];
        ConsumeSlice(slot, lots);
        ref var e = ref NewEvent(MatchEventKind.Reduced, maker);
        e.Quantity = lots;
        e.Reason = reason;
        e.WasLive = true;
        if (maker.Sibling >= 0)
            ShrinkSibling(maker.Sibling, lots);
        AfterSlice(slot, reason);
    }

    void Trade(int slot, int head, uint price, long lots, MatchEventKind kind)
    {
        ref var taker = ref _orders[slot];
        ref var maker = ref _orders[head];
        if (taker.Phase == OrderPhase.Resting)                   // in an uncross both sides rest
            ConsumeSlice(slot, lots);
        else
            taker.Leaves -= lots;
        taker.Filled += lots;
        maker.Filled += lots;
        ConsumeSlice(head, lots);
        Print(price);

        ref var e = ref NewEvent(kind, taker);
        e.Price = price;
        e.Quantity = lots;
        e.OtherId = maker.Id;
        e.OtherAccount = maker.Account;
        e.OtherFlags = maker.Flags;
        e.OtherLimit = maker.Limit;
        e.OtherLeaves = maker.Leaves;

        var takerAccount = taker.Account;
        var makerAccount = maker.Account;
        if (_rules.Kind != InstrumentKind.Spot)
        {
            var signed = taker.Side == Side.Buy ? lots : -lots;
            MovePosition(takerAccount, signed);
            MovePosition(makerAccount, -signed);
        }
        AfterFill(slot, lots);
        AfterFill(head, lots);
        AfterSlice(head, EndReason.Filled);
        if (kind == MatchEventKind.AuctionFill)
            AfterSlice(slot, EndReason.Filled);
        if (_rules.Kind != InstrumentKind.Spot)
        {
            TrimReduceOnly(takerAccount);
            TrimReduceOnly(makerAccount);
        }
    }

    void ConsumeSlice(int slot, long lots)
    {
        ref var o = ref _orders[slot];
        CountReduceOnly(o, -lots);
        _levels[o.Level].Total -= lots;
        o.Leaves -= lots;
        o.Visible = Math.Max(0, o.Visible - lots);               // a call's self-trade may reach the hidden part
    }

    // Groups hear of a fill before the next maker is looked at.
    void AfterFill(int slot, long lots)
    {
        ref var o = ref _orders[slot];
        if (o.Sibling >= 0)
            ShrinkSibling(o.Sibling, lots);
        if (o.Child >= 0)
            Arm(slot, lots);
    }

    // An empty order ends; an iceberg shows its next slice at the tail of the queue.
    void AfterSlice(int slot, EndReason reason)
    {
        ref var o = ref _orders[slot];
        if (o.Phase != OrderPhase.Resting)
            return;
        if (o.Leaves == 0)
        {
            EndOrPark(slot, reason);
            return;
        }
        if (o.Visible != 0)
            return;
        var price = o.Price;
        Unlink(slot);
        o.Visible = Math.Min(o.Display, o.Leaves);
        Link(slot, price);
        _ = NewEvent(MatchEventKind.Rested, o);
    }

    void RestOrCancel(int slot)
    {
        ref var o = ref _orders[slot];
        if (IsMarket(o.Type) || o.TimeInForce >= TimeInForce.ImmediateOrCancel)
        {
            EndOrPark(slot, EndReason.ImmediateResidual);
            return;
        }
        if ((o.Flags & OrderConditions.ReduceOnly) != OrderConditions.None)
        {
            var room = RestableReduceOnly(o.Account, o.Side);
            if (room < o.Leaves)
                ShrinkLeaves(slot, o.Leaves - room, EndReason.ReduceOnlyTrim);
            if (o.Leaves == 0)
            {
                EndOrPark(slot, EndReason.ReduceOnlyTrim);
                return;
            }
        }
        Rest(slot, o.Limit);
    }

    void Rest(int slot, uint price)
    {
        ref var o = ref _orders[slot];
        o.Visible = o.Display != 0 ? Math.Min(o.Display, o.Leaves) : o.Leaves;
        Link(slot, price);
        _ = NewEvent(MatchEventKind.Rested, o);
    }

    void Print(uint price)
    {
        _sources[(int)PriceSource.Last] = (long)price << 16;
        _lastLow = Math.Min(_lastLow, price);
        _lastHigh = Math.Max(_lastHigh, price);
    }

    void MovePosition(int account, long lots)
    {
        ref var a = ref AccountOf(account);
        a.Position += lots;
        Invariant.Holds(Math.Abs(a.Position) < 1L << 55);
    }

    // Resting reduce-only orders may never add up to more than the position; the least likely to trade gives way first.
    void TrimReduceOnly(int account)
    {
        ref var a = ref _accounts[account];
        if (a.ReduceOnlyBuys == 0 && a.ReduceOnlySells == 0)
            return;
        while (a.ReduceOnlyBuys > Reducible(account, Side.Buy))
            TrimWorst(account, Side.Buy, a.ReduceOnlyBuys - Reducible(account, Side.Buy));
        while (a.ReduceOnlySells > Reducible(account, Side.Sell))
            TrimWorst(account, Side.Sell, a.ReduceOnlySells - Reducible(account, Side.Sell));
    }

    void TrimWorst(int account, Side side, long excess)
    {
        var worst = None;
        for (var slot = _accounts[account].Head - 1; slot >= 0; slot = _orders[slot].AccountNext)
        {
            ref var o = ref _orders[slot];
            if (o.Phase != OrderPhase.Resting || o.Side != side
                || (o.Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
                continue;
            if (worst < 0 || IsBetter((int)side, _orders[worst].Price, o.Price)
                || (o.Price == _orders[worst].Price && o.Nonce > _orders[worst].Nonce))
                worst = slot;
        }
        Invariant.Holds(worst >= 0);
        if (_orders[worst].Leaves <= excess)
            End(worst, EndReason.ReduceOnlyTrim);
        else
            ShrinkLeaves(worst, excess, EndReason.ReduceOnlyTrim);
    }

    // A live or waiting order loses lots, the hidden ones first, and keeps its place.
    void ShrinkLeaves(int slot, long lots, EndReason reason)
    {
        ref var o = ref _orders[slot];
        Invariant.Holds(lots > 0 && lots <= o.Leaves);
        if (o.Phase == OrderPhase.Resting)
            CountReduceOnly(o, -lots);
        if (o.Level >= 0)
            _levels[o.Level].Total -= lots;
        o.Leaves -= lots;
        o.Visible = Math.Min(o.Visible, o.Leaves);
        ref var e = ref NewEvent(MatchEventKind.Reduced, o);
        e.Quantity = lots;
        e.Reason = reason;
        e.WasLive = IsLive(o.Phase);
    }

    // An exit whose entry lives goes back to sleep instead of ending: more may be armed.
    void EndOrPark(int slot, EndReason reason)
    {
        ref var o = ref _orders[slot];
        if (o.Parent < 0 || o.Leaves != 0)
        {
            End(slot, reason);
            return;
        }
        Detach(slot);
        o.Phase = OrderPhase.Held;
    }

    // The one way out of the book. Who depends on the order hears of it: a sibling ends unless the order was filled.
    void End(int slot, EndReason reason)
    {
        ref var o = ref _orders[slot];
        Detach(slot);
        ref var e = ref NewEvent(MatchEventKind.Ended, o);
        e.Quantity = o.Leaves;
        e.Reason = reason;
        e.WasLive = IsLive(o.Phase);
        _fates[o.Id % FateRing] = (o.Id << 1) | (reason == EndReason.Filled ? 1UL : 0);
        var (sibling, parent, child) = (o.Sibling, o.Parent, o.Child);
        Release(slot);
        if (sibling >= 0)
            _orders[sibling].Sibling = None;
        if (parent >= 0 && _orders[parent].Child == slot)
            _orders[parent].Child = sibling;
        if (sibling >= 0 && reason != EndReason.Filled)
            End(sibling, EndReason.GroupEnded);
        if (child >= 0)
            ReleaseChildren(child);
    }

    /// <summary>
    /// Lots, up to a need, that an order would trade at once. Walks the queue as the match loop would, and writes
    /// scratch alone.
    /// </summary>
    long Fillable(in OrderRequest r, uint limit, long need)
    {
        var opposite = 1 - (int)r.Side;
        var stopsAtOwn = r.SelfTrade != SelfTradePrevention.ExpireMaker;
        var found = 0L;
        StartPlan();
        for (var level = _best[opposite]; level >= 0 && found < need;
             level = _ladders[opposite].After(_levels[level].Price, descending: opposite == 0))
        {
            var price = _levels[level].Price;
            if (!IsReached(r.Side, limit, price) || price < _volatilityLow || price > _volatilityHigh)
                break;
            if (PlanLevel(r, level, stopsAtOwn, need, ref found))
                break;
        }
        return found;
    }

    // What carries another number is of an older plan. When the numbers are used up, all are taken back.
    void StartPlan()
    {
        if (_plan == int.MaxValue)
        {
            foreach (ref var order in _orders.AsSpan())
                order.Plan = 0;
            foreach (ref var account in _accounts.AsSpan())
                account.Plan = 0;
            _plan = 0;
        }
        _plan++;
    }

    // Pass k hands out the k-th slice of every order that has one. True: the sweep ends here.
    bool PlanLevel(in OrderRequest r, int level, bool stopsAtOwn, long need, ref long found)
    {
        for (var more = true; more;)
        {
            more = false;
            for (var slot = _levels[level].Head; slot >= 0 && found < need; slot = _orders[slot].Next)
            {
                ref var maker = ref _orders[slot];
                var isOwn = r.SelfTradeScope == SelfTradeScope.Account ? r.Account == maker.Account
                    : r.Master == maker.Master;
                if (isOwn && stopsAtOwn)
                    return true;
                if (isOwn)
                    continue;
                var taken = maker.Plan == _plan ? maker.PlanTaken : 0;
                var slice = taken == 0 ? maker.Visible : Math.Min(maker.Display, maker.Leaves - taken);
                slice = Math.Min(Math.Min(slice, PlanClamp(maker)), need - found);
                if (slice <= 0)
                    continue;
                maker.Plan = _plan;
                maker.PlanTaken = taken + slice;
                PlanMove(maker, slice);
                found += slice;
                more |= maker.PlanTaken < maker.Leaves && maker.Display != 0;
            }
        }
        return false;
    }

    // What reduce-only and an OCO fellow's planned fills leave of a maker.
    long PlanClamp(in Order maker)
    {
        var room = maker.Leaves;
        if (maker.Sibling >= 0 && _orders[maker.Sibling].Plan == _plan)
            room -= _orders[maker.Sibling].PlanTaken;
        if ((maker.Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
            return room;
        ref var account = ref _accounts[maker.Account];
        var position = account.Plan == _plan ? account.PlanPosition : account.Position;
        return Math.Min(room, maker.Side == Side.Buy ? -position : position);
    }

    void PlanMove(in Order maker, long lots)
    {
        if (_rules.Kind == InstrumentKind.Spot)
            return;
        ref var account = ref _accounts[maker.Account];
        if (account.Plan != _plan)
        {
            account.Plan = _plan;
            account.PlanPosition = account.Position;
        }
        account.PlanPosition += maker.Side == Side.Buy ? lots : -lots;
    }
}
