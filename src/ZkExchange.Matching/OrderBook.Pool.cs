using ZkExchange.Ledger;

namespace ZkExchange.Matching;

// The pools of orders and levels, the queues, the lists of accounts. Slot numbers reach nobody outside.
public sealed partial class OrderBook
{
    ulong[] _scratch = new ulong[64];
    int _scratchCount;

    int NewOrder(ulong id, in OrderRequest r)
    {
        Invariant.Holds(_slots.Find(id) < 0);
        var slot = _freeOrder;
        if (slot != None)
            _freeOrder = _orders[slot].Next;
        else
        {
            if (_ordersUsed == _orders.Length)
                Array.Resize(ref _orders, 2 * _ordersUsed);
            slot = _ordersUsed++;
        }
        ref var o = ref _orders[slot];
        o = default;
        o.Id = id;
        o.Leaves = r.Quantity;
        o.Account = r.Account;
        o.Master = r.Master;
        o.Price = r.Price;
        o.Limit = r.Price;
        o.Phase = OrderPhase.Held;
        o.Type = r.Type;
        o.Flags = r.Flags;
        o.Side = r.Side;
        o.Display = r.Display;
        o.Expiry = r.Expiry;
        o.ClientId = r.ClientId;
        o.Sibling = o.Parent = o.Child = None;
        o.Previous = o.Next = o.Level = None;
        o.Trigger = r.TriggerPrice;
        o.Trail = r.Trail;
        o.PegOffset = r.PegOffset;
        o.Peg = r.Peg;
        o.Source = r.TriggerSource;
        o.TimeInForce = r.TimeInForce;
        o.SelfTrade = r.SelfTrade;
        o.SelfTradeScope = r.SelfTradeScope;
        _slots.Add(id, slot);
        JoinAccount(slot, ref o);
        if (o.Expiry != 0)
            AddTimer(o.Expiry, TimerKind.ExpireOrder, id);
        return slot;
    }

    void JoinAccount(int slot, ref Order o)
    {
        ref var account = ref AccountOf(o.Account);
        o.AccountPrevious = None;
        o.AccountNext = account.Head - 1;
        if (account.Head != 0)
            _orders[account.Head - 1].AccountPrevious = slot;
        account.Head = slot + 1;
        account.Orders++;
    }

    void Release(int slot)
    {
        ref var o = ref _orders[slot];
        ref var account = ref _accounts[o.Account];
        if (o.AccountPrevious >= 0)
            _orders[o.AccountPrevious].AccountNext = o.AccountNext;
        else
            account.Head = o.AccountNext + 1;
        if (o.AccountNext >= 0)
            _orders[o.AccountNext].AccountPrevious = o.AccountPrevious;
        account.Orders--;
        _slots.Remove(o.Id);
        o.Phase = OrderPhase.Free;
        o.Next = _freeOrder;
        _freeOrder = slot;
    }

    ref AccountState AccountOf(int account)
    {
        if (account >= _accounts.Length)
            Array.Resize(ref _accounts, Math.Max(account + 1, 2 * _accounts.Length));
        return ref _accounts[account];
    }

    // Puts an order at the tail of a price's queue in one of the eight ladders.
    void Enqueue(int slot, int ladder, uint price)
    {
        ref var o = ref _orders[slot];
        var number = _ladders[ladder].Find(price);
        if (number < 0)
        {
            number = NewLevel(price);
            _ladders[ladder].Add(price, number);
            if (ladder < 2 && (_best[ladder] < 0 || IsBetter(ladder, price, _levels[_best[ladder]].Price)))
                _best[ladder] = number;
        }
        ref var level = ref _levels[number];
        o.Level = number;
        o.Previous = level.Tail;
        o.Next = None;
        if (level.Tail >= 0)
            _orders[level.Tail].Next = slot;
        else
            level.Head = slot;
        level.Tail = slot;
        level.Count++;
        level.Total += o.Leaves;
        o.Nonce = ++_nonce;
    }

    void Dequeue(int slot, int ladder)
    {
        ref var o = ref _orders[slot];
        ref var level = ref _levels[o.Level];
        if (o.Previous >= 0)
            _orders[o.Previous].Next = o.Next;
        else
            level.Head = o.Next;
        if (o.Next >= 0)
            _orders[o.Next].Previous = o.Previous;
        else
            level.Tail = o.Previous;
        level.Total -= o.Leaves;
        if (--level.Count == 0)
        {
            if (ladder < 2 && _best[ladder] == o.Level)
                _best[ladder] = _ladders[ladder].After(level.Price, descending: ladder == 0);
            _ladders[ladder].Remove(level.Price);
            level.Head = _freeLevel;
            _freeLevel = o.Level;
        }
        o.Level = o.Previous = o.Next = None;
    }

    // The queue of the book itself, with the sums that depend on it.
    void Link(int slot, uint price)
    {
        Enqueue(slot, (int)_orders[slot].Side, price);
        ref var o = ref _orders[slot];
        o.Price = price;
        o.Phase = OrderPhase.Resting;
        if (o.Peg != PegReference.None)
            _levels[o.Level].Pegged++;
        CountReduceOnly(o, o.Leaves);
    }

    void Unlink(int slot)
    {
        ref var o = ref _orders[slot];
        if (o.Peg != PegReference.None)
            _levels[o.Level].Pegged--;
        CountReduceOnly(o, -o.Leaves);
        Dequeue(slot, (int)o.Side);
    }

    void CountReduceOnly(in Order o, long lots)
    {
        if ((o.Flags & OrderConditions.ReduceOnly) == OrderConditions.None)
            return;
        ref var account = ref _accounts[o.Account];
        if (o.Side == Side.Buy)
            account.ReduceOnlyBuys += lots;
        else
            account.ReduceOnlySells += lots;
    }

    // Takes an order out of whatever queue it is in.
    void Detach(int slot)
    {
        ref var o = ref _orders[slot];
        switch (o.Phase)
        {
            case OrderPhase.Resting:
                if (o.Peg != PegReference.None)
                    RemovePeg(o.Id);
                Unlink(slot);
                break;
            case OrderPhase.Dormant:
                Dequeue(slot, TriggerLadder(o));
                break;
            case OrderPhase.Trailing:
                RemoveTrailing(o.Id);
                break;
            default:
                break;
        }
    }

    int NewLevel(uint price)
    {
        var number = _freeLevel;
        if (number != None)
            _freeLevel = _levels[number].Head;
        else
        {
            if (_levelsUsed == _levels.Length)
                Array.Resize(ref _levels, 2 * _levelsUsed);
            number = _levelsUsed++;
        }
        _levels[number] = new Level { Price = price, Head = None, Tail = None };
        return number;
    }

    static bool IsBetter(int side, uint price, uint other) => side == 0 ? price > other : price < other;

    void AddScratch(ulong id)
    {
        if (_scratchCount == _scratch.Length)
            Array.Resize(ref _scratch, 2 * _scratchCount);
        _scratch[_scratchCount++] = id;
    }

    // Valid until scratch is used again; the callers end orders, which never uses it.
    ReadOnlySpan<ulong> SortedScratch()
    {
        var ids = _scratch.AsSpan(0, _scratchCount);
        _scratchCount = 0;
        ids.Sort();
        return ids;
    }

    ReadOnlySpan<ulong> IdsOf(int account)
    {
        var first = account < _accounts.Length ? _accounts[account].Head - 1 : None;
        for (var slot = first; slot >= 0; slot = _orders[slot].AccountNext)
            AddScratch(_orders[slot].Id);
        return SortedScratch();
    }
}
