using ZkExchange.Ledger;

namespace ZkExchange.Matching;

/// <summary>
/// One instrument's book: price-time priority, a single writer, no clock, no allocation in steady state.
/// </summary>
/// <remarks>
/// A pure state machine: what it does depends on its state and the call alone, and everything that happens is told
/// to <see cref="Events"/>. Checks that change nothing come first (<see cref="Validate"/>), so a rejected order
/// leaves the book bit for bit
/// as it was. Its law is <c>specs/70-exchange-core.md</c> section 3; the naive twin of the tests is the same law
/// written
/// with sorted lists. The files: this one holds state and entry points, the others one matter each.
/// </remarks>
public sealed partial class OrderBook
{
    const int None = -1;
    const int FateRing = 4096;
    const uint AuctionMarketBuy = uint.MaxValue;     // a market order in a call stands in front of every limit
    const uint AuctionMarketSell = 0;

    // bids, asks, then triggers: two directions for each of three sources
    readonly PriceLadder[] _ladders = new PriceLadder[8];
    readonly int[] _best = [None, None];
    readonly IdMap _slots = new(1024);
    readonly long[] _sources = new long[3];                   // last, mark, index in 32.16 ticks; 0 is unknown
    readonly ulong[] _fates = new ulong[FateRing];            // id * 2 + 1 if filled, by id mod ring
    BookRules _rules;
    Order[] _orders = new Order[1024];
    Level[] _levels = new Level[256];
    AccountState[] _accounts = new AccountState[64];
    int _ordersUsed;
    int _freeOrder = None;
    int _levelsUsed;
    int _freeLevel = None;
    ulong _nonce;
    long _now;
    BookState _state;
    bool _markValid;

    /// <summary>An empty, open book that tells its events to a buffer, which other books may share.</summary>
    public OrderBook(BookRules rules, EventBuffer events)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(events);
        _rules = rules;
        Events = events;
        for (var i = 0; i < _ladders.Length; i++)
            _ladders[i] = new PriceLadder();
        UpdateBands();
    }

    /// <summary>Where this book tells what happens.</summary>
    public EventBuffer Events { get; }

    /// <summary>The rules in force.</summary>
    public BookRules Rules => _rules;

    /// <summary>What the book takes.</summary>
    public BookState State => _state;

    /// <summary>Orders that live here, the waiting ones included.</summary>
    public int OrderCount => _slots.Count;

    /// <summary>Price of the last trade in ticks, 0 before the first.</summary>
    public uint Last => (uint)(_sources[(int)PriceSource.Last] >> 16);

    /// <summary>Best bid in ticks, 0 if there is none.</summary>
    public uint BestBid => _best[0] < 0 ? 0 : _levels[_best[0]].Price;

    /// <summary>Best ask in ticks, 0 if there is none.</summary>
    public uint BestAsk => _best[1] < 0 ? 0 : _levels[_best[1]].Price;

    /// <summary>The worst limit that the price band lets an order of a side carry.</summary>
    public uint WorstLimit(Side side) => side == Side.Buy ? _bandHigh : _bandLow;

    /// <summary>Lots held by an account, signed; always 0 in a spot book.</summary>
    public long PositionOf(int account) => account < _accounts.Length ? _accounts[account].Position : 0;

    /// <summary>Lots resting at a price on one side, hidden ones included.</summary>
    public long DepthAt(Side side, uint price)
    {
        var level = _ladders[(int)side].Find(price);
        return level < 0 ? 0 : _levels[level].Total;
    }

    /// <summary>A live order, if the book has it.</summary>
    public bool TryFind(ulong id, out OrderView view)
    {
        var slot = _slots.Find(id);
        if (slot < 0)
        {
            view = default;
            return false;
        }
        view = ViewOf(_orders[slot]);
        return true;
    }

    /// <summary>All orders, the waiting ones included, in ascending order of their ids.</summary>
    public IReadOnlyList<OrderView> Orders()
    {
        var views = new List<OrderView>(_slots.Count);
        for (var slot = 0; slot < _ordersUsed; slot++)
        {
            if (_orders[slot].Phase != OrderPhase.Free)
                views.Add(ViewOf(_orders[slot]));
        }
        views.Sort((a, b) => a.Id.CompareTo(b.Id));
        return views;
    }

    static OrderView ViewOf(in Order o) => new(
        o.Id, o.Account, o.Side, o.Limit, o.Price, o.Leaves, o.Visible, o.Filled, o.Nonce, o.Flags, o.ClientId,
            IsLive(o.Phase));

    /// <summary>Places an order under a fresh id. Ids rise: the venue counts them over all its books.</summary>
    /// <returns>None, or why nothing changed.</returns>
    public RejectCode Place(ulong id, in OrderRequest request, long now)
    {
        var code = Validate(request, now, out var terms);
        if (code == RejectCode.None)
            Execute(id, request, terms);
        return code;
    }

    /// <summary>
    /// Does what <see cref="Validate"/> has just allowed, with its terms. Nothing may come between the two.
    /// </summary>
    public void Execute(ulong id, in OrderRequest request, in OrderTerms terms)
    {
        var slot = NewOrder(id, request);
        _orders[slot].Limit = terms.Limit;
        if (terms.Waits)
            Wait(slot);
        else
            Take(slot, terms.Quantity);
        AfterCommand();
    }

    /// <summary>Cancels one order of an account.</summary>
    public RejectCode Cancel(ulong id, int account, EndReason reason = EndReason.Cancelled)
    {
        var slot = _slots.Find(id);
        if (slot < 0)
            return Fate(id);
        if (_orders[slot].Account != account)
            return RejectCode.NotOwner;
        End(slot, reason);
        AfterCommand();
        return RejectCode.None;
    }

    /// <summary>Cancels an account's orders, waiting ones included, in ascending order of their ids.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="side">Only this side, or null for both.</param>
    /// <param name="reason">What the events shall say.</param>
    /// <param name="keepReduceOnly">Leave those that can only bring the position nearer to zero.</param>
    /// <returns>The number of orders this command ended, the fellows of their groups included.</returns>
    public int CancelAll(
        int account, Side? side = null, EndReason reason = EndReason.MassCancelled, bool keepReduceOnly = false)
    {
        var before = _slots.Count;
        foreach (var id in IdsOf(account))
        {
            var slot = _slots.Find(id);
            if (slot < 0 || (side is { } only && _orders[slot].Side != only))
                continue;
            if (!keepReduceOnly || (_orders[slot].Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
                End(slot, reason);
        }
        AfterCommand();
        return before - _slots.Count;
    }

    /// <summary>
    /// A dead-man switch: the account's orders here die at a time, unless the time is moved. 0 takes it back.
    /// </summary>
    public RejectCode ScheduleCancel(int account, long at, long now)
    {
        if (at != 0 && at <= now)
            return RejectCode.ExpiryOutOfRange;
        AccountOf(account).CancelAt = at;
        if (at != 0)
            AddTimer(at, TimerKind.CancelAccount, (ulong)account);
        return RejectCode.None;
    }

    /// <summary>
    /// Sets the mark, in 32.16 ticks. An invalid one wakes nobody, protects nobody and prices nobody.
    /// </summary>
    public void SetMark(long mark, bool isValid)
    {
        Invariant.Holds(mark is >= 0 and < 1L << 48);
        _sources[(int)PriceSource.Mark] = mark;
        _markValid = isValid && mark > 0;
        if (_markValid)
            SetReference(mark);
        AfterCommand();
    }

    /// <summary>Sets the index, in 32.16 ticks.</summary>
    public void SetIndex(long index)
    {
        Invariant.Holds(index is >= 0 and < 1L << 48);
        _sources[(int)PriceSource.Index] = index;
    }

    /// <summary>
    /// Sets the price that bands and collars are measured from, in 32.16 ticks; marks and auctions do it too.
    /// </summary>
    public void SetReference(long reference)
    {
        Invariant.Holds(reference is >= 0 and < 1L << 48);
        if (reference == _reference)
            return;
        _reference = reference;
        UpdateBands();
    }

    /// <summary>Replaces the parts of the rules that may change.</summary>
    public void SetRules(BookRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Invariant.Holds(rules.Instrument == _rules.Instrument && rules.Kind == _rules.Kind
            && rules.QuotePerTickLot == _rules.QuotePerTickLot);
        _rules = rules;
        UpdateBands();
    }

    /// <summary>
    /// Changes what the book takes. A call is started with <see cref="StartCall"/> and ends with its uncross.
    /// </summary>
    public RejectCode SetState(BookState state)
    {
        if (_state == BookState.Expired || (_state == BookState.Settling && state != BookState.Expired))
            return RejectCode.InstrumentClosed;
        if (state == BookState.Call || (_state == BookState.Call && state < BookState.Settling))
            return RejectCode.MalformedCommand;
        EnterState(state, 0);
        if (state is BookState.Settling or BookState.Expired)
            EndEverything(EndReason.InstrumentClosed);
        return RejectCode.None;
    }

    /// <summary>
    /// Moves a position without a trade: takeover, deleverage, settlement. Reduce-only orders are trimmed to what is
    /// left.
    /// </summary>
    public void AdjustPosition(int account, long lots)
    {
        Invariant.Holds(_rules.Kind != InstrumentKind.Spot);
        MovePosition(account, lots);
        TrimReduceOnly(account);
        AfterCommand();
    }

    static bool IsLive(OrderPhase phase) => phase is OrderPhase.Taking or OrderPhase.Resting;

    static bool IsMarket(OrderType type) =>
        type is OrderType.Market or OrderType.Stop or OrderType.TakeProfit or OrderType.TrailingStop;

    static bool IsStop(OrderType type) => type is >= OrderType.Stop and <= OrderType.TrailingStop;

    bool CanTrade => _state is BookState.Open or BookState.ReduceOnly or BookState.PostOnly;

    RejectCode Fate(ulong id)
    {
        var fate = _fates[id % FateRing];
        if (fate >> 1 != id)
            return RejectCode.UnknownOrder;
        return (fate & 1) != 0 ? RejectCode.AlreadyFilled : RejectCode.AlreadyCancelled;
    }

    // Everything a command leaves for its end. Woken orders wait for the owner of the book to admit them.
    void AfterCommand()
    {
        Scan();
        if (_pegs > 0 && CanTrade)
            RepricePegs();
    }

    void EnterState(BookState state, long until)
    {
        _state = state;
        _callEnd = state == BookState.Call ? until : 0;
        if (state == BookState.Call)
            AddTimer(until, TimerKind.EndCall, 0);
        ref var e = ref NewEvent(MatchEventKind.StateChanged);
        e.State = state;
        e.Quantity = until;
    }

    void EndEverything(EndReason reason)
    {
        for (var slot = 0; slot < _ordersUsed; slot++)
        {
            if (_orders[slot].Phase != OrderPhase.Free)
                AddScratch(_orders[slot].Id);
        }
        foreach (var id in SortedScratch())
        {
            var slot = _slots.Find(id);
            if (slot >= 0)
                End(slot, reason);
        }
    }

    ref MatchEvent NewEvent(MatchEventKind kind)
    {
        ref var e = ref Events.Add();
        e.Kind = kind;
        e.Instrument = _rules.Instrument;
        return ref e;
    }

    ref MatchEvent NewEvent(MatchEventKind kind, in Order o)
    {
        ref var e = ref NewEvent(kind);
        e.OrderId = o.Id;
        e.Account = o.Account;
        e.Side = o.Side;
        e.Flags = o.Flags;
        e.Limit = o.Limit;
        e.Price = o.Price;
        e.Leaves = o.Leaves;
        e.Nonce = o.Nonce;
        e.ClientId = o.ClientId;
        return ref e;
    }
}
