using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// After every change of a mark: who is still healthy, and the waterfall for who is not (specs/70-exchange-core.md
// section 6).
public sealed partial class Venue
{
    readonly List<(int Account, int Isolated, AccountRisk Risk)> _unhealthy = [];
    readonly List<(int Account, bool Profitable, Int128 Score, long Size)> _ranks = [];

    void RunRiskPass()
    {
        _unhealthy.Clear();
        for (var account = 0; account < _accounts.Count; account++)
        {
            if (!Margin.HasPositions(account) && DebtOf(account) == 0)
                continue;
            Margin.PayFunding(account);
            Look(account, -1);
            foreach (ref readonly var p in Margin.PositionsOf(account).Items)
            {
                if (p.IsIsolated)
                    Look(account, p.Instrument);
            }
        }
        _unhealthy.Sort((a, b) =>
        {
            // Lowest equity for its maintenance margin first; then the account, then the pool.
            var order = Rounding.CompareProducts(a.Risk.Equity, b.Risk.Maintenance, b.Risk.Equity, a.Risk.Maintenance);
            return order != 0 ? order : (a.Account, a.Isolated).CompareTo((b.Account, b.Isolated));
        });
        var left = Parameters.LiquidationsMax;
        foreach (var (account, isolated, _) in _unhealthy)
        {
            if (left-- == 0)
                break;
            Liquidate(account, isolated);
        }
        if (_unhealthy.Count > 0)
        {
            for (var account = 0; account < _accounts.Count; account++)
            {
                if (Margin.HasPositions(account))
                    Margin.PositionsOf(account).Sweep();
            }
        }
    }

    void Look(int account, int isolated)
    {
        var risk = Margin.Measure(account, isolated);
        if (risk.Health == Health.Healthy)
            return;
        if (risk.Health == Health.Watched)
        {
            CancelRisk(account, isolated, keepReduceOnly: true);
            return;
        }
        if (risk.Maintenance > 0 || risk.Equity < 0)
            _unhealthy.Add((account, isolated, risk));
    }

    void CancelRisk(int account, int isolated, bool keepReduceOnly)
    {
        foreach (var market in _markets)
        {
            if (isolated >= 0 ? market.Number != isolated : market.IsSpot && keepReduceOnly)
                continue;
            if (isolated < 0 && !market.IsSpot && Margin.PositionOf(account, market.Number).IsIsolated)
                continue;
            market.Book.Advance(_now);
            market.Book.CancelAll(account, reason: EndReason.RiskCancelled, keepReduceOnly: keepReduceOnly);
            Absorb();
        }
    }

    void Liquidate(int account, int isolated)
    {
        CancelRisk(account, isolated, keepReduceOnly: false);
        Margin.PayFunding(account);
        var risk = Margin.Measure(account, isolated);
        if (risk.Health < Health.Partial)
            return;
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
                CloseAll(account, isolated, Deleverage);
        }
        if (isolated < 0 && Margin.LargestOf(account, -1) < 0 && DebtOf(account) > 0
            && Margin.Measure(account).Equity <= 0)
        {
            Margin.CloseOut(account);
            Say(new Notice(NoticeKind.ClosedOut, account, -1, 0, DebtOf(account)));
        }
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

    // An immediate order at the zero price: what trades there or better makes no deficit.
    void CloseInBook(Market market, int account, long lots, in AccountRisk risk)
    {
        if (lots == 0 || market.Book.State is not (BookState.Open or BookState.ReduceOnly)
            || !PriceFeed.Allows(market.Feed.ValidityAt(_now, market.Spec.Feed), PriceUse.Liquidate))
            return;
        var size = Margin.PositionOf(account, market.Number).Size;
        var limit = Margin.ZeroPrice(account, market.Number, lots, risk, 0);
        var request = new OrderRequest
        {
            Account = account,
            Master = _accounts[account].Master,
            Side = size > 0 ? Side.Sell : Side.Buy,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Flags = OrderConditions.ReduceOnly,
            SelfTrade = SelfTradePrevention.ExpireMaker,
            Price = limit,
            Quantity = lots,
        };
        Say(new Notice(NoticeKind.LiquidationOrder, account, market.Number, limit, lots));
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
        if (notional > 0)
            Margin.ChargeLiquidation(account, market.Number, notional);
        _liquidationOrder = 0;
        Finish(market);
    }

    // What the book did not take goes to those on the other side, the most profitable and most leveraged first, at
    // the zero quote.
    void Deleverage(Market market, int account)
    {
        if (!PriceFeed.Allows(market.Feed.ValidityAt(_now, market.Spec.Feed), PriceUse.Deleverage))
            return;
        var size = Margin.PositionOf(account, market.Number).Size;
        Rank(market, account, size);
        foreach (var (victim, _, score, held) in _ranks)
        {
            var left = Margin.PositionOf(account, market.Number).Size;
            if (left == 0)
                return;
            if (Margin.Measure(victim, market.Number).Health >= Health.Full)
                continue;                                        // it is next in line itself
            var lots = Math.Min(Math.Abs(left), held);
            var quote = Margin.ZeroQuote(account, market.Number, lots, Margin.Measure(account, market.Number));
            var signed = Math.Sign(left) * lots;
            Margin.OnTransfer(account, market.Number, -signed, -quote, PostingReason.Settlement);
            Margin.OnTransfer(victim, market.Number, signed, quote, PostingReason.Settlement);
            market.Book.AdjustPosition(account, -signed);
            market.Book.AdjustPosition(victim, signed);
            Absorb();
            Say(new Notice(NoticeKind.Deleveraged, victim, market.Number, 0, lots, score));
        }
    }

    void Rank(Market market, int account, long size)
    {
        _ranks.Clear();
        for (var other = 0; other < _accounts.Count; other++)
        {
            if (other == account || !Margin.HasPositions(other))
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
}
