namespace ZkExchange.Matching;

// Time comes with commands. Timers are a binary heap of (due, kind, subject); one that no longer applies is dropped
// when it is due.
public sealed partial class OrderBook
{
    (long Due, TimerKind Kind, ulong Subject)[] _timers = new (long, TimerKind, ulong)[64];
    int _timerCount;

    /// <summary>
    /// When this book next has something to do by itself, or had until lately; <see cref="long.MaxValue"/> for never.
    /// </summary>
    public long NextDue => _timerCount == 0 ? long.MaxValue : _timers[0].Due;

    /// <summary>
    /// Makes <see cref="NextDue"/> exact: a timer of what is gone is no part of the state, so nobody may notice it.
    /// </summary>
    public void ForgetIdleTimers()
    {
        while (_timerCount > 0 && !Applies(_timers[0]))
            RemoveFirstTimer();
    }

    /// <summary>
    /// Runs everything that is due, in the order of its due times. Comes before anything else a command does.
    /// </summary>
    public void Advance(long now)
    {
        while (_timerCount > 0 && _timers[0].Due <= now)
        {
            var (due, kind, subject) = _timers[0];
            RemoveFirstTimer();
            _now = due;
            RunTimer(due, kind, subject);
        }
        _now = now;
    }

    void RunTimer(long due, TimerKind kind, ulong subject)
    {
        switch (kind)
        {
            case TimerKind.ExpireOrder:
                var slot = _slots.Find(subject);
                if (slot < 0 || _orders[slot].Expiry != due)
                    return;
                End(slot, EndReason.Expired);
                AfterCommand();
                break;
            case TimerKind.CancelAccount:
                if (_accounts[(int)subject].CancelAt != due)
                    return;
                _accounts[(int)subject].CancelAt = 0;
                CancelAll((int)subject, reason: EndReason.ScheduledCancel);
                break;
            default:
                if (_state == BookState.Call && _callEnd == due)
                    EndCall();
                break;
        }
    }

    void AddTimer(long due, TimerKind kind, ulong subject)
    {
        if (_timerCount == _timers.Length)
            MakeRoomForTimers();
        var hole = _timerCount++;
        var timer = (due, kind, subject);
        while (hole > 0 && timer.CompareTo(_timers[(hole - 1) / 2]) < 0)
        {
            _timers[hole] = _timers[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        _timers[hole] = timer;
    }

    void RemoveFirstTimer()
    {
        var last = _timers[--_timerCount];
        var hole = 0;
        for (var child = 1; child < _timerCount; child = (2 * hole) + 1)
        {
            if (child + 1 < _timerCount && _timers[child + 1].CompareTo(_timers[child]) < 0)
                child++;
            if (last.CompareTo(_timers[child]) <= 0)
                break;
            _timers[hole] = _timers[child];
            hole = child;
        }
        _timers[hole] = last;
    }

    // Before growing, forget timers of orders that are gone, and all but one of the same: what remains is bounded by
    // what lives.
    void MakeRoomForTimers()
    {
        var kept = 0;
        for (var i = 0; i < _timerCount; i++)
        {
            if (Applies(_timers[i]))
                _timers[kept++] = _timers[i];
        }
        Array.Sort(_timers, 0, kept);                            // a sorted array is a heap
        var all = kept;
        kept = 0;
        for (var i = 0; i < all; i++)
        {
            if (kept == 0 || _timers[i] != _timers[kept - 1])
                _timers[kept++] = _timers[i];
        }
        _timerCount = kept;
        if (2 * kept > _timers.Length)
            Array.Resize(ref _timers, 2 * _timers.Length);
    }

    bool Applies((long Due, TimerKind Kind, ulong Subject) timer)
    {
        switch (timer.Kind)
        {
            case TimerKind.ExpireOrder:
                var slot = _slots.Find(timer.Subject);
                return slot >= 0 && _orders[slot].Expiry == timer.Due;
            case TimerKind.CancelAccount:
                return _accounts[(int)timer.Subject].CancelAt == timer.Due;
            default:
                return _state == BookState.Call && _callEnd == timer.Due;
        }
    }
}
