using System.Numerics;
using System.Runtime.CompilerServices;

namespace ZkExchange.Ledger;

/// <summary>
/// A map from 64-bit keys to indices: open addressing, linear probing, no tombstones, no allocation once it is large
/// enough.
/// </summary>
/// <remarks>
/// The order of its slots depends on history, so it is never enumerated. Removal shifts the run back (Knuth, volume 3,
/// section 6.4, algorithm R), which keeps probes short under any mix of insertions and removals. Values are at least 0.
/// </remarks>
public sealed class IdMap
{
    ulong[] _keys;
    int[] _values;                   // value + 1, 0 is a free slot
    int _shift;
    int _count;

    /// <param name="capacity">Keys held before the first growth; at least 1.</param>
    public IdMap(int capacity = 64)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * capacity));
        _keys = new ulong[size];
        _values = new int[size];
        _shift = 64 - BitOperations.Log2((uint)size);
    }

    /// <summary>Keys held.</summary>
    public int Count => _count;

    /// <summary>The value of a key, or -1.</summary>
    public int Find(ulong key)
    {
        var mask = _keys.Length - 1;
        for (var slot = Home(key); ; slot = (slot + 1) & mask)
        {
            var value = _values[slot];
            if (value == 0)
                return -1;
            if (_keys[slot] == key)
                return value - 1;
        }
    }

    /// <summary>Adds a key that is not yet there.</summary>
    public void Add(ulong key, int value)
    {
        if (2 * (_count + 1) > _keys.Length)
            Grow();
        Insert(key, value + 1);
        _count++;
    }

    /// <summary>Removes a key; false if it was not there.</summary>
    public bool Remove(ulong key)
    {
        var mask = _keys.Length - 1;
        var hole = Home(key);
        while (_keys[hole] != key || _values[hole] == 0)
        {
            if (_values[hole] == 0)
                return false;
            hole = (hole + 1) & mask;
        }

        // Move back every later member of the run whose home is not between the hole and itself.
        for (var slot = (hole + 1) & mask; _values[slot] != 0; slot = (slot + 1) & mask)
        {
            var distance = (slot - Home(_keys[slot])) & mask;
            if (distance < ((slot - hole) & mask))
                continue;
            _keys[hole] = _keys[slot];
            _values[hole] = _values[slot];
            hole = slot;
        }
        _values[hole] = 0;
        _count--;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Home(ulong key) => unchecked((int)(key * 0x9E3779B97F4A7C15UL >> _shift));   // Fibonacci hashing

    void Insert(ulong key, int stored)
    {
        var mask = _keys.Length - 1;
        var slot = Home(key);
        while (_values[slot] != 0)
        {
            Invariant.Holds(_keys[slot] != key);
            slot = (slot + 1) & mask;
        }
        _keys[slot] = key;
        _values[slot] = stored;
    }

    void Grow()
    {
        var (keys, values) = (_keys, _values);
        _keys = new ulong[2 * keys.Length];
        _values = new int[2 * keys.Length];
        _shift--;
        for (var i = 0; i < keys.Length; i++)
        {
            if (values[i] != 0)
                Insert(keys[i], values[i]);
        }
    }
}
