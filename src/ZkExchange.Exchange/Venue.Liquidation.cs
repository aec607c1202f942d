using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// The waterfall of one pool: the book, the insurance fund, those on the other side, the fund beyond its means
// (specs/70-exchange-core.md section 6). Every transfer is at the zero quote, so each step leaves the ratio of equity
// to maintenance margin as it was, and the last one leaves nothing.
public sealed partial class Venue
{
    readonly List<(int Account, bool Profitable, Int128 Score, long Size)> _ranks = [];
    long _lossWindow;
    Int128 _windowLoss;

    void Liquidate(int account, int isolated)
    {
        CancelRisk(account, isolated, keepReduceOnly: false);
        Margin.PayFunding(account);
        var risk = Margin.Measure(account, isolated);
        if (risk.Health < Health.Partial)
            return;
        if (risk.Maintenance > 0)
            Say(new Notice(NoticeKind.LiquidationStarted, account, isolated, 0, risk.Equity, risk.Maintenance));
        if (risk.Health == Health.Partial && Margin.LargestOf(account, isolated) is var largest and >= 0)
        {
            var market = _markets[largest];
            var size = Math.Abs(Margin.PositionOf(account, largest).Size);
            var lots = MarginMath.PartialSize(risk.Equity, risk.Maintenance, size, market.Feed.Mark,
                market.Spec.Rules.QuotePerTickLot, market.Spec.Risk!);
            CloseInBook(market, account, lots, risk);
            risk = Margin.Measure(account, isolated);
        }
        if (risk.Health >= Health.Full)
        {
            CloseAll(account, isolated, ClosePosition);
            if (Margin.Measure(account, isolated).Health >= Health.Full)
                CloseAll(account, isolated, MoveOn);
        }
        if (account != MarginEngine.Fund && isolated < 0 && Margin.LargestOf(account, -1) < 0 && DebtOf(account) > 0
            && Margin.Measure(account).Equity <= 0)
        {
            CloseOut(account);
        }
    }

    // Nothing is left but debt: collateral pays it, in the book or to the fund, then insurance, then nobody.
    void CloseOut(int account)
    {
        var owed = DebtOf(account);
        foreach (var market in _markets)
        {
            if (market.IsSpot && market.Spec.QuoteAsset == Parameters.SettlementAsset)
                SellCollateral(market, account);
        }
        Margin.CloseOut(account);
        if (DebtOf(account) != owed)
            Say(new Notice(NoticeKind.ClosedOut, account, -1, 0, DebtOf(account)));
    }

    // For no less than it counts as collateral, and no more lots than the debt needs at that.
    void SellCollateral(Market market, int account)
    {
        var (asset, perLot) = (market.Spec.BaseAsset, market.Spec.BasePerLot);
        var tiers = Parameters.Assets[asset].Tiers;
        if (tiers.Count == 0 || DebtOf(account) == 0 || !TakesLiquidations(market))
            return;
        var limit = MarginMath.Away(market.Feed.Index, tiers[0].MaintenancePpm - MarginMath.Million);
        Margin.Unpledge(account, asset);
        var held = Ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, asset));
        var needed = Rounding.CeilDiv(DebtOf(account), (Int128)limit * market.Spec.Rules.QuotePerTickLot);
        var lots = (long)Int128.Min(Int128.Min(Rounding.FloorDiv(held, perLot), needed), market.Spec.Rules.QuantityMax);
        if (lots == 0)
            return;
        Trade(market, account, Side.Sell, lots, limit, NoticeKind.LiquidationOrder);
        Finish(market);
    }

    void CloseAll(int account, int isolated, Action<Market, int> close)
    {
        foreach (var market in _markets)
        {
            if (market.IsSpot || (isolated >= 0 && market.Number != isolated))
                continue;
            var p = Margin.PositionOf(account, market.Number);
            if (p.Size != 0 && p.IsIsolated == (isolated >= 0))
                close(market, account);
        }
    }

    void ClosePosition(Market market, int account)
    {
        var risk = Margin.Measure(account, market.Number);
        CloseInBook(market, account, Math.Abs(Margin.PositionOf(account, market.Number).Size), risk);
    }

    // At the zero price, inside the band: what trades there or better makes no deficit.
    void CloseInBook(Market market, int account, long lots, in AccountRisk risk)
    {
        if (lots == 0 || !TakesLiquidations(market))
            return;
        var limit = Margin.ZeroPrice(account, market.Number, lots, risk, 0);
        var side = Margin.PositionOf(account, market.Number).Size > 0 ? Side.Sell : Side.Buy;
        var notional = Trade(market, account, side, lots, limit, NoticeKind.LiquidationOrder);
        if (notional > 0 && account != MarginEngine.Fund)
            Margin.ChargeLiquidation(account, market.Number, notional);
        Finish(market);
    }

    bool TakesLiquidations(Market market) => market.Book.State is BookState.Open or BookState.ReduceOnly
        && PriceFeed.Allows(market.Feed.ValidityAt(_now, market.Spec.Feed), PriceUse.Liquidate);

    // An immediate order of the venue for an account, reducing only; returns the notional value that traded.
    Int128 Trade(Market market, int account, Side side, long lots, uint limit, NoticeKind kind)
    {
        var worst = market.Book.WorstLimit(side);
        limit = side == Side.Sell ? Math.Max(limit, worst) : Math.Min(limit, worst);
        var request = new OrderRequest
        {
            Account = account,
            Master = _accounts[account].Master,
            Side = side,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Flags = market.IsSpot ? OrderConditions.None : OrderConditions.ReduceOnly,
            SelfTrade = SelfTradePrevention.ExpireMaker,
            Price = limit,
            Quantity = lots,
        };
        Say(new Notice(kind, account, market.Number, limit, lots));
        market.Book.Advance(_now);
        var first = BookEvents.Count;
        _liquidationOrder = _nextOrder++;
        market.Book.Execute(_liquidationOrder, request, new OrderTerms(limit, lots, Waits: false));
        Absorb();
        Int128 notional = 0;
        for (var i = first; i < BookEvents.Count; i++)
        {
            var e = BookEvents[i];
            if (e.Kind == MatchEventKind.Fill && e.OrderId == _liquidationOrder)
                notional += (Int128)e.Quantity * e.Price * market.Spec.Rules.QuotePerTickLot;
        }
        _liquidationOrder = 0;
        return notional;
    }

    // What the book did not take: the fund within its means, then the other side, then the fund all the same.
    void MoveOn(Market market, int account)
    {
        if (!PriceFeed.Allows(market.Feed.ValidityAt(_now, market.Spec.Feed), PriceUse.Deleverage))
            return;
        if (account != MarginEngine.Fund)
            TakeOver(market, account);
        if (Margin.PositionOf(account, market.Number).Size != 0)
            Deleverage(market, account);
        var left = Math.Abs(Margin.PositionOf(account, market.Number).Size);
        if (left == 0 || account == MarginEngine.Fund)
            return;
        HandOver(market, account, MarginEngine.Fund, left, PostingReason.Takeover);
        Say(new Notice(NoticeKind.TakenAsLastResort, account, market.Number, 0, left,
            Margin.Measure(MarginEngine.Fund).Equity));
    }

    // All that is left, or half of it, or a quarter, and so on: the first that the fund can bear.
    void TakeOver(Market market, int account)
    {
        var size = Margin.PositionOf(account, market.Number).Size;
        var held = Margin.PositionOf(MarginEngine.Fund, market.Number).Size;
        var room = market.Spec.Risk!.TakeoverMax - (Math.Sign(size) * held);
        for (var lots = Math.Min(Math.Abs(size), Math.Max(0, room)); lots > 0; lots >>= 1)
        {
            if (!FundBears(market, account, lots, out var loss))
                continue;
            _windowLoss += loss;
            var quote = HandOver(market, account, MarginEngine.Fund, lots, PostingReason.Takeover);
            Say(new Notice(NoticeKind.TakenOver, account, market.Number, 0, lots, quote));
            return;
        }
    }

    // It must be healthy afterwards, and its loss at the mark within the bounds of one takeover and of a window.
    bool FundBears(Market market, int account, long lots, out Int128 loss)
    {
        var window = _now / Parameters.TakeoverWindow;
        if (window != _lossWindow)
            (_lossWindow, _windowLoss) = (window, 0);
        var risk = Margin.Measure(account, market.Number);
        var quote = Margin.ZeroQuote(account, market.Number, lots, risk);
        loss = Int128.Max(0, quote - Margin.SliceOf(account, market.Number, lots).Worth);
        if (loss > Parameters.TakeoverLossMax || _windowLoss + loss > Parameters.TakeoverWindowLossMax)
            return false;
        var signed = Math.Sign(Margin.PositionOf(account, market.Number).Size) * lots;
        return Margin.MeasureAfter(MarginEngine.Fund, market.Number, signed, quote).Health == Health.Healthy;
    }

    // The first in the ranking give way at the zero quote, each at most its position, none into illegality.
    void Deleverage(Market market, int account)
    {
        Rank(market, account, Margin.PositionOf(account, market.Number).Size);
        foreach (var (victim, _, score, held) in _ranks)
        {
            var left = Margin.PositionOf(account, market.Number).Size;
            if (left == 0)
                return;
            var before = Margin.Measure(victim, market.Number);
            if (before.Health >= Health.Full)
                continue;                                        // it is next in line itself
            var lots = Math.Min(Math.Abs(left), held);
            var quote = Margin.ZeroQuote(account, market.Number, lots, Margin.Measure(account, market.Number));
            var after = Margin.MeasureAfter(victim, market.Number, Math.Sign(left) * lots, quote);
            if (!before.MayBecome(after))
            {
                // Its orders are no excuse.
                var pool = Margin.PositionOf(victim, market.Number).IsIsolated ? market.Number : -1;
                CancelRisk(victim, pool, keepReduceOnly: true);
                after = Margin.MeasureAfter(victim, market.Number, Math.Sign(left) * lots, quote);
            }
            if (!before.MayBecome(after))
            {
                Say(new Notice(NoticeKind.DeleverageSkipped, victim, market.Number, 0, after.Equity, after.Initial));
                continue;
            }
            HandOver(market, account, victim, lots, PostingReason.Deleverage);
            Say(new Notice(NoticeKind.Deleveraged, victim, market.Number, 0, lots, score));
        }
    }

    // Lots of one account's position become another's, at the zero quote.
    Int128 HandOver(Market market, int from, int to, long lots, PostingReason reason)
    {
        var quote = Margin.ZeroQuote(from, market.Number, lots, Margin.Measure(from, market.Number));
        var signed = Math.Sign(Margin.PositionOf(from, market.Number).Size) * lots;
        Margin.OnTransfer(from, market.Number, -signed, -quote, reason);
        Margin.OnTransfer(to, market.Number, signed, quote, reason);
        market.Book.AdjustPosition(from, -signed);
        market.Book.AdjustPosition(to, signed);
        Absorb();
        return quote;
    }

    void Rank(Market market, int account, long size)
    {
        _ranks.Clear();
        for (var other = 0; other < _accounts.Count; other++)
        {
            if (other == account || other == MarginEngine.Fund || !Margin.HasPositions(other))
                continue;
            Margin.PayFunding(other);
            var held = Margin.PositionOf(other, market.Number).Size;
            if (Math.Sign(held) * Math.Sign(size) >= 0)
                continue;
            var (profitable, score) = Margin.DeleverageScore(other, market.Number);
            _ranks.Add((other, profitable, score, Math.Abs(held)));
        }
        _ranks.Sort((a, b) =>
        {
            var order = b.Profitable.CompareTo(a.Profitable);
            order = order != 0 ? order : b.Score.CompareTo(a.Score);
            order = order != 0 ? order : b.Size.CompareTo(a.Size);
            return order != 0 ? order : a.Account.CompareTo(b.Account);
        });
    }

    // What the fund came to hold goes back into the book, never further from the mark than it may.
    void UnwindFund()
    {
        foreach (var market in _markets)
        {
            var size = market.Book.PositionOf(MarginEngine.Fund);
            if (market.IsSpot || size == 0 || _now < market.NextUnwind || !TakesLiquidations(market))
                continue;
            market.NextUnwind = _now + market.Spec.Risk!.UnwindInterval;
            var limit = MarginMath.Away(market.Feed.Mark, size > 0 ? -market.Spec.Risk.UnwindPpm
                : market.Spec.Risk.UnwindPpm);
            Trade(market, MarginEngine.Fund, size > 0 ? Side.Sell : Side.Buy, Math.Abs(size), limit,
                NoticeKind.FundOrder);
            Finish(market);
        }
    }
}
