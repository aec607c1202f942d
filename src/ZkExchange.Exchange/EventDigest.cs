using ZkExchange.Ledger;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

/// <summary>
/// A running 64-bit digest of everything that has happened. It finds a replay that went another way; it is no defence
/// against anybody.
/// </summary>
struct EventDigest
{
    const ulong Odd = 0x9E3779B97F4A7C15;

    public ulong Value { get; private set; }

    public EventDigest(ulong value) => Value = value;

    public void Add(ulong word)
    {
        unchecked
        {
            var mixed = (Value ^ word) * Odd;
            Value = mixed ^ (mixed >> 29);
        }
    }

    public void Add(Int128 word)
    {
        unchecked
        {
            Add((ulong)word);
            Add((ulong)(word >> 64));
        }
    }

    public void Add(in MatchEvent e)
    {
        unchecked
        {
            Add((ulong)e.Kind | ((ulong)e.Side << 8) | ((ulong)e.Reason << 16) | ((ulong)e.State << 24)
                | ((ulong)(uint)e.Instrument << 32) | ((ulong)e.Flags << 56));
            Add(((ulong)(uint)e.Account << 32) | (uint)e.OtherAccount);
            Add(((ulong)e.Price << 32) | e.Limit);
            Add(e.OrderId);
            Add(e.OtherId);
            Add(e.Nonce);
            Add((ulong)e.Quantity);
            Add((ulong)e.Leaves);
        }
    }

    public void Add(in Posting p)
    {
        Add(p.From.Key);
        Add(p.To.Key);
        Add(p.Amount);
    }

    public void Add(in Notice n)
    {
        unchecked
        {
            Add((ulong)n.Kind | ((ulong)(uint)n.Account << 8) | ((ulong)(uint)n.Instrument << 40));
            Add((ulong)n.Price);
        }
        Add(n.Amount);
        Add(n.Other);
    }
}
