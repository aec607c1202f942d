using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// Orders that wait: stops, take-profits, trailing stops. They are looked at when a command is over, never inside a
// sweep,
// and wake one after the other, each as a new order that the owner of the book must admit.
public sealed partial class OrderBook
{
    const int FirstTrigger = 2;

    ulong[] _trailing = new ulong[16];          // ids, ascending
    int _trailingCount;
    ulong[] _followUps = new ulong[16];         // a ring of ids
    int _followUpFirst;
    int _followUpCount;
    uint _lastLow = uint.MaxValue;              // prints since the last scan
    uint _lastHigh;

    /// <summary>True if a woken order waits for its turn and the book could run it.</summary>
    public bool HasFollowUps => _followUpCount > 0 && _state is BookState.Open or BookState.ReduceOnly;

    /// <summary>Takes the next woken order that needs admission, doing on the way what needs none.</summary>
    /// <remarks>Answer it with <see cref="RunFollowUp"/> before anything else happens to the book.</remarks>
    public bool TryNextFollowUp(out FollowUp followUp)
    {
        followUp = default;
        while (HasFollowUps)
        {
            var id = _followUps[_followUpFirst];
            _followUpFirst = (_followUpFirst + 1) % _followUps.Length;
            _followUpCount--;
            var slot = _slots.Find(id);
            if (slot < 0 || !_orders[slot].IsInFollowUps)
                continue;
            _orders[slot].IsInFollowUps = false;
            if (TakeUpArmed(slot) || !Wake(slot, out var request, out var terms))
                continue;
            followUp = new FollowUp(id, request, terms);
            return true;
        }
        return false;
    }

    /// <summary>Lets a woken order trade, or ends it for the reason given.</summary>
    public void RunFollowUp(in FollowUp followUp, RejectCode admission)
    {
        var slot = _slots.Find(followUp.Id);
        Invariant.Holds(slot >= 0);
        if (admission == RejectCode.None)
        {
            _orders[slot].Limit = followUp.Terms.Limit;
            Take(slot, followUp.Terms.Quantity);
        }
        else
        {
            End(slot, EndReason.AdmissionRefused);
        }
        AfterCommand();
    }

    /// <summary>Runs woken orders without asking anyone, at most so many. For books that stand alone.</summary>
    public void RunFollowUps(int most = int.MaxValue)
    {
        for (; most > 0 && TryNextFollowUp(out var followUp); most--)
            RunFollowUp(followUp, RejectCode.None);
    }

    void Wait(int slot)
    {
        ref var o = ref _orders[slot];
        Sleep(slot);
        ref var e = ref NewEvent(MatchEventKind.Waiting, o);
        e.Quantity = o.Leaves;
        e.Price = o.Trigger;
    }

    void Sleep(int slot)
    {
        ref var o = ref _orders[slot];
        if (o.Type == OrderType.TrailingStop)
        {
            o.Extreme = SourceValue(o.Source);
            o.Nonce = ++_nonce;
            o.Phase = OrderPhase.Trailing;
            AddTrailing(o.Id);
            return;
        }
        Enqueue(slot, TriggerLadder(o), o.Trigger);
        o.Phase = OrderPhase.Dormant;
    }

    static int TriggerLadder(in Order o) => FirstTrigger + (2 * (int)o.Source) + (Rises(o.Type, o.Side) ? 0 : 1);

    // A buy stop and a sell take-profit wait for the price to rise.
    static bool Rises(OrderType type, Side side) =>
        (type is OrderType.TakeProfit or OrderType.TakeProfitLimit) == (side == Side.Sell);

    // Last first, then mark, then index; for each the rising triggers upwards, the falling ones downwards, trailing
    // stops by id.
    void Scan()
    {
        if (!CanTrade)
        {
            ForgetPrints();
            return;
        }
        for (var source = PriceSource.Last; source <= PriceSource.Index; source++)
        {
            var value = SourceValue(source);
            if (value == 0)
                continue;
            var low = value;
            var high = value;
            if (source == PriceSource.Last && _lastHigh != 0)
                (low, high) = ((long)_lastLow << 16, (long)_lastHigh << 16);
            ScanRising(FirstTrigger + (2 * (int)source), high);
            ScanFalling(FirstTrigger + (2 * (int)source) + 1, low);
            if (_trailingCount > 0)
                ScanTrailing(source, low, high);
        }
        ForgetPrints();
    }

    void ForgetPrints() => (_lastLow, _lastHigh) = (uint.MaxValue, 0);

    void ScanRising(int ladder, long high)
    {
        while (!_ladders[ladder].IsEmpty)
        {
            var level = _ladders[ladder].First(highest: false);
            if ((long)_levels[level].Price << 16 > high)
                return;
            QueueHead(level, ladder);
        }
    }

    void ScanFalling(int ladder, long low)
    {
        while (!_ladders[ladder].IsEmpty)
        {
            var level = _ladders[ladder].First(highest: true);
            if ((long)_levels[level].Price << 16 < low)
                return;
            QueueHead(level, ladder);
        }
    }

    void QueueHead(int level, int ladder)
    {
        var slot = _levels[level].Head;
        Dequeue(slot, ladder);
        Queue(slot);
    }

    void Queue(int slot)
    {
        _orders[slot].Phase = OrderPhase.Queued;
        AddFollowUp(slot);
    }

    // A trailing stop is tried against the extreme it had, and only then learns of a better one.
    void ScanTrailing(PriceSource source, long low, long high)
    {
        var kept = 0;
        for (var i = 0; i < _trailingCount; i++)
        {
            var slot = _slots.Find(_trailing[i]);
            ref var o = ref _orders[slot];
            if (o.Source == source)
            {
                if (o.Extreme == 0)
                    o.Extreme = o.Side == Side.Sell ? low : high;
                var distance = (long)o.Trail << 16;
                if (o.Side == Side.Sell ? low <= o.Extreme - distance : high >= o.Extreme + distance)
                {
                    Queue(slot);
                    continue;
                }
                o.Extreme = o.Side == Side.Sell ? Math.Max(o.Extreme, high) : Math.Min(o.Extreme, low);
            }
            _trailing[kept++] = _trailing[i];
        }
        _trailingCount = kept;
    }

    // Turns a woken order into the order it becomes. False: it did not get so far, and has ended.
    bool Wake(int slot, out OrderRequest request, out OrderTerms terms)
    {
        ref var o = ref _orders[slot];
        request = default;
        terms = default;
        if (o.Phase == OrderPhase.Queued)
        {
            EndSibling(slot);
            _ = NewEvent(MatchEventKind.Triggered, o);
        }
        var quantity = o.Leaves;
        if ((o.Flags & OrderConditions.ReduceOnly) != OrderConditions.None)
            quantity = Math.Min(quantity, Reducible(o.Account, o.Side));
        else if (_state == BookState.ReduceOnly)
            quantity = 0;
        if (quantity == 0 || LimitOf(o.Type, o.Side, o.Price, out var limit) != RejectCode.None
            || IsBeyondBand(o.Side, limit) || (o.Flags & OrderConditions.AuctionOnly) != OrderConditions.None)
        {
            End(slot, EndReason.AdmissionRefused);
            return false;
        }
        request = ReplacementOf(o, limit, o.Leaves);
        terms = new OrderTerms(limit, quantity, Waits: false);
        return true;
    }

    void AddFollowUp(int slot)
    {
        ref var o = ref _orders[slot];
        if (o.IsInFollowUps)
            return;
        o.IsInFollowUps = true;
        if (_followUpCount == _followUps.Length)
        {
            var longer = new ulong[2 * _followUps.Length];
            for (var i = 0; i < _followUpCount; i++)
                longer[i] = _followUps[(_followUpFirst + i) % _followUps.Length];
            (_followUps, _followUpFirst) = (longer, 0);
        }
        _followUps[(_followUpFirst + _followUpCount++) % _followUps.Length] = o.Id;
    }

    void AddTrailing(ulong id) => InsertSorted(ref _trailing, ref _trailingCount, id);

    void RemoveTrailing(ulong id) => RemoveSorted(_trailing, ref _trailingCount, id);

    static void InsertSorted(ref ulong[] ids, ref int count, ulong id)
    {
        if (count == ids.Length)
            Array.Resize(ref ids, 2 * count);
        var at = ~ids.AsSpan(0, count).BinarySearch(id);
        ids.AsSpan(at, count - at).CopyTo(ids.AsSpan(at + 1));
        ids[at] = id;
        count++;
    }

    static void RemoveSorted(ulong[] ids, ref int count, ulong id)
    {
        var at = ids.AsSpan(0, count).BinarySearch(id);
        Invariant.Holds(at >= 0);
        ids.AsSpan(at + 1, count - at - 1).CopyTo(ids.AsSpan(at));
        count--;
    }
}
