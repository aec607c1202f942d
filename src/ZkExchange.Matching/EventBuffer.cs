namespace ZkExchange.Matching;

/// <summary>The events of one command, in order. Grows, is cleared, and is never given up.</summary>
public sealed class EventBuffer
{
    MatchEvent[] _items = new MatchEvent[256];

    /// <summary>Events since the last <see cref="Clear"/>.</summary>
    public int Count { get; private set; }

    /// <summary>The events so far.</summary>
    public ReadOnlySpan<MatchEvent> Items => _items.AsSpan(0, Count);

    /// <summary>A reference to one event, valid until the next one is added.</summary>
    public ref readonly MatchEvent this[int index] => ref _items[index];

    /// <summary>Forgets all events.</summary>
    public void Clear() => Count = 0;

    /// <summary>A blank event at the end.</summary>
    public ref MatchEvent Add()
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, 2 * _items.Length);
        ref var item = ref _items[Count++];
        item = default;
        return ref item;
    }
}
