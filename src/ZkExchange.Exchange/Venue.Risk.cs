using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

// After every change of a mark: who is still healthy, and who comes first of those who are not
// (specs/70-exchange-core.md section 6).
public sealed partial class Venue
{
    readonly List<(int Account, int Isolated, AccountRisk Risk)> _unhealthy = [];

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
            if (left == 0)
                break;
            // Whoever can only wait keeps nobody from his turn.
            var (events, postings) = (BookEvents.Count, Ledger.Postings.Length);
            Liquidate(account, isolated);
            left -= Ledger.Postings.Length > postings || HasDone(events) ? 1 : 0;
        }
        UnwindFund();
        Margin.CoverDeficit();
        if (_unhealthy.Count == 0)
            return;
        for (var account = 0; account < _accounts.Count; account++)
        {
            if (Margin.HasPositions(account))
                Margin.PositionsOf(account).Sweep();
        }
    }

    // True if books have done more since than to take an order and to find nobody for it.
    bool HasDone(int first)
    {
        for (var i = first; i < BookEvents.Count; i++)
        {
            ref readonly var e = ref BookEvents[i];
            if (e.Kind != MatchEventKind.Opened && e.Reason != EndReason.ImmediateResidual)
                return true;
        }
        return false;
    }

    void Look(int account, int isolated)
    {
        var risk = Margin.Measure(account, isolated);
        if (risk.Health == Health.Healthy)
            return;
        // Before anybody is liquidated: the orders of who cannot answer for them would take the other side.
        CancelRisk(account, isolated, keepReduceOnly: true);
        if (risk.Health == Health.Watched)
            return;
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
}
