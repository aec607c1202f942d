using ZkExchange.Exchange;
using ZkExchange.Ledger;
using ZkExchange.Margin;

namespace ZkExchange.Simulation;

/// <summary>Laws that speak of two moments, or of what a command was: what <see cref="Venue.Audit"/> cannot
/// see.</summary>
sealed class VenueWatch(Venue venue)
{
    readonly Dictionary<LedgerAccount, Int128> _house = [];
    Int128 _rounding;
    ulong _commands = venue.Commands;
    long _now = venue.Now;

    /// <summary>How often each step of the waterfall was seen.</summary>
    public SortedDictionary<NoticeKind, int> Steps { get; } = [];

    /// <summary>Looks at what the last command did.</summary>
    public void Look()
    {
        Assert.Equal(_commands + 1, venue.Commands);
        Assert.True(venue.Now >= _now);
        (_commands, _now) = (venue.Commands, venue.Now);
        var rounding = House(AccountKind.Rounding);
        Assert.True(rounding >= _rounding, "rounding has lost");
        _rounding = rounding;
        FollowHouse();
        var isPass = false;
        foreach (var notice in venue.Notices)
        {
            Steps[notice.Kind] = Steps.GetValueOrDefault(notice.Kind) + 1;
            isPass |= notice.Kind == NoticeKind.MarkChanged;
            if (notice.Kind == NoticeKind.TakenOver)
                Assert.NotEqual(MarginEngine.Fund, notice.Account);
        }

        var started = venue.Notices.Count(n => n.Kind == NoticeKind.LiquidationStarted);
        if (isPass && started < venue.Parameters.LiquidationsMax) NobodyIsLeftBankrupt();
    }

    // The house's money is what its postings say and nothing else: opening + in - out = closing.
    void FollowHouse()
    {
        foreach (ref readonly var posting in venue.Ledger.Postings)
        {
            if (!posting.From.IsCustomers)
                _house[posting.From] = _house.GetValueOrDefault(posting.From) - posting.Amount;
            if (!posting.To.IsCustomers)
                _house[posting.To] = _house.GetValueOrDefault(posting.To) + posting.Amount;
        }

        foreach (var (account, sum) in _house)
            Assert.Equal(sum, venue.Ledger.BalanceOf(account));
    }

    // After a pass with prices fit for it, who owes more than it has holds no position.
    void NobodyIsLeftBankrupt()
    {
        for (var account = 1; account < venue.AccountCount; account++)
        {
            foreach (ref readonly var p in venue.Margin.PositionsOf(account).Items)
            {
                if (p.Size == 0 || !IsFit(p.Instrument)) continue;
                var pool = p.IsIsolated ? p.Instrument : -1;
                if (venue.Margin.Measure(account, pool).Equity >= 0) continue;
                Assert.Fail($"account {account} is bankrupt and holds {p.Size} of {p.Instrument}");
            }
        }
    }

    bool IsFit(int instrument) => PriceFeed.Allows(
        venue.FeedOf(instrument).ValidityAt(venue.Now, venue.Parameters.Instruments[instrument].Feed),
        PriceUse.Deleverage);

    Int128 House(AccountKind kind) =>
        venue.Ledger.BalanceOf(new LedgerAccount(kind, 0, venue.Parameters.SettlementAsset));
}
