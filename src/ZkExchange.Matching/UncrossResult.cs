namespace ZkExchange.Matching;

/// <summary>The search for the uncross price over runs of ticks on which demand and supply do not change.</summary>
/// <remarks>
/// Maximum volume, then minimum surplus, then the side that presses, then the reference (specs/70-exchange-core.md
/// section 4). The runs
/// kept are contiguous, so an interval holds them.
/// </remarks>
struct UncrossResult
{
    long _surplus;
    bool _pressureUp;
    bool _pressureDown;
    bool _balanced;

    public uint Low;
    public uint High;
    public uint Price;
    public long Volume;

    /// <summary>Looks at the ticks low .. high, where demand and supply are as given. Called upwards.</summary>
    public void Offer(uint low, uint high, long demand, long supply)
    {
        var volume = Math.Min(demand, supply);
        var surplus = Math.Abs(demand - supply);
        if (volume == 0 || volume < Volume || (volume == Volume && surplus > _surplus))
            return;
        if (volume > Volume || surplus < _surplus)
        {
            (Volume, _surplus, Low) = (volume, surplus, low);
            _pressureUp = _pressureDown = _balanced = false;
        }
        High = high;
        _pressureUp |= demand > supply;
        _pressureDown |= demand < supply;
        _balanced |= demand == supply;
    }

    /// <summary>Settles on one tick of the interval.</summary>
    public void Choose(long reference)
    {
        if (Volume == 0)
            return;
        if (_pressureUp && !_pressureDown && !_balanced)
            Price = High;
        else if (_pressureDown && !_pressureUp && !_balanced)
            Price = Low;
        else
            Price = (uint)Math.Clamp(reference >> 16, Low, High);
    }
}
