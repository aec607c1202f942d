using System.Numerics;

namespace ZkExchange.Matching;

/// <summary>
/// An ordered map from prices to level numbers: a trie of 64-way nodes, six deep, with a bit for every child.
/// </summary>
/// <remarks>
/// Insert, remove, successor and predecessor touch at most six words each, however the prices lie. Prices cluster, so
/// the
/// node that covers the last 4096-tick run is remembered, and most steps touch two. Its shape depends on the set of
/// prices alone, and its node numbers reach nobody, so it is no part of the state.
/// </remarks>
sealed class PriceLadder
{
    const int Fan = 64;
    const int Leaf = 5;
    const int None = -1;

    ulong[] _bits = new ulong[64];
    int[] _children = new int[64 * Fan];     // node numbers; in the leaves, level numbers
    int[] _parents = new int[64];
    int _used = 1;                           // node 0 is the root
    int _free = None;
    uint _nearKey = uint.MaxValue;
    int _near;

    /// <summary>True if no price has a level.</summary>
    public bool IsEmpty => _bits[0] == 0;

    /// <summary>The level of a price, or -1.</summary>
    public int Find(uint price)
    {
        var node = 0;
        for (var depth = 0; ; depth++)
        {
            var slot = Slot(price, depth);
            if ((_bits[node] >> slot & 1) == 0)
                return None;
            node = _children[(node * Fan) + slot];
            if (depth == Leaf)
                return node;
        }
    }

    /// <summary>Puts a level under a price that has none.</summary>
    public void Add(uint price, int level)
    {
        var leaf = Child(Near(price), Slot(price, Leaf - 1));
        var slot = Slot(price, Leaf);
        _bits[leaf] |= 1UL << slot;
        _children[(leaf * Fan) + slot] = level;
    }

    /// <summary>Takes a price away, and every node that covers nothing any more.</summary>
    public void Remove(uint price)
    {
        var node = Child(Near(price), Slot(price, Leaf - 1));
        for (var depth = Leaf; ; depth--)
        {
            _bits[node] &= ~(1UL << Slot(price, depth));
            if (_bits[node] != 0 || depth == 0)
                return;
            if (depth == Leaf - 1)
                _nearKey = uint.MaxValue;
            _children[node * Fan] = _free;
            _free = node;
            node = _parents[node];
        }
    }

    /// <summary>The level of the highest or lowest price, or -1.</summary>
    public int First(bool highest) => IsEmpty ? None : Descend(0, 0, highest);

    /// <summary>
    /// The level of the nearest price below (descending) or above (ascending) a price that has a level, or -1.
    /// </summary>
    public int After(uint price, bool descending)
    {
        var node = Child(Near(price), Slot(price, Leaf - 1));
        for (var depth = Leaf; ; depth--)
        {
            var slot = Slot(price, depth);
            var rest = descending
                ? _bits[node] & ((1UL << slot) - 1)
                : _bits[node] & ~(ulong.MaxValue >> (63 - slot));
            if (rest != 0)
            {
                var next = _children[(node * Fan) + Nearest(rest, descending)];
                return depth == Leaf ? next : Descend(next, depth + 1, descending);
            }
            if (depth == 0)
                return None;
            node = _parents[node];
        }
    }

    static int Slot(uint price, int depth) => (int)(price >> (6 * (Leaf - depth)) & (Fan - 1));

    static int Nearest(ulong bits, bool highest) =>
        highest ? 63 - BitOperations.LeadingZeroCount(bits) : BitOperations.TrailingZeroCount(bits);

    int Descend(int node, int depth, bool highest)
    {
        for (; depth <= Leaf; depth++)
            node = _children[(node * Fan) + Nearest(_bits[node], highest)];
        return node;
    }

    // The node above the leaf of a price, made if need be.
    int Near(uint price)
    {
        var key = price >> 12;
        if (key == _nearKey)
            return _near;
        var node = 0;
        for (var depth = 0; depth < Leaf - 1; depth++)
            node = Child(node, Slot(price, depth));
        _nearKey = key;
        _near = node;
        return node;
    }

    int Child(int node, int slot)
    {
        if ((_bits[node] >> slot & 1) != 0)
            return _children[(node * Fan) + slot];
        var child = _free;
        if (child != None)
            _free = _children[child * Fan];
        else
            child = NewNode();
        _bits[child] = 0;
        _parents[child] = node;
        _bits[node] |= 1UL << slot;
        _children[(node * Fan) + slot] = child;
        return child;
    }

    int NewNode()
    {
        if (_used == _bits.Length)
        {
            Array.Resize(ref _bits, 2 * _used);
            Array.Resize(ref _parents, 2 * _used);
            Array.Resize(ref _children, 2 * _used * Fan);
        }
        return _used++;
    }
}
