using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// The canonical form of a book. Slot numbers, list orders and timers are not in it: they follow from what is.
public sealed partial class OrderBook
{
    const int OrderBytes = 142;

    /// <summary>SHA-256 of the canonical form: two books with equal hashes behave alike for ever.</summary>
    public byte[] StateHash()
    {
        var writer = new StateWriter();
        Write(writer);
        return writer.Hash();
    }

    /// <summary>Writes the book in canonical form; its rules and the time are its owner's.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.U64(_nonce);
        writer.U8((byte)_state);
        writer.I64(_callEnd);
        writer.I32(_extensions);
        writer.Flag(_markValid);
        foreach (var source in _sources)
            writer.I64(source);
        writer.I64(_reference);
        WriteFates(writer);
        WriteOrders(writer);
        WriteFollowUps(writer);
        WriteAccounts(writer);
    }

    /// <summary>A book as it was written, to be advanced to its owner's time. Null if the bytes are no book.</summary>
    public static OrderBook? Read(ref StateReader reader, BookRules rules, EventBuffer events)
    {
        var book = new OrderBook(rules, events);
        var nonce = reader.U64();
        book._state = (BookState)reader.U8();
        book._callEnd = reader.I64();
        book._extensions = reader.I32();
        book._markValid = reader.Flag();
        for (var i = 0; i < 3; i++)
            book._sources[i] = reader.I64();
        book._reference = reader.I64();
        if (book._state > BookState.Expired || !book.ReadFates(ref reader) || !book.ReadOrders(ref reader)
            || !book.ReadFollowUps(ref reader) || !book.ReadAccounts(ref reader) || !reader.IsSound)
            return null;
        book._nonce = nonce;
        if (book._state == BookState.Call)
            book.AddTimer(book._callEnd, TimerKind.EndCall, 0);
        book.UpdateBands();
        return book;
    }

    void WriteFates(StateWriter writer)
    {
        var used = 0;
        foreach (var fate in _fates)
            used += fate != 0 ? 1 : 0;
        writer.I32(used);
        foreach (var fate in _fates)
        {
            if (fate != 0)
                writer.U64(fate);
        }
    }

    bool ReadFates(ref StateReader reader)
    {
        var used = reader.Count(8);
        for (var i = 0; i < used; i++)
        {
            var fate = reader.U64();
            _fates[(fate >> 1) % FateRing] = fate;
        }
        return reader.IsSound;
    }

    void WriteOrders(StateWriter writer)
    {
        for (var slot = 0; slot < _ordersUsed; slot++)
        {
            if (_orders[slot].Phase != OrderPhase.Free)
                AddScratch(_orders[slot].Id);
        }
        var ids = SortedScratch();
        writer.I32(ids.Length);
        foreach (var id in ids)
            WriteOrder(writer, _orders[_slots.Find(id)]);
    }

    void WriteOrder(StateWriter writer, in Order o)
    {
        writer.U64(o.Id);
        writer.I64(o.Leaves);
        writer.I64(o.Visible);
        writer.I32(o.Account);
        writer.I32(o.Master);
        writer.U32(o.Price);
        writer.U32(o.Limit);
        writer.U8((byte)o.Phase);
        writer.U8((byte)o.Type);
        writer.U8((byte)o.Flags);
        writer.U8((byte)o.Side);
        writer.U64(o.Nonce);
        writer.I64(o.Filled);
        writer.I64(o.Display);
        writer.I64(o.Expiry);
        writer.U64(o.ClientId);
        writer.U64(IdOf(o.Sibling));
        writer.U64(IdOf(o.Parent));
        writer.U64(IdOf(o.Child));
        writer.I64(o.Armed);
        writer.U32(o.Trigger);
        writer.U32(o.Trail);
        writer.I64(o.Extreme);
        writer.I32(o.PegOffset);
        writer.U8((byte)o.Peg);
        writer.U8((byte)o.Source);
        writer.U8((byte)o.TimeInForce);
        writer.U8((byte)o.SelfTrade);
        writer.U8((byte)o.SelfTradeScope);
        writer.Flag(o.IsInFollowUps);
    }

    ulong IdOf(int slot) => slot < 0 ? 0 : _orders[slot].Id;

    bool ReadOrders(ref StateReader reader)
    {
        var count = reader.Count(OrderBytes);
        var queue = new List<(ulong Nonce, int Slot)>(count);
        var links = new List<(int Slot, ulong Sibling, ulong Parent, ulong Child)>();
        for (var i = 0; i < count; i++)
        {
            var slot = ReadOrder(ref reader, links);
            if (slot < 0)
                return false;
            queue.Add((_orders[slot].Nonce, slot));
        }
        foreach (var (slot, sibling, parent, child) in links)
        {
            _orders[slot].Sibling = SlotOf(sibling);
            _orders[slot].Parent = SlotOf(parent);
            _orders[slot].Child = SlotOf(child);
        }
        queue.Sort();                                            // nonces are unique where order matters
        foreach (var (nonce, slot) in queue)
            Rejoin(slot, nonce);
        return true;
    }

    int SlotOf(ulong id) => id == 0 ? None : _slots.Find(id);

    int ReadOrder(ref StateReader reader, List<(int Slot, ulong Sibling, ulong Parent, ulong Child)> links)
    {
        var read = ReadFields(ref reader, out var sibling, out var parent, out var child);
        if (!reader.IsSound || read.Account is < 0 or > 1 << 24 || _slots.Find(read.Id) >= 0
            || read.Side > Side.Sell || read.Phase is OrderPhase.Free or OrderPhase.Taking
                || read.Source > PriceSource.Index)
            return None;

        var request = new OrderRequest { Account = read.Account, Expiry = read.Expiry, Quantity = read.Leaves };
        var slot = NewOrder(read.Id, request);
        ref var o = ref _orders[slot];
        var (previous, next) = (o.AccountPrevious, o.AccountNext);
        o = read;
        (o.AccountPrevious, o.AccountNext) = (previous, next);
        o.Sibling = o.Parent = o.Child = None;
        o.Previous = o.Next = o.Level = None;
        if (sibling != 0 || parent != 0 || child != 0)
            links.Add((slot, sibling, parent, child));
        return slot;
    }

    static Order ReadFields(ref StateReader reader, out ulong sibling, out ulong parent, out ulong child)
    {
        Order read = default;
        read.Id = reader.U64();
        read.Leaves = reader.I64();
        read.Visible = reader.I64();
        read.Account = reader.I32();
        read.Master = reader.I32();
        read.Price = reader.U32();
        read.Limit = reader.U32();
        read.Phase = (OrderPhase)reader.U8();
        read.Type = (OrderType)reader.U8();
        read.Flags = (OrderConditions)reader.U8();
        read.Side = (Side)reader.U8();
        read.Nonce = reader.U64();
        read.Filled = reader.I64();
        read.Display = reader.I64();
        read.Expiry = reader.I64();
        read.ClientId = reader.U64();
        sibling = reader.U64();
        parent = reader.U64();
        child = reader.U64();
        read.Armed = reader.I64();
        read.Trigger = reader.U32();
        read.Trail = reader.U32();
        read.Extreme = reader.I64();
        read.PegOffset = reader.I32();
        read.Peg = (PegReference)reader.U8();
        read.Source = (PriceSource)reader.U8();
        read.TimeInForce = (TimeInForce)reader.U8();
        read.SelfTrade = (SelfTradePrevention)reader.U8();
        read.SelfTradeScope = (SelfTradeScope)reader.U8();
        read.IsInFollowUps = reader.Flag();
        return read;
    }

    void Rejoin(int slot, ulong nonce)
    {
        ref var o = ref _orders[slot];
        switch (o.Phase)
        {
            case OrderPhase.Resting:
                Link(slot, o.Price);
                if (o.Peg != PegReference.None)
                    InsertSorted(ref _pegged, ref _pegs, o.Id);
                break;
            case OrderPhase.Dormant:
                Enqueue(slot, TriggerLadder(o), o.Trigger);
                break;
            case OrderPhase.Trailing:
                AddTrailing(o.Id);
                break;
            default:
                break;
        }
        o.Nonce = nonce;
    }

    void WriteFollowUps(StateWriter writer)
    {
        var live = 0;
        for (var i = 0; i < _followUpCount; i++)
            live += IsAwaited(i) ? 1 : 0;
        writer.I32(live);
        for (var i = 0; i < _followUpCount; i++)
        {
            if (IsAwaited(i))
                writer.U64(_followUps[(_followUpFirst + i) % _followUps.Length]);
        }
    }

    bool IsAwaited(int place)
    {
        var slot = _slots.Find(_followUps[(_followUpFirst + place) % _followUps.Length]);
        return slot >= 0 && _orders[slot].IsInFollowUps;
    }

    bool ReadFollowUps(ref StateReader reader)
    {
        var count = reader.Count(8);
        for (var i = 0; i < count; i++)
        {
            var slot = _slots.Find(reader.U64());
            if (slot < 0 || !_orders[slot].IsInFollowUps)
                return false;
            _orders[slot].IsInFollowUps = false;
            AddFollowUp(slot);
        }
        return true;
    }

    void WriteAccounts(StateWriter writer)
    {
        var used = 0;
        foreach (ref readonly var account in _accounts.AsSpan())
            used += account.Position != 0 || account.CancelAt != 0 ? 1 : 0;
        writer.I32(used);
        for (var i = 0; i < _accounts.Length; i++)
        {
            if (_accounts[i].Position == 0 && _accounts[i].CancelAt == 0)
                continue;
            writer.I32(i);
            writer.I64(_accounts[i].Position);
            writer.I64(_accounts[i].CancelAt);
        }
    }

    bool ReadAccounts(ref StateReader reader)
    {
        var used = reader.Count(20);
        for (var i = 0; i < used; i++)
        {
            var account = reader.I32();
            if (account is < 0 or > 1 << 24)
                return false;
            ref var state = ref AccountOf(account);
            state.Position = reader.I64();
            state.CancelAt = reader.I64();
            if (state.CancelAt != 0)
                AddTimer(state.CancelAt, TimerKind.CancelAccount, (ulong)account);
        }
        return true;
    }

    /// <summary>Recomputes everything that is kept twice and compares. For tests and for recovery.</summary>
    public void CheckInternals()
    {
        Span<long> reduceOnly = stackalloc long[2];
        for (var side = 0; side < 2; side++)
            CheckSide(side);
        var live = 0;
        for (var slot = 0; slot < _ordersUsed; slot++)
        {
            ref var o = ref _orders[slot];
            if (o.Phase == OrderPhase.Free)
                continue;
            live++;
            Invariant.Holds(_slots.Find(o.Id) == slot && o.Leaves >= 0 && o.Visible <= o.Leaves);
            Invariant.Holds(o.Phase != OrderPhase.Taking && (o.Expiry == 0 || o.Expiry > _now));
            Invariant.Holds(o.Sibling < 0 || _orders[o.Sibling].Sibling == slot);
        }
        Invariant.Holds(live == _slots.Count);
        if (_state != BookState.Call)
            Invariant.Holds(_best[0] < 0 || _best[1] < 0 || BestBid < BestAsk);
        for (var account = 0; account < _accounts.Length; account++)
            CheckAccount(account, reduceOnly);
    }

    void CheckSide(int side)
    {
        Invariant.Holds(_best[side] == _ladders[side].First(highest: side == 0));
        for (var level = _best[side]; level >= 0; level = _ladders[side].After(_levels[level].Price, side == 0))
        {
            long total = 0, count = 0, pegged = 0;
            ulong nonce = 0;
            for (var slot = _levels[level].Head; slot >= 0; slot = _orders[slot].Next)
            {
                ref var o = ref _orders[slot];
                Invariant.Holds(o.Phase == OrderPhase.Resting && o.Level == level && o.Price == _levels[level].Price);
                Invariant.Holds(o.Nonce > nonce && o.Leaves > 0 && o.Visible > 0);
                nonce = o.Nonce;
                total += o.Leaves;
                count++;
                pegged += o.Peg != PegReference.None ? 1 : 0;
            }
            Invariant.Holds(count > 0 && total == _levels[level].Total && count == _levels[level].Count);
            Invariant.Holds(pegged == _levels[level].Pegged);
        }
    }

    void CheckAccount(int account, Span<long> reduceOnly)
    {
        ref var a = ref _accounts[account];
        var orders = 0;
        reduceOnly.Clear();
        for (var slot = a.Head - 1; slot >= 0; slot = _orders[slot].AccountNext)
        {
            ref var o = ref _orders[slot];
            orders++;
            if (o.Phase == OrderPhase.Resting && (o.Flags & OrderConditions.ReduceOnly) != OrderConditions.None)
                reduceOnly[(int)o.Side] += o.Leaves;
        }
        Invariant.Holds(orders == a.Orders && reduceOnly[0] == a.ReduceOnlyBuys && reduceOnly[1] == a.ReduceOnlySells);
        Invariant.Holds(a.ReduceOnlyBuys <= Reducible(account, Side.Buy)
            && a.ReduceOnlySells <= Reducible(account, Side.Sell));
    }
}
