using ZkExchange.Ledger;

namespace ZkExchange.Margin;

/// <summary>One contract as the margin engine sees it: its mark, its funding, how much of it is open.</summary>
/// <param name="instrument">Its number.</param>
/// <param name="quotePerTickLot">Quote units per tick and lot.</param>
/// <param name="risk">Its parameters.</param>
public sealed class Contract(int instrument, long quotePerTickLot, ContractRisk risk)
{
    const long PremiumMax = 1000L * MarginMath.Million;

    long _premiums;              // sum of the samples in millionths
    int _samples;

    public int Instrument { get; } = instrument;

    public long QuotePerTickLot { get; } = quotePerTickLot;

    public ContractRisk Risk { get; set; } = risk;

    /// <summary>32.16 ticks, 0 before there is one.</summary>
    public long Mark { get; set; }

    /// <summary>Lots that all accounts together are long.</summary>
    public long OpenInterest { get; set; }

    /// <summary>
    /// What one lot has paid since the beginning, in 2^-32 units of the settlement asset; longs pay when it rises.
    /// </summary>
    public Int128 FundingIndex { get; private set; }

    /// <summary>Takes a sample of how far the book is from the index.</summary>
    public void SamplePremium(long index, uint bid, uint ask)
    {
        if (index == 0 || bid == 0 || ask == 0)
            return;
        var above = Math.Max(0, ((long)bid << 16) - index);
        var below = Math.Max(0, index - ((long)ask << 16));
        var premium = Rounding.FloorDiv((Int128)(above - below) * MarginMath.Million, index);
        _premiums += (long)Int128.Min(premium, PremiumMax);      // never below -1: the sum has room for 2^31 samples
        _samples++;
    }

    /// <summary>
    /// Ends a funding interval: the index moves by the rate at the mark. Without samples, or without a mark to trust,
    /// the rate is zero.
    /// </summary>
    /// <returns>The rate in millionths.</returns>
    public int EndFundingInterval(bool isTrusted)
    {
        var rate = 0L;
        if (isTrusted && _samples > 0 && Mark > 0)
        {
            var premium = (long)Rounding.FloorDiv(_premiums, _samples);
            rate = premium + Math.Clamp(Risk.FundingInterestPpm - premium, -Risk.FundingClampPpm, Risk.FundingClampPpm);
            rate = Math.Clamp(rate, -Risk.FundingCapPpm, Risk.FundingCapPpm);
            FundingIndex += Rounding.FloorDiv((Int128)rate * Mark * QuotePerTickLot << 16, MarginMath.Million);
        }
        (_premiums, _samples) = (0, 0);
        return (int)rate;
    }

    /// <summary>Writes the state.</summary>
    public void Write(StateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.I64(Mark);
        writer.I64(OpenInterest);
        writer.Amount(FundingIndex);
        writer.I64(_premiums);
        writer.I32(_samples);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader reader)
    {
        Mark = reader.I64();
        OpenInterest = reader.I64();
        FundingIndex = reader.Amount();
        _premiums = reader.I64();
        _samples = reader.I32();
    }
}
