using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Proving;

/// <summary>What stands on a bus: for each message the weights sent minus those received.</summary>
/// <remarks>An open hash table over flat arrays: a million messages of a word each are counted in a blink.</remarks>
sealed class BusLedger(Bus bus)
{
    int[] _slots = [];                                 // 0 = free, else 1 + index of the message
    KoalaBear[] _words = [];                                   // [message][word]
    KoalaBear[] _sums = [];                                    // [message][weight]
    (string Law, long Row)[] _first = [];                      // who named the message first
    int _count;

    /// <summary>Adds weights to, or takes them from, the sums of a message.</summary>
    public void Add(
        ReadOnlySpan<KoalaBear> message, ReadOnlySpan<KoalaBear> weights, Direction direction, string law, long row)
    {
        var index = Find(message, law, row);
        var sums = _sums.AsSpan(index * bus.Weights, bus.Weights);
        for (var i = 0; i < weights.Length; i++)
            sums[i] = direction == Direction.Send ? sums[i] + weights[i] : sums[i] - weights[i];
    }

    /// <summary>Adds an entry for each law under which messages do not balance.</summary>
    public void Report(List<BrokenLaw> broken)
    {
        var counts = new Dictionary<string, (long Row, long Count)>(StringComparer.Ordinal);
        for (var i = 0; i < _count; i++)
        {
            if (!_sums.AsSpan(i * bus.Weights, bus.Weights).ContainsAnyExcept(KoalaBear.Zero)) continue;
            var (law, row) = _first[i];
            counts[law] = counts.TryGetValue(law, out var so) ? (so.Row, so.Count + 1) : (row, 1);
        }

        foreach (var (law, (row, count)) in counts) broken.Add(new(bus.Name, law, row, count));
    }

    int Find(ReadOnlySpan<KoalaBear> message, string law, long row)
    {
        if (2 * (_count + 1) > _slots.Length) Grow();
        for (var slot = Hash(message) & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var index = _slots[slot] - 1;
            if (index < 0)
            {
                _slots[slot] = _count + 1;
                message.CopyTo(_words.AsSpan(_count * bus.Width));
                _first[_count] = (law, row);
                return _count++;
            }

            if (Message(index).SequenceEqual(message)) return index;
        }
    }

    void Grow()
    {
        _slots = new int[Math.Max(64, 2 * _slots.Length)];
        Array.Resize(ref _words, _slots.Length / 2 * bus.Width);
        Array.Resize(ref _sums, _slots.Length / 2 * bus.Weights);
        Array.Resize(ref _first, _slots.Length / 2);
        for (var i = 0; i < _count; i++)
        {
            var slot = Hash(Message(i)) & (_slots.Length - 1);
            while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = i + 1;
        }
    }

    ReadOnlySpan<KoalaBear> Message(int index) => _words.AsSpan(index * bus.Width, bus.Width);

    static int Hash(ReadOnlySpan<KoalaBear> message)
    {
        var hash = 0UL;
        foreach (var word in message) hash = (hash ^ word.Residue) * 0x9E37_79B9_7F4A_7C15;
        return (int)(hash >> 33);
    }
}
