using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// The call phase and its uncross: one price at which the most changes hands.
public sealed partial class OrderBook
{
    long _callEnd;
    int _extensions;

    /// <summary>Starts a call phase that ends by itself at a time: an opening, or the end of a halt.</summary>
    public RejectCode StartCall(long end, long now)
    {
        if (_state >= BookState.Settling)
            return RejectCode.InstrumentClosed;
        if (end <= now || _state == BookState.Call)
            return RejectCode.MalformedCommand;
        _extensions = 0;
        EnterState(BookState.Call, end);
        return RejectCode.None;
    }

    /// <summary>The price an uncross would have now, and the volume; nothing changes.</summary>
    public (uint Price, long Volume) IndicativeUncross()
    {
        var auction = FindUncross();
        return (auction.Price, auction.Volume);
    }

    // In a call an order meets only its owner's orders: what would be a self-trade at one price is settled on the way
    // in.
    void EnterCallQueue(int slot)
    {
        ref var o = ref _orders[slot];
        var reach = o.Type != OrderType.Market ? o.Limit : o.Side == Side.Buy ? AuctionMarketBuy : AuctionMarketSell;
        while (o.Phase == OrderPhase.Taking && FirstOwn(o, reach) is var own and >= 0)
            PreventSelfTrade(slot, own);                         // one of the two is gone afterwards
        if (o.Phase == OrderPhase.Taking)
            RestInCall(slot, reach);
    }

    int FirstOwn(in Order o, uint reach)
    {
        var opposite = 1 - (int)o.Side;
        for (var level = _best[opposite]; level >= 0; level =
            _ladders[opposite].After(_levels[level].Price, opposite == 0))
        {
            if (o.Type != OrderType.Market && !IsReached(o.Side, reach, _levels[level].Price))
                return None;
            for (var head = _levels[level].Head; head >= 0; head = _orders[head].Next)
            {
                if (IsOwn(o, _orders[head]))
                    return head;
            }
        }
        return None;
    }

    void RestInCall(int slot, uint price)
    {
        ref var o = ref _orders[slot];
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
        Rest(slot, price);
    }

    // The end of a call: trade if the price is inside the collar and a contract's mark is valid, else wait longer with
    // a wider one, at last cut what is outside.
    void EndCall()
    {
        var collar = Band(_rules.CollarPpm, _extensions + 1);
        var auction = FindUncross();
        var isInside = TryClamp(auction, collar, out _);
        var isSure = _rules.Kind == InstrumentKind.Spot || _rules.CollarPpm == 0 || _markValid;
        if (auction.Volume > 0 && !(isInside && isSure))
        {
            if (_extensions < _rules.ExtensionsMax)
            {
                _extensions++;
                EnterState(BookState.Call, _callEnd + _rules.CallLength);
                return;
            }
            if (!isInside)
                CutToCollar(collar);
        }
        var exhausted = _extensions >= _rules.ExtensionsMax && _rules.ExtensionsMax > 0;
        Uncross(collar);
        EndAuctionOrders();
        EnterState(exhausted && _rules.Kind != InstrumentKind.Spot ? BookState.ReduceOnly : BookState.Open, 0);
        _extensions = 0;
        AfterCommand();
    }

    void Uncross((uint Low, uint High) collar)
    {
        uint printed = 0;
        var total = 0L;
        // Reduce-only trims on the way can leave a crossing behind: then there is another round.
        for (var auction = FindUncross(); auction.Volume > 0; auction = FindUncross())
        {
            if (!TryClamp(auction, collar, out var price))
            {
                CutToCollar(collar);
                continue;
            }
            for (var left = auction.Volume; left > 0;)
            {
                if (_best[0] < 0 || _best[1] < 0 || BestBid < price || BestAsk > price)
                    break;
                var buyer = _levels[_best[0]].Head;
                var seller = _levels[_best[1]].Head;
                var lots = Math.Min(left, Math.Min(_orders[buyer].Visible, _orders[seller].Visible));
                Trade(buyer, seller, price, lots, MatchEventKind.AuctionFill);
                left -= lots;
                total += lots;
            }
            printed = price;
        }
        if (printed != 0)
            SetReference((long)printed << 16);
        ref var e = ref NewEvent(MatchEventKind.Uncrossed);
        e.Price = printed;
        e.Quantity = total;
    }

    // The best prices without regard to the collar, as an interval, and the choice the rule makes in it.
    UncrossResult FindUncross()
    {
        var result = new UncrossResult();
        var (lowest, highest) = LimitRange();
        if (lowest == 0)
        {
            OnlyMarketOrders(ref result);
            return result;
        }
        var demand = SumAtOrAbove(lowest);
        var supply = SumBelow(lowest);
        var bid = NextLimit(0, lowest, inclusive: true);         // levels upwards from the lowest limit
        var ask = NextLimit(1, lowest, inclusive: true);
        for (var start = lowest; start <= highest;)
        {
            // Supply grows at an ask's own price; demand falls just above a bid's.
            while (ask >= 0 && _levels[ask].Price == start)
            {
                supply += _levels[ask].Total;
                ask = _ladders[1].After(start, descending: false);
            }
            var end = highest;
            if (ask >= 0)
                end = Math.Min(end, _levels[ask].Price - 1);
            if (bid >= 0)
                end = Math.Min(end, _levels[bid].Price);
            result.Offer(start, end, demand, supply);
            while (bid >= 0 && _levels[bid].Price == end)
            {
                demand -= _levels[bid].Total;
                bid = UpwardLimit(0, end);
            }
            if (end == uint.MaxValue)
                break;
            start = end + 1;
        }
        result.Choose(_reference);
        return result;
    }

    int UpwardLimit(int side, uint price)
    {
        var next = _ladders[side].After(price, descending: false);
        return next >= 0 && _levels[next].Price == AuctionMarketBuy && side == 0 ? None : next;
    }

    // First level of a side at or above a price, market orders aside.
    int NextLimit(int side, uint price, bool inclusive)
    {
        var at = _ladders[side].Find(price);
        if (inclusive && at >= 0)
            return at;
        for (var level = _ladders[side].First(highest: false); level >= 0;
             level = _ladders[side].After(_levels[level].Price, descending: false))
        {
            if (_levels[level].Price > price)
                return side == 0 && _levels[level].Price == AuctionMarketBuy ? None : level;
        }
        return None;
    }

    (uint Lowest, uint Highest) LimitRange()
    {
        uint lowest = uint.MaxValue, highest = 0;
        for (var side = 0; side < 2; side++)
        {
            for (var level = _ladders[side].First(highest: false); level >= 0;
                 level = _ladders[side].After(_levels[level].Price, descending: false))
            {
                var price = _levels[level].Price;
                if (price is AuctionMarketBuy or AuctionMarketSell)
                    continue;
                lowest = Math.Min(lowest, price);
                highest = Math.Max(highest, price);
            }
        }
        return highest == 0 ? (0, 0) : (lowest, highest);
    }

    long SumAtOrAbove(uint price)
    {
        var sum = 0L;
        for (var level = _best[0]; level >= 0 && _levels[level].Price >= price;
             level = _ladders[0].After(_levels[level].Price, descending: true))
            sum += _levels[level].Total;
        return sum;
    }

    long SumBelow(uint price)
    {
        var sum = 0L;
        for (var level = _best[1]; level >= 0 && _levels[level].Price < price;
             level = _ladders[1].After(_levels[level].Price, descending: false))
            sum += _levels[level].Total;
        return sum;
    }

    void OnlyMarketOrders(ref UncrossResult result)
    {
        var price = (uint)(_reference >> 16);
        if (price == 0 || _best[0] < 0 || _best[1] < 0)
            return;
        result.Offer(price, price, _levels[_best[0]].Total, _levels[_best[1]].Total);
        result.Choose(_reference);
    }

    // The chosen price, moved into the collar and inside the protection of market orders, as far as the best interval
    // allows.
    bool TryClamp(in UncrossResult auction, (uint Low, uint High) collar, out uint price)
    {
        var low = Math.Max(auction.Low, collar.Low);
        var high = Math.Min(auction.High, collar.High);
        if (BestBid == AuctionMarketBuy)
        {
            for (var slot = _levels[_best[0]].Head; slot >= 0; slot = _orders[slot].Next)
                high = Math.Min(high, _orders[slot].Limit);
        }
        if (_best[1] >= 0 && BestAsk == AuctionMarketSell)
        {
            for (var slot = _levels[_best[1]].Head; slot >= 0; slot = _orders[slot].Next)
                low = Math.Max(low, _orders[slot].Limit);
        }
        price = Math.Max(low, Math.Min(auction.Price, high));
        return low <= high;
    }

    // The last resort: every order that insists on a price outside, and every market order, is cancelled.
    void CutToCollar((uint Low, uint High) collar)
    {
        for (var slot = 0; slot < _ordersUsed; slot++)
        {
            ref var o = ref _orders[slot];
            if (o.Phase == OrderPhase.Resting && (o.Type == OrderType.Market
                || (o.Side == Side.Buy ? o.Price > collar.High : o.Price < collar.Low)))
                AddScratch(o.Id);
        }
        EndScratch();
    }

    void EndAuctionOrders()
    {
        for (var slot = 0; slot < _ordersUsed; slot++)
        {
            ref var o = ref _orders[slot];
            if (o.Phase == OrderPhase.Resting && (o.Flags & OrderConditions.AuctionOnly) != OrderConditions.None)
                AddScratch(o.Id);
        }
        EndScratch();
    }

    void EndScratch()
    {
        foreach (var id in SortedScratch())
        {
            var slot = _slots.Find(id);
            if (slot >= 0)
                End(slot, EndReason.AuctionResidual);
        }
    }
}
