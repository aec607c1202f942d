using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>The positions of one account, in ascending order of instruments.</summary>
public sealed class AccountPositions
{
    Position[] _items = [];
    int _count;

    /// <summary>All of them, blank ones included until the next <see cref="Sweep"/>.</summary>
    public Span<Position> Items => _items.AsSpan(0, _count);

    /// <summary>True if there is a position or an order anywhere.</summary>
    public bool Any
    {
        get
        {
            foreach (ref readonly var p in Items)
            {
                if (!p.IsBlank)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The place of an instrument, or -1.</summary>
    public int IndexOf(int instrument)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_items[i].Instrument == instrument)
                return i;
        }
        return -1;
    }

    /// <summary>The position in an instrument, made if need be. Valid until the next one is made.</summary>
    /// <param name="instrument">Which.</param>
    /// <param name="fundingIndex">Where a new one starts to pay.</param>
    public ref Position Get(int instrument, Int128 fundingIndex)
    {
        var index = IndexOf(instrument);
        if (index >= 0)
        {
            if (_items[index].IsBlank)
                _items[index].FundingSeen = fundingIndex;        // as if it were made now
            return ref _items[index];
        }
        if (_count == _items.Length)
            Array.Resize(ref _items, Math.Max(2, 2 * _count));
        index = _count++;
        for (; index > 0 && _items[index - 1].Instrument > instrument; index--)
            _items[index] = _items[index - 1];
        _items[index] = new Position { Instrument = instrument, FundingSeen = fundingIndex };
        return ref _items[index];
    }

    /// <summary>Forgets blank positions.</summary>
    public void Sweep()
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (!_items[i].IsBlank)
                _items[kept++] = _items[i];
        }
        _count = kept;
    }

    /// <summary>Writes the positions, those aside that would come into being again as they are.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var used = 0;
        foreach (ref readonly var p in Items)
            used += p.IsBlank ? 0 : 1;
        writer.I32(used);
        foreach (ref readonly var p in Items)
        {
            if (p.IsBlank)
                continue;
            writer.I32(p.Instrument);
            writer.I64(p.Size);
            writer.Amount(p.Cost);
            writer.Amount(p.FundingSeen);
            writer.Flag(p.IsIsolated);
            writer.I64(p.OpenBuys);
            writer.I64(p.OpenSells);
            writer.Amount(p.OpenBuyNotional);
            writer.Amount(p.OpenSellNotional);
            writer.U32(p.PeakBuy);
            writer.U32(p.TroughSell);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader reader)
    {
        _count = reader.Count(101);
        _items = new Position[_count];
        for (var i = 0; i < _count; i++)
        {
            _items[i] = new Position
            {
                Instrument = reader.I32(),
                Size = reader.I64(),
                Cost = reader.Amount(),
                FundingSeen = reader.Amount(),
                IsIsolated = reader.Flag(),
                OpenBuys = reader.I64(),
                OpenSells = reader.I64(),
                OpenBuyNotional = reader.Amount(),
                OpenSellNotional = reader.Amount(),
                PeakBuy = reader.U32(),
                TroughSell = reader.U32(),
            };
        }
    }
}
