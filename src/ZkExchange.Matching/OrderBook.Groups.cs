using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// Groups: one-cancels-other pairs, and brackets of an entry with two exits.
public sealed partial class OrderBook
{
    /// <summary>Whether a group could be placed now. Changes nothing.</summary>
    /// <param name="kind">A pair (two legs) or a bracket (entry, profit exit, loss exit).</param>
    /// <param name="legs">The orders, of one account.</param>
    /// <param name="now">Time of the command.</param>
    /// <param name="terms">One for each leg.</param>
    public RejectCode ValidateGroup(GroupKind kind, ReadOnlySpan<OrderRequest> legs, long now, Span<OrderTerms> terms)
    {
        var expected = kind == GroupKind.Bracket ? 3 : 2;
        if (kind > GroupKind.Bracket || legs.Length != expected || terms.Length < expected)
            return RejectCode.MalformedCommand;
        if (_state != BookState.Open)
            return RejectCode.InstrumentHalted;
        for (var i = 0; i < legs.Length; i++)
        {
            if (!FitsGroup(kind, i, legs[i], legs[0]))
                return RejectCode.InvalidCombination;
            var code = kind == GroupKind.Bracket && i > 0
                ? CheckExit(legs[i], now, out terms[i])
                : Validate(legs[i], now, out terms[i]);
            if (code != RejectCode.None)
                return code;
        }
        return RejectCode.None;
    }

    /// <summary>Places a group that <see cref="ValidateGroup"/> has just allowed, under consecutive ids.</summary>
    public void ExecuteGroup(GroupKind kind, ulong firstId, ReadOnlySpan<OrderRequest> legs,
        ReadOnlySpan<OrderTerms> terms)
    {
        Span<int> slots = stackalloc int[3];
        for (var i = 0; i < legs.Length; i++)
            slots[i] = NewOrder(firstId + (ulong)i, legs[i]);
        if (kind == GroupKind.OneCancelsOther)
            (_orders[slots[0]].Sibling, _orders[slots[1]].Sibling) = (slots[1], slots[0]);
        else
            LinkBracket(slots);

        // Legs that wait go first: a leg that trades at once then finds its fellow.
        for (var i = 0; i < legs.Length; i++)
        {
            if (kind == GroupKind.OneCancelsOther && terms[i].Waits)
                Wait(slots[i]);
        }
        for (var i = 0; i < legs.Length; i++)
        {
            var slot = _slots.Find(firstId + (ulong)i);
            if (slot < 0 || terms[i].Waits || _orders[slot].Parent >= 0)
                continue;
            _orders[slot].Limit = terms[i].Limit;
            Take(slot, Math.Min(terms[i].Quantity, _orders[slot].Leaves));
        }
        AfterCommand();
    }

    /// <summary>Places a group in one step.</summary>
    public RejectCode PlaceGroup(GroupKind kind, ulong firstId, ReadOnlySpan<OrderRequest> legs, long now)
    {
        Span<OrderTerms> terms = stackalloc OrderTerms[3];
        var code = ValidateGroup(kind, legs, now, terms);
        if (code == RejectCode.None)
            ExecuteGroup(kind, firstId, legs, terms[..legs.Length]);
        return code;
    }

    static bool FitsGroup(GroupKind kind, int leg, in OrderRequest r, in OrderRequest first)
    {
        if (r.Account != first.Account || r.Master != first.Master || r.Quantity != first.Quantity
            || r.Display != 0 || r.Type == OrderType.Pegged)
            return false;
        if (kind == GroupKind.Bracket && leg == 0)
            return r.Type is OrderType.Limit or OrderType.Market
                && (r.Flags & OrderConditions.ReduceOnly) == OrderConditions.None;
        if (r.Type == OrderType.Market || (r.Type == OrderType.Limit && r.TimeInForce >= TimeInForce.ImmediateOrCancel))
            return false;
        if (kind == GroupKind.OneCancelsOther)
            return r.Side == first.Side && (leg == 1 || r.Type == OrderType.Limit)
                && (r.Flags & OrderConditions.ReduceOnly) == OrderConditions.None;
        var profit = r.Type is OrderType.Limit or OrderType.TakeProfit or OrderType.TakeProfitLimit;
        return r.Side != first.Side && profit == (leg == 1)
            && (r.Flags & OrderConditions.PostOnly) == OrderConditions.None;
    }

    // An exit is checked for shape alone: what the market allows is asked when it is armed.
    RejectCode CheckExit(in OrderRequest r, long now, out OrderTerms terms)
    {
        terms = new OrderTerms(r.Price, 0, Waits: true);
        return CheckShape(r, now);
    }

    void LinkBracket(ReadOnlySpan<int> slots)
    {
        _orders[slots[0]].Child = slots[1];
        for (var i = 1; i < 3; i++)
        {
            ref var exit = ref _orders[slots[i]];
            exit.Parent = slots[0];
            exit.Sibling = slots[3 - i];
            exit.Leaves = 0;
            ref var e = ref NewEvent(MatchEventKind.Waiting, exit);
            e.Price = exit.Trigger;
        }
    }

    // The entry has traded: both exits are to grow by as much, once the command is over.
    void Arm(int entry, long lots)
    {
        for (var exit = _orders[entry].Child; ; exit = _orders[exit].Sibling)
        {
            _orders[exit].Armed += lots;
            AddFollowUp(exit);
            if (_orders[exit].Sibling < 0 || _orders[exit].Sibling == _orders[entry].Child)
                return;
        }
    }

    // True if the order had armed lots and needs no admission for them.
    bool TakeUpArmed(int slot)
    {
        ref var o = ref _orders[slot];
        if (o.Phase == OrderPhase.Queued)
        {
            o.Leaves += o.Armed;
            o.Armed = 0;
            return false;
        }
        if (o.Armed == 0)
            return true;
        if (IsStop(o.Type) && o.Phase != OrderPhase.Resting)    // a stop-limit that has woken stays awake
        {
            if (o.Phase == OrderPhase.Dormant)
                Dequeue(slot, TriggerLadder(o));
            else if (o.Phase == OrderPhase.Trailing)
                RemoveTrailing(o.Id);
            var extreme = o.Phase == OrderPhase.Trailing ? o.Extreme : 0;
            o.Leaves += o.Armed;
            o.Armed = 0;
            Wait(slot);
            if (extreme != 0)
                o.Extreme = extreme;
            Scan();
            return true;
        }
        if (o.Phase == OrderPhase.Resting)
        {
            ref var e = ref NewEvent(MatchEventKind.Reduced, o);
            e.Quantity = o.Leaves;
            e.Leaves = 0;
            e.Reason = EndReason.Replaced;
            e.WasLive = true;
            Unlink(slot);
        }
        o.Phase = OrderPhase.Held;
        o.Leaves += o.Armed;
        o.Armed = 0;
        return false;
    }

    // A leg has lost lots; its fellow loses as many, those not yet taken up first.
    void ShrinkSibling(int slot, long lots)
    {
        ref var o = ref _orders[slot];
        var armed = Math.Min(o.Armed, lots);
        o.Armed -= armed;
        lots = Math.Min(lots - armed, o.Leaves);
        if (lots > 0)
            ShrinkLeaves(slot, lots, EndReason.GroupShrunk);
        if (o.Leaves + o.Armed != 0)
            return;
        if (o.Parent >= 0)
        {
            Detach(slot);
            o.Phase = OrderPhase.Held;
            return;
        }
        DropSibling(slot);
        End(slot, EndReason.GroupEnded);
    }

    void DropSibling(int slot)
    {
        var sibling = _orders[slot].Sibling;
        if (sibling >= 0)
            _orders[sibling].Sibling = None;
        _orders[slot].Sibling = None;
    }

    void EndSibling(int slot)
    {
        var sibling = _orders[slot].Sibling;
        if (sibling < 0)
            return;
        DropSibling(slot);
        var parent = _orders[slot].Parent;
        if (parent >= 0)
            _orders[parent].Child = slot;
        End(sibling, EndReason.GroupEnded);
    }

    // The entry is over. Exits with nothing to protect go too, the others live on by themselves.
    void ReleaseChildren(int first)
    {
        var second = _orders[first].Sibling;
        _orders[first].Parent = None;
        if (second >= 0)
            _orders[second].Parent = None;
        var firstIsEmpty = _orders[first].Leaves + _orders[first].Armed == 0;
        var secondIsEmpty = second >= 0 && _orders[second].Leaves + _orders[second].Armed == 0;
        if (firstIsEmpty || secondIsEmpty)
            DropSibling(first);
        if (firstIsEmpty)
            End(first, EndReason.GroupEnded);
        if (secondIsEmpty)
            End(second, EndReason.GroupEnded);
    }
}
