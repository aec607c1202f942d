using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>Index and mark of one instrument. All prices in 32.16 ticks, all times in nanoseconds.</summary>
/// <remarks>
/// Index: the lower median of the sources that are fresh. Mark: the median of the index, the index plus the average
/// basis of the book, and the book itself
/// (the median of bid, ask and last), never further from the index than the clamp; so neither the last trade nor an
/// empty book moves it alone.
/// </remarks>
public sealed class PriceFeed
{
    /// <summary>Sources of one feed.</summary>
    public const int SourcesMax = 16;

    const long Second = 1_000_000_000;
    const int ReplayMax = 300;

    readonly long[] _prices = new long[SourcesMax];
    readonly long[] _times = new long[SourcesMax];
    readonly ulong[] _nonces = new ulong[SourcesMax];
    readonly int[] _uncertainty = new int[SourcesMax];
    readonly long[] _scratch = new long[SourcesMax];
    long _indexTime;
    int _points;
    bool _uncertain;
    long _averageIndex;
    long _averageBasis;
    long _averagedTo;

    /// <summary>The index, 0 before there is one.</summary>
    public long Index { get; private set; }

    /// <summary>The mark, 0 before there is one.</summary>
    public long Mark { get; private set; }

    /// <summary>Takes what a source says, its signature having been checked, and makes a new index.</summary>
    public RejectCode Accept(int source, long price, int uncertaintyPpm, long time, ulong nonce, long now,
        FeedRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (source is < 0 or >= SourcesMax)
            return RejectCode.UnknownSource;
        if (price is <= 0 or >= 1L << 48 || uncertaintyPpm < 0 || time > now || time <= _times[source]
            || nonce <= _nonces[source])
            return RejectCode.ParameterOutOfRange;
        _prices[source] = price;
        _times[source] = time;
        _nonces[source] = nonce;
        _uncertainty[source] = uncertaintyPpm;
        MakeIndex(now, rules);
        return RejectCode.None;
    }

    /// <summary>Makes a new mark. Bid, ask and last in ticks, 0 where there is none.</summary>
    public void MakeMark(long now, uint bid, uint ask, uint last, FeedRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (Index == 0)
            return;
        Average(now, bid, ask, rules);
        var withBasis = Index + _averageBasis;
        var mark = withBasis;
        if (bid != 0 && ask != 0)
        {
            var book = last == 0 ? (long)bid + ask << 15 : Median((long)bid << 16, (long)ask << 16, (long)last << 16);
            mark = Median(Index, withBasis, book);
        }
        var reach = (long)((Int128)Index * rules.MarkClampPpm / MarginMath.Million);         // both positive: floors
        Mark = Math.Clamp(mark, Math.Max(1, Index - reach), Math.Min((1L << 48) - 1, Index + reach));
    }

    /// <summary>How good the index is at a time.</summary>
    public PriceValidity ValidityAt(long now, FeedRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (Index <= 0 || Mark <= 0)
            return PriceValidity.NonPositive;
        if (_averageIndex != 0
            && MarginMath.Million * (Int128)Math.Abs(Index - _averageIndex)
                > (Int128)_averageIndex * rules.VolatilityMaxPpm)
            return PriceValidity.TooVolatile;
        if (_uncertain)
            return PriceValidity.TooUncertain;
        if (now - _indexTime > rules.AgeMax)
            return PriceValidity.StaleMargin;
        if (_points < rules.Quorum)
            return PriceValidity.FewPoints;
        return now - _indexTime > rules.AgeSoft ? PriceValidity.StaleSoft : PriceValidity.Valid;
    }

    /// <summary>The table of what may be done on a price of a given quality.</summary>
    public static bool Allows(PriceValidity validity, PriceUse use) => validity <= use switch
    {
        PriceUse.Withdraw or PriceUse.Settle => PriceValidity.StaleSoft,
        PriceUse.IncreaseRisk or PriceUse.Deleverage => PriceValidity.FewPoints,
        PriceUse.Fund => PriceValidity.StaleMargin,
        _ => PriceValidity.TooUncertain,
    };

    /// <summary>Writes the state.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        for (var i = 0; i < SourcesMax; i++)
        {
            writer.I64(_prices[i]);
            writer.I64(_times[i]);
            writer.U64(_nonces[i]);
            writer.I32(_uncertainty[i]);
        }
        writer.I64(_indexTime);
        writer.I32(_points);
        writer.Flag(_uncertain);
        writer.I64(_averageIndex);
        writer.I64(_averageBasis);
        writer.I64(_averagedTo);
        writer.I64(Index);
        writer.I64(Mark);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader reader)
    {
        for (var i = 0; i < SourcesMax; i++)
        {
            _prices[i] = reader.I64();
            _times[i] = reader.I64();
            _nonces[i] = reader.U64();
            _uncertainty[i] = reader.I32();
        }
        _indexTime = reader.I64();
        _points = reader.I32();
        _uncertain = reader.Flag();
        _averageIndex = reader.I64();
        _averageBasis = reader.I64();
        _averagedTo = reader.I64();
        Index = reader.I64();
        Mark = reader.I64();
    }

    void MakeIndex(long now, FeedRules rules)
    {
        var fresh = 0;
        _indexTime = long.MaxValue;
        for (var i = 0; i < SourcesMax; i++)
        {
            if (_times[i] == 0 || now - _times[i] > rules.AgeMax)
                continue;
            _scratch[fresh++] = _prices[i];
            _indexTime = Math.Min(_indexTime, _times[i]);
        }
        Invariant.Holds(fresh > 0 || _indexTime == long.MaxValue);
        if (fresh == 0)
            _indexTime = 0;
        _points = fresh;
        if (fresh == 0)
            return;
        _scratch.AsSpan(0, fresh).Sort();
        Index = _scratch[(fresh - 1) / 2];
        _uncertain = false;
        for (var i = 0; i < SourcesMax; i++)
        {
            if (_times[i] == 0 || now - _times[i] > rules.AgeMax)
                continue;
            var distance = (Int128)Math.Abs(_prices[i] - Index) * MarginMath.Million;
            _uncertain |= _uncertainty[i] > rules.UncertaintyMaxPpm
                || distance > (Int128)Index * rules.UncertaintyMaxPpm;
        }
    }

    // Averages live on a grid of seconds: missed ticks are made up for, up to a limit, then they start anew.
    void Average(long now, uint bid, uint ask, FeedRules rules)
    {
        var basis = bid != 0 && ask != 0 ? ((long)bid + ask << 15) - Index : 0;
        var ticks = (now / Second) - _averagedTo;
        if (_averagedTo == 0 || ticks > ReplayMax)
            (_averageIndex, _averageBasis) = (Index, basis);
        else
        {
            for (; ticks > 0; ticks--)
            {
                _averageIndex = Approach(_averageIndex, Index, rules.Alpha);
                _averageBasis = Approach(_averageBasis, basis, rules.Alpha);
            }
        }
        _averagedTo = now / Second;
    }

    static long Approach(long average, long value, uint alpha) =>
        average + (long)((Int128)(value - average) * alpha >> 32);           // floors

    static long Median(long a, long b, long c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
