namespace ZkExchange.Matching;

// Pegged orders follow the middle or the mark from a distance. They move when a command is over, by ascending id, and
// never take:
// one that would meet the other side stops one tick short of it.
public sealed partial class OrderBook
{
    ulong[] _pegged = new ulong[16];            // ids, ascending
    int _pegs;

    void RestPegged(int slot)
    {
        ref var o = ref _orders[slot];
        var price = PegPrice(o.Peg, o.PegOffset, o.Side, o.Limit);
        InsertSorted(ref _pegged, ref _pegs, o.Id);
        Rest(slot, price);
    }

    void RemovePeg(ulong id) => RemoveSorted(_pegged, ref _pegs, id);

    void RepricePegs()
    {
        for (var i = 0; i < _pegs; i++)
        {
            var slot = _slots.Find(_pegged[i]);
            ref var o = ref _orders[slot];
            var price = PegPrice(o.Peg, o.PegOffset, o.Side, o.Limit);
            if (price == 0 || price == o.Price)
                continue;
            Unlink(slot);
            Link(slot, price);
            _ = NewEvent(MatchEventKind.Repriced, o);
        }
    }

    // 0: no reference, or no price left on the safe side. Rounds away from the other side.
    uint PegPrice(PegReference peg, int offset, Side side, uint cap)
    {
        var reference = peg == PegReference.Mark ? MarkTicks(side) : MidTicks(side);
        if (reference == 0)
            return 0;
        var step = _rules.PriceStep;
        var price = reference + offset;
        if (side == Side.Buy)
        {
            price = Math.Min(price, cap);
            if (_best[1] >= 0)
                price = Math.Min(price, (long)BestAsk - 1);
            price -= price % step;
        }
        else
        {
            price = Math.Max(price, cap);
            if (_best[0] >= 0)
                price = Math.Max(price, (long)BestBid + 1);
            price += (step - (price % step)) % step;
        }
        return price >= 1 && price <= _rules.PriceMax ? (uint)price : 0;
    }

    long MarkTicks(Side side)
    {
        var mark = SourceValue(PriceSource.Mark);
        return (side == Side.Buy ? mark : mark + 0xFFFF) >> 16;
    }

    long MidTicks(Side side)
    {
        var bid = BestOfItsOwn(0);
        var ask = BestOfItsOwn(1);
        if (bid == 0 || ask == 0)
            return 0;
        var sum = (long)bid + ask;
        return (side == Side.Buy ? sum : sum + 1) >> 1;
    }

    // The best price of a side at which somebody stands who does not follow a reference.
    uint BestOfItsOwn(int side)
    {
        for (var level = _best[side]; level >= 0; level = _ladders[side].After(_levels[level].Price, side == 0))
        {
            if (_levels[level].Count > _levels[level].Pegged)
                return _levels[level].Price;
        }
        return 0;
    }
}
