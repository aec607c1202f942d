using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// Orders: admission, execution, and what the books' events mean for money and positions.
public sealed partial class Venue
{
    CommandResult PlaceOrder(in Command c)
    {
        var r = c.Order;
        var code = CheckOwner(c.Instrument, ref r, out var market);
        if (code != RejectCode.None)
            return new CommandResult(code);
        market!.Book.Advance(_now);
        code = market.Book.Validate(r, _now, out var terms);
        if (code == RejectCode.None && !terms.Waits)
            code = Admit(market, r, ref terms, 1);
        if (code != RejectCode.None)
            return new CommandResult(code);
        var id = _nextOrder++;
        market.Book.Execute(id, r, terms);
        Finish(market);
        return new CommandResult(RejectCode.None, id);
    }

    CommandResult PlaceGroup(in Command c)
    {
        Span<OrderRequest> legs = [c.Order, c.Second, c.Third];
        legs = legs[..(c.Group == GroupKind.Bracket ? 3 : 2)];
        Market? market = null;
        for (var i = 0; i < legs.Length; i++)
        {
            var owner = CheckOwner(c.Instrument, ref legs[i], out market);
            if (owner != RejectCode.None)
                return new CommandResult(owner);
            if (i > 0 && legs[i].ClientId != 0
                && (legs[i].ClientId == legs[0].ClientId || legs[i].ClientId == legs[^1].ClientId
                && i != legs.Length - 1))
                return new CommandResult(RejectCode.DuplicateClientId);
        }
        Span<OrderTerms> terms = stackalloc OrderTerms[3];
        market!.Book.Advance(_now);
        var code = market.Book.ValidateGroup(c.Group, legs, _now, terms);
        var live = c.Group == GroupKind.OneCancelsOther && !terms[1].Waits ? 2 : 1;
        for (var i = 0; i < live && code == RejectCode.None; i++)
            code = Admit(market, legs[i], ref terms[i], live);
        if (code != RejectCode.None)
            return new CommandResult(code);
        var id = _nextOrder;
        _nextOrder += (ulong)legs.Length;
        market.Book.ExecuteGroup(c.Group, id, legs, terms[..legs.Length]);
        Finish(market);
        return new CommandResult(RejectCode.None, id);
    }

    RejectCode CancelOrder(in Command c)
    {
        var code = Resolve(c, out var market, out var id);
        if (code != RejectCode.None)
            return code;
        market!.Book.Advance(_now);
        code = market.Book.Cancel(id, c.Account);
        if (code == RejectCode.None)
            Finish(market);
        return code;
    }

    RejectCode AmendOrder(in Command c)
    {
        var code = Resolve(c, out var market, out var id);
        if (code != RejectCode.None)
            return code;
        market!.Book.Advance(_now);
        code = market.Book.ValidateAmend(id, c.Account, c.Price, c.Quantity, _now, out var plan);
        if (code != RejectCode.None)
            return code;
        if (plan.Effect == AmendEffect.Replace)
        {
            var terms = plan.Terms;
            code = AdmitAmended(market, id, plan.Request, ref terms);
            if (code != RejectCode.None)
                return code;
            plan = plan with { Terms = terms, Request = plan.Request with { Price = terms.Limit } };
        }
        market.Book.Amend(plan);
        Finish(market);
        return RejectCode.None;
    }

    CommandResult CancelAll(in Command c)
    {
        if (!IsCustomer(c.Account) || c.Sides > 2)
            return new CommandResult(c.Sides > 2 ? RejectCode.MalformedCommand : RejectCode.UnknownAccount);
        if (c.Instrument != -1 && MarketOf(c.Instrument) == null)
            return new CommandResult(RejectCode.UnknownInstrument);
        var count = 0;
        foreach (var market in _markets)
        {
            if (c.Instrument != -1 && c.Instrument != market.Number)
                continue;
            market.Book.Advance(_now);
            count += market.Book.CancelAll(c.Account, c.Sides == 0 ? null : (Side)(c.Sides - 1));
            Finish(market);
        }
        return new CommandResult(RejectCode.None, (ulong)count);
    }

    RejectCode ScheduleCancel(in Command c)
    {
        if (!IsCustomer(c.Account))
            return RejectCode.UnknownAccount;
        if (c.Quantity != 0 && c.Quantity <= _now)
            return RejectCode.ExpiryOutOfRange;
        foreach (var market in _markets)
        {
            market.Book.ScheduleCancel(c.Account, c.Quantity, _now);
            _nextDue = Math.Min(_nextDue, market.Book.NextDue);
        }
        return RejectCode.None;
    }

    RejectCode CheckOwner(int instrument, ref OrderRequest r, out Market? market)
    {
        market = MarketOf(instrument);
        if (market == null)
            return RejectCode.UnknownInstrument;
        if (!IsCustomer(r.Account))
            return RejectCode.UnknownAccount;
        if (r.ClientId != 0 && _clients.ContainsKey((r.Account, r.ClientId)))
            return RejectCode.DuplicateClientId;
        r.Master = _accounts[r.Account].Master;
        return market.Spec.Rules.Kind == InstrumentKind.Option ? RejectCode.MarginModelMissing : RejectCode.None;
    }

    RejectCode Resolve(in Command c, out Market? market, out ulong id)
    {
        id = c.OrderId;
        market = null;
        if (!IsCustomer(c.Account))
            return RejectCode.UnknownAccount;
        var instrument = c.Instrument;
        if (c.ClientId != 0)
        {
            if (!_clients.TryGetValue((c.Account, c.ClientId), out var found))
                return RejectCode.UnknownOrder;
            (id, instrument) = found;
        }
        market = MarketOf(instrument);
        if (market == null)
            return RejectCode.UnknownInstrument;
        return id != 0 && id < _nextOrder ? RejectCode.None : RejectCode.UnknownOrder;
    }

    void Finish(Market market)
    {
        Absorb();
        RunFollowUps(market);
        _nextDue = Math.Min(_nextDue, market.Book.NextDue);
    }

    // Woken orders are admitted one by one, each after the money of the one before has moved.
    void RunFollowUps(Market market)
    {
        for (var left = Parameters.FollowUpsMax; left > 0 && market.Book.HasFollowUps; left--)
        {
            var isWaiting = market.Book.TryNextFollowUp(out var followUp);
            Absorb();
            if (!isWaiting)
                break;
            var terms = followUp.Terms;
            var code = Admit(market, followUp.Request, ref terms, 1);
            market.Book.RunFollowUp(followUp with { Terms = terms }, code);
            Absorb();
        }
    }

    // Step 11: money for spot, margin for contracts, at the worst price the order may trade at.
    RejectCode Admit(Market market, in OrderRequest r, ref OrderTerms terms, int times)
    {
        if (market.IsSpot)
            return AdmitSpot(market, r.Account, r.Side, times * HoldOf(market, r.Side, r.Quantity, terms.Limit));
        var allowsRisk = IsFit(market, PriceUse.IncreaseRisk)
            && (Margin.PositionOf(r.Account, market.Number).IsIsolated
                || IsCollateralFit(r.Account, PriceUse.IncreaseRisk));
        var limit = terms.Limit;
        var reduceOnly = (r.Flags & OrderConditions.ReduceOnly) != OrderConditions.None;
        var code = Margin.Admit(r.Account, market.Number, r.Side == Side.Buy, times * terms.Quantity, ref limit,
            reduceOnly, allowsRisk);
        if (code != RejectCode.None || limit == terms.Limit)
            return code;
        if (r.TimeInForce == TimeInForce.FillOrKill || r.MinimumQuantity != 0)
            return RejectCode.InsufficientMargin;                // its plan was made for another limit
        var step = market.Spec.Rules.PriceStep;
        limit = r.Side == Side.Buy ? limit - (limit % step) : limit + ((step - (limit % step)) % step);
        if (limit == 0 || limit > market.Spec.Rules.PriceMax)
            return RejectCode.AccountNotHealthy;
        terms = terms with { Limit = limit };
        return RejectCode.None;
    }

    // The order that is being replaced stands aside while its successor is looked at.
    RejectCode AdmitAmended(Market market, ulong id, in OrderRequest r, ref OrderTerms terms)
    {
        Invariant.Holds(market.Book.TryFind(id, out var old));
        if (market.IsSpot)
        {
            var more = HoldOf(market, r.Side, r.Quantity, terms.Limit) - HoldOf(market, r.Side, old.Leaves, old.Limit);
            return more <= 0 ? RejectCode.None : AdmitSpot(market, r.Account, r.Side, more);
        }
        if ((r.Flags & OrderConditions.ReduceOnly) != OrderConditions.None)
            return Admit(market, r, ref terms, 1);
        ref var p = ref Margin.PositionOf(r.Account, market.Number);
        var before = p;
        Margin.OnOrderGone(r.Account, market.Number, r.Side == Side.Buy, old.Leaves, old.Limit);
        var code = Admit(market, r, ref terms, 1);
        // Funding may have been paid meanwhile: it stays.
        before.FundingSeen = p.FundingSeen;
        p = before;
        return code;
    }

    RejectCode AdmitSpot(Market market, int account, Side side, Int128 needed)
    {
        if (needed >= Amounts.Limit)
            return RejectCode.ArithmeticRange;
        var asset = side == Side.Buy ? market.Spec.QuoteAsset : market.Spec.BaseAsset;
        if (Ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, asset)) < needed)
            return RejectCode.InsufficientBalance;
        return KeepsMargin(account, asset, needed) ? RejectCode.None : RejectCode.InsufficientMargin;
    }

    // True if an account may give away so much: with nothing at risk always, else if the rest still covers initial
    // margin.
    bool KeepsMargin(int account, int asset, Int128 amount)
    {
        if (!Margin.HasRisk(account))
            return true;
        Margin.PayFunding(account);
        var risk = Margin.Measure(account);
        return risk.EquityInitial - Margin.CollateralOf(asset, amount).Initial >= risk.Initial;
    }

    static Int128 HoldOf(Market market, Side side, long lots, uint limit) => side == Side.Buy
        ? (Int128)lots * limit * market.Spec.Rules.QuotePerTickLot
        : lots * market.Spec.BasePerLot;

    // Follows the books: every event since the last time, in order.
    void Absorb()
    {
        while (_absorbed < BookEvents.Count)
        {
            var e = BookEvents[_absorbed++];
            var market = _markets[e.Instrument];
            switch (e.Kind)
            {
                case MatchEventKind.Opened:
                    Remember(e);
                    OnOpened(market, e);
                    break;
                case MatchEventKind.Waiting:
                    Remember(e);
                    break;
                case MatchEventKind.Fill:
                case MatchEventKind.AuctionFill:
                    OnFill(market, e);
                    break;
                case MatchEventKind.Reduced:
                    OnGone(market, e);
                    break;
                case MatchEventKind.Ended:
                    OnGone(market, e);
                    if (e.ClientId != 0 && _clients.TryGetValue((e.Account, e.ClientId), out var found)
                        && found.Order == e.OrderId)
                        _clients.Remove((e.Account, e.ClientId));
                    break;
                default:
                    break;
            }
        }
    }

    void Remember(in MatchEvent e)
    {
        if (e.ClientId != 0)
            _clients.TryAdd((e.Account, e.ClientId), (e.OrderId, e.Instrument));
    }

    void OnOpened(Market market, in MatchEvent e)
    {
        if (market.IsSpot)
            Hold(market, e.Account, e.Side, e.Quantity, e.Limit);
        else if ((e.Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
            Margin.OnOrderOpened(e.Account, e.Instrument, e.Side == Side.Buy, e.Quantity, e.Limit);
    }

    void OnGone(Market market, in MatchEvent e)
    {
        if (!e.WasLive || e.Quantity == 0)
            return;
        if (market.IsSpot)
            Unhold(market, e.Account, e.Side, e.Quantity, e.Limit);
        else if ((e.Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
            Margin.OnOrderGone(e.Account, e.Instrument, e.Side == Side.Buy, e.Quantity, e.Limit);
    }

    void OnFill(Market market, in MatchEvent e)
    {
        if (market.IsSpot)
        {
            OnSpotFill(market, e);
            return;
        }
        var isBuy = e.Side == Side.Buy;
        if ((e.Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
            Margin.OnOrderGone(e.Account, e.Instrument, isBuy, e.Quantity, e.Limit);
        if ((e.OtherFlags & OrderConditions.ReduceOnly) == OrderConditions.None)
            Margin.OnOrderGone(e.OtherAccount, e.Instrument, !isBuy, e.Quantity, e.OtherLimit);
        var risk = market.Spec.Risk!;
        var auction = e.Kind == MatchEventKind.AuctionFill;
        var makerFee = auction ? Math.Max(0, risk.MakerFeePpm) : risk.MakerFeePpm;
        var takerFee = auction ? makerFee : e.OrderId == _liquidationOrder ? 0 : risk.TakerFeePpm;
        if (e.OrderId == _liquidationOrder)
            makerFee = Math.Max(0, makerFee);                    // no rebate without the fee it comes from
        Margin.OnFill(e.Account, e.Instrument, isBuy, e.Quantity, e.Price, takerFee);
        Margin.OnFill(e.OtherAccount, e.Instrument, !isBuy, e.Quantity, e.Price, makerFee);
    }

    void OnSpotFill(Market market, in MatchEvent e)
    {
        var spec = market.Spec;
        var takerBuys = e.Side == Side.Buy;
        var (buyer, seller) = takerBuys ? (e.Account, e.OtherAccount) : (e.OtherAccount, e.Account);
        var buyLimit = takerBuys ? e.Limit : e.OtherLimit;
        var auction = e.Kind == MatchEventKind.AuctionFill;
        var takerFee = auction ? spec.MakerFeePpm : spec.TakerFeePpm;
        var (buyFee, sellFee) = takerBuys ? (takerFee, spec.MakerFeePpm) : (spec.MakerFeePpm, takerFee);
        var paid = (Int128)e.Quantity * e.Price * spec.Rules.QuotePerTickLot;
        var better = (Int128)e.Quantity * (buyLimit - e.Price) * spec.Rules.QuotePerTickLot;
        var delivered = e.Quantity * spec.BasePerLot;

        var buyerHeld = new LedgerAccount(AccountKind.InOrder, buyer, spec.QuoteAsset);
        var sellerHeld = new LedgerAccount(AccountKind.InOrder, seller, spec.BaseAsset);
        var sellerGets = new LedgerAccount(AccountKind.Free, seller, spec.QuoteAsset);
        var buyerGets = new LedgerAccount(AccountKind.Free, buyer, spec.BaseAsset);
        Ledger.Move(buyerHeld, sellerGets, paid, PostingReason.Trade);
        Ledger.Move(sellerHeld, buyerGets, delivered, PostingReason.Trade);
        Ledger.Move(buyerHeld, buyerHeld with { Kind = AccountKind.Free }, better, PostingReason.OrderRelease);
        Ledger.Move(sellerGets, new LedgerAccount(AccountKind.Fees, 0, spec.QuoteAsset),
            MarginMath.Fee(paid, sellFee), PostingReason.Fee);
        Ledger.Move(
            buyerGets, new LedgerAccount(AccountKind.Fees, 0, spec.BaseAsset), MarginMath.Fee(delivered, buyFee),
                PostingReason.Fee);
    }

    void Hold(Market market, int account, Side side, long lots, uint limit)
    {
        var free =
            new LedgerAccount(AccountKind.Free, account, side == Side.Buy ? market.Spec.QuoteAsset
                : market.Spec.BaseAsset);
        Ledger.Move(free, free with { Kind = AccountKind.InOrder }, HoldOf(market, side, lots, limit),
            PostingReason.OrderHold);
    }

    void Unhold(Market market, int account, Side side, long lots, uint limit)
    {
        var free =
            new LedgerAccount(AccountKind.Free, account, side == Side.Buy ? market.Spec.QuoteAsset
                : market.Spec.BaseAsset);
        Ledger.Move(free with { Kind = AccountKind.InOrder }, free, HoldOf(market, side, lots, limit),
            PostingReason.OrderRelease);
    }
}
