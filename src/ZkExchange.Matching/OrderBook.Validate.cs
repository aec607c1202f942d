using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// The checks of specs/70-exchange-core.md section 3 steps 4 to 10. None of them changes anything.
public sealed partial class OrderBook
{
    const long QuantityLimit = 1L << 48;

    long _reference;                  // 32.16 ticks, 0 is unknown
    uint _bandLow;
    uint _bandHigh;
    uint _volatilityLow;
    uint _volatilityHigh;

    /// <summary>Whether the book would take an order now, and on which terms.</summary>
    public RejectCode Validate(in OrderRequest r, long now, out OrderTerms terms)
    {
        terms = default;
        var code = CheckShape(r, now);
        if (code != RejectCode.None)
            return code;
        if (OrdersOf(r.Account) >= _rules.OrdersPerAccountMax)
            return RejectCode.TooManyOrders;
        code = CheckState(r);
        if (code != RejectCode.None)
            return code;
        if (IsStop(r.Type))
        {
            terms = new OrderTerms(r.Price, r.Quantity, Waits: true);
            return CheckStop(r);
        }
        code = LimitOf(r.Type, r.Side, r.Price, out var limit);
        if (code != RejectCode.None)
            return code;
        code = CheckNotional(r.Quantity, limit, r.Type);
        if (code != RejectCode.None)
            return code;
        if (IsBeyondBand(r.Side, limit))
            return RejectCode.OutsidePriceBand;
        var quantity = r.Quantity;
        if ((r.Flags & OrderConditions.ReduceOnly) != OrderConditions.None)
        {
            quantity = Math.Min(quantity, Reducible(r.Account, r.Side));
            if (quantity == 0 || (quantity < r.Quantity && r.TimeInForce == TimeInForce.FillOrKill))
                return RejectCode.ReduceOnlyWouldIncrease;
        }
        if (r.Type == OrderType.Pegged && PegPrice(r.Peg, r.PegOffset, r.Side, r.Price) == 0)
            return RejectCode.NoReferencePrice;
        terms = new OrderTerms(limit, quantity, Waits: false);
        return CheckLiquidity(r, limit, quantity);
    }

    RejectCode CheckLiquidity(in OrderRequest r, uint limit, long quantity)
    {
        if ((r.Flags & OrderConditions.PostOnly) != OrderConditions.None && r.Type != OrderType.Pegged
            && Crosses(r.Side, limit))
            return RejectCode.PostOnlyWouldCross;
        if ((r.Flags & OrderConditions.ReduceOnly) != OrderConditions.None && !Crosses(r.Side, limit)
            && RestableReduceOnly(r.Account, r.Side) == 0)
            return RejectCode.ReduceOnlyWouldIncrease;
        if (r.TimeInForce == TimeInForce.FillOrKill && Fillable(r, limit, quantity) < quantity)
            return RejectCode.FillOrKillUnfilled;
        if (r.MinimumQuantity > 0
            && (r.MinimumQuantity > quantity || Fillable(r, limit, r.MinimumQuantity) < r.MinimumQuantity))
            return RejectCode.MinimumQuantityUnmet;
        return RejectCode.None;
    }

    // Enumerations, flags, steps and sizes: what can be said without looking at the market.
    RejectCode CheckShape(in OrderRequest r, long now)
    {
        if (r.Side > Side.Sell || r.Type > OrderType.Pegged || r.TimeInForce > TimeInForce.FillOrKill
            || (byte)r.Flags > 7 || r.SelfTrade > SelfTradePrevention.Reduce || r.SelfTradeScope > SelfTradeScope.Master
            || r.TriggerSource > PriceSource.Index || r.Peg > PegReference.Mark || r.Account < 0)
            return RejectCode.MalformedCommand;
        if (r.Quantity <= 0 || r.Quantity < _rules.QuantityMin)
            return RejectCode.QuantityTooSmall;
        if (r.Quantity > _rules.QuantityMax || r.Quantity >= QuantityLimit)
            return RejectCode.QuantityTooLarge;
        if (r.Quantity % _rules.LotStep != 0 || r.Display % _rules.LotStep != 0)
            return RejectCode.QuantityOffLot;
        var code = CheckPrices(r);
        return code != RejectCode.None ? code : CheckCombination(r, now);
    }

    RejectCode CheckPrices(in OrderRequest r)
    {
        var needsLimit = !IsMarket(r.Type);
        if (needsLimit != (r.Price != 0)
            || (IsStop(r.Type) && r.Type != OrderType.TrailingStop) != (r.TriggerPrice != 0)
            || (r.Type == OrderType.TrailingStop) != (r.Trail != 0))
            return RejectCode.MalformedCommand;
        if (r.Price > _rules.PriceMax || r.TriggerPrice > _rules.PriceMax || r.Trail > _rules.PriceMax)
            return RejectCode.PriceTooHigh;
        return r.Price % _rules.PriceStep != 0 ? RejectCode.PriceOffTick : RejectCode.None;
    }

    RejectCode CheckCombination(in OrderRequest r, long now)
    {
        var immediate = r.TimeInForce >= TimeInForce.ImmediateOrCancel;
        var reduceOnly = (r.Flags & OrderConditions.ReduceOnly) != OrderConditions.None;
        if (reduceOnly && _rules.Kind == InstrumentKind.Spot)
            return RejectCode.InvalidCombination;
        if ((r.Flags & OrderConditions.PostOnly) != OrderConditions.None
            && (immediate || r.Type is not (OrderType.Limit or OrderType.Pegged)))
            return RejectCode.InvalidCombination;
        if ((r.Flags & OrderConditions.AuctionOnly) != OrderConditions.None
            && (immediate || r.Type > OrderType.Market || r.Display != 0))
            return RejectCode.InvalidCombination;
        if (r.Type == OrderType.Market && !immediate && (r.Flags & OrderConditions.AuctionOnly) == OrderConditions.None)
            return RejectCode.InvalidCombination;
        if (IsStop(r.Type) && (r.TimeInForce == TimeInForce.FillOrKill || (immediate && !IsMarket(r.Type))
            || (r.Flags & ~OrderConditions.ReduceOnly) != OrderConditions.None))
            return RejectCode.InvalidCombination;
        if ((r.Type == OrderType.Pegged) != (r.Peg != PegReference.None)
            || (r.Type != OrderType.Pegged && r.PegOffset != 0)
            || (r.Type == OrderType.Pegged && (immediate || reduceOnly)))
            return RejectCode.InvalidCombination;
        if (r.MinimumQuantity != 0 && (r.TimeInForce != TimeInForce.ImmediateOrCancel || IsStop(r.Type)
            || r.MinimumQuantity < 0 || r.MinimumQuantity > r.Quantity))
            return RejectCode.InvalidCombination;
        if (r.Display != 0)
        {
            if (r.Type != OrderType.Limit || immediate || reduceOnly || r.Display < 0 || r.Display > r.Quantity)
                return RejectCode.InvalidCombination;
            if ((r.Quantity + r.Display - 1) / r.Display > BookRules.SlicesMax)
                return RejectCode.TooManySlices;
        }
        if ((r.TimeInForce == TimeInForce.GoodTillDate) != (r.Expiry != 0))
            return RejectCode.MalformedCommand;
        return r.Expiry != 0 && (r.Expiry <= now || r.Expiry - now > _rules.LifeMax)
            ? RejectCode.ExpiryOutOfRange
            : RejectCode.None;
    }

    RejectCode CheckState(in OrderRequest r)
    {
        var auctionOnly = (r.Flags & OrderConditions.AuctionOnly) != OrderConditions.None;
        switch (_state)
        {
            case BookState.Open:
                return auctionOnly ? RejectCode.OnlyInCall : RejectCode.None;
            case BookState.PostOnly:
                return r.Type == OrderType.Pegged || (r.Flags & OrderConditions.PostOnly) != OrderConditions.None
                    ? RejectCode.None
                    : RejectCode.PostOnlyState;
            case BookState.ReduceOnly:
                return auctionOnly || (r.Flags & OrderConditions.ReduceOnly) == OrderConditions.None
                    ? RejectCode.ReduceOnlyState : RejectCode.None;
            case BookState.Call:
                return r.Type > OrderType.Market || r.TimeInForce >= TimeInForce.ImmediateOrCancel
                    || (r.Flags & OrderConditions.PostOnly) != OrderConditions.None
                    ? RejectCode.NotInCall
                    : RejectCode.None;
            case BookState.Halted:
                return RejectCode.InstrumentHalted;
            default:
                return RejectCode.InstrumentClosed;
        }
    }

    // A stop whose trigger is already reached says so, rather than turning into another kind of order.
    RejectCode CheckStop(in OrderRequest r)
    {
        var source = SourceValue(r.TriggerSource);
        if (r.Type == OrderType.TrailingStop)
            return source == 0 ? RejectCode.NoReferencePrice : RejectCode.None;
        var code = CheckNotional(r.Quantity, r.Price == 0 ? r.TriggerPrice : r.Price, r.Type);
        if (code != RejectCode.None)
            return code;
        var trigger = (long)r.TriggerPrice << 16;
        var reached = source != 0 && (Rises(r.Type, r.Side) ? source >= trigger : source <= trigger);
        return reached ? RejectCode.WouldTriggerImmediately : RejectCode.None;
    }

    RejectCode CheckNotional(long quantity, uint limit, OrderType type)
    {
        var notional = (Int128)quantity * limit * _rules.QuotePerTickLot;        // < 2^(48 + 32 + 10)
        if (notional > _rules.NotionalMax && type != OrderType.Market)
            return RejectCode.NotionalTooLarge;
        return notional < _rules.NotionalMin ? RejectCode.NotionalTooSmall : RejectCode.None;
    }

    // A market order's limit is the edge of the band: it is never without one where a band is set.
    RejectCode LimitOf(OrderType type, Side side, uint price, out uint limit)
    {
        limit = price;
        if (!IsMarket(type))
            return RejectCode.None;
        if (_rules.BandPpm != 0 && _reference == 0)
            return RejectCode.NoReferencePrice;
        limit = side == Side.Buy ? _bandHigh : _bandLow;
        return RejectCode.None;
    }

    bool IsBeyondBand(Side side, uint limit) => side == Side.Buy ? limit > _bandHigh : limit < _bandLow;

    bool Crosses(Side side, uint limit)
    {
        var best = _best[1 - (int)side];
        return best >= 0 && IsReached(side, limit, _levels[best].Price);
    }

    static bool IsReached(Side taker, uint limit, uint price) => taker == Side.Buy ? price <= limit : price >= limit;

    /// <summary>Orders of an account here, the waiting ones included.</summary>
    public int OrdersOf(int account) => account < _accounts.Length ? _accounts[account].Orders : 0;

    // Lots by which an account may trade on a side without passing zero.
    long Reducible(int account, Side side)
    {
        var position = PositionOf(account);
        return Math.Max(0, side == Side.Buy ? -position : position);
    }

    // Of these, lots not yet spoken for by its resting reduce-only orders.
    long RestableReduceOnly(int account, Side side)
    {
        if (account >= _accounts.Length)
            return 0;
        ref var a = ref _accounts[account];
        return Math.Max(0, Reducible(account, side) - (side == Side.Buy ? a.ReduceOnlyBuys : a.ReduceOnlySells));
    }

    void UpdateBands()
    {
        (_bandLow, _bandHigh) = Band(_rules.BandPpm, 1);
        (_volatilityLow, _volatilityHigh) = Band(_rules.VolatilityBandPpm, 1);
    }

    // Ticks within reference * (1 -+ times * ppm), rounded inwards; everything where there is no band or no reference.
    (uint Low, uint High) Band(int ppm, int times)
    {
        if (ppm == 0 || _reference == 0)
            return (1, _rules.PriceMax);
        var reach = Math.Min(1_000_000L, (long)ppm * times);
        var high = Rounding.FloorDiv((Int128)_reference * (1_000_000 + reach), 1_000_000L << 16);
        var low = Rounding.CeilDiv((Int128)_reference * (1_000_000 - reach), 1_000_000L << 16);
        return ((uint)Int128.Max(1, low), (uint)Int128.Max(1, Int128.Min(high, _rules.PriceMax)));
    }

    long SourceValue(PriceSource source) => source == PriceSource.Mark && !_markValid ? 0 : _sources[(int)source];
}
