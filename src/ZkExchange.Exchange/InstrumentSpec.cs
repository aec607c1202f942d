using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange;

/// <summary>One instrument of the venue: the rules of its book, what it delivers, and its risk.</summary>
public sealed record InstrumentSpec
{
    public required string Symbol { get; init; }

    public required BookRules Rules { get; init; }

    /// <summary>The asset bought and sold; for contracts, the one whose price they follow.</summary>
    public required int BaseAsset { get; init; }

    /// <summary>The asset it is paid in; for contracts, the settlement asset.</summary>
    public required int QuoteAsset { get; init; }

    /// <summary>Smallest units of the base asset in a lot.</summary>
    public required Int128 BasePerLot { get; init; }

    /// <summary>Fees of a spot instrument, taken from what each side receives.</summary>
    public int TakerFeePpm { get; init; }

    public int MakerFeePpm { get; init; }

    /// <summary>For contracts.</summary>
    public ContractRisk? Risk { get; init; }

    public FeedRules Feed { get; init; } = new();

    /// <summary>For dated contracts: when it settles, in nanoseconds.</summary>
    public long Expiry { get; init; }

    internal void Write(StateWriter writer)
    {
        Text.Write(writer, Symbol);
        writer.I32(Rules.Instrument);
        writer.U8((byte)Rules.Kind);
        writer.I64(Rules.QuotePerTickLot);
        writer.U32(Rules.PriceStep);
        writer.U32(Rules.PriceMax);
        writer.I64(Rules.LotStep);
        writer.I64(Rules.QuantityMin);
        writer.I64(Rules.QuantityMax);
        writer.Amount(Rules.NotionalMin);
        writer.Amount(Rules.NotionalMax);
        writer.I32(Rules.BandPpm);
        writer.I32(Rules.VolatilityBandPpm);
        writer.I32(Rules.CollarPpm);
        writer.I64(Rules.CallLength);
        writer.I32(Rules.ExtensionsMax);
        writer.I64(Rules.LifeMax);
        writer.I32(Rules.OrdersPerAccountMax);
        writer.I32(BaseAsset);
        writer.I32(QuoteAsset);
        writer.Amount(BasePerLot);
        writer.I32(TakerFeePpm);
        writer.I32(MakerFeePpm);
        writer.Flag(Risk != null);
        Risk?.Write(writer);
        Feed.Write(writer);
        writer.I64(Expiry);
    }

    internal static InstrumentSpec Read(ref StateReader reader)
    {
        var symbol = Text.Read(ref reader);
        var rules = new BookRules
        {
            Instrument = reader.I32(),
            Kind = (InstrumentKind)reader.U8(),
            QuotePerTickLot = reader.I64(),
            PriceStep = reader.U32(),
            PriceMax = reader.U32(),
            LotStep = reader.I64(),
            QuantityMin = reader.I64(),
            QuantityMax = reader.I64(),
            NotionalMin = reader.Amount(),
            NotionalMax = reader.Amount(),
            BandPpm = reader.I32(),
            VolatilityBandPpm = reader.I32(),
            CollarPpm = reader.I32(),
            CallLength = reader.I64(),
            ExtensionsMax = reader.I32(),
            LifeMax = reader.I64(),
            OrdersPerAccountMax = reader.I32(),
        };
        return new InstrumentSpec
        {
            Symbol = symbol,
            Rules = rules,
            BaseAsset = reader.I32(),
            QuoteAsset = reader.I32(),
            BasePerLot = reader.Amount(),
            TakerFeePpm = reader.I32(),
            MakerFeePpm = reader.I32(),
            Risk = reader.Flag() ? ContractRisk.Read(ref reader) : null,
            Feed = FeedRules.Read(ref reader),
            Expiry = reader.I64(),
        };
    }

    internal bool IsValid(int index, int assets, int settlementAsset)
    {
        var r = Rules;
        var isSpot = r.Kind == InstrumentKind.Spot;
        return Text.IsName(Symbol) && r.Instrument == index && r.Kind <= InstrumentKind.Option
            && r.QuotePerTickLot is >= 1 and < 1024 && r.PriceStep >= 1 && r.PriceMax is >= 1 and < uint.MaxValue
            && r.LotStep >= 1 && r.QuantityMin >= 1 && r.QuantityMax >= r.QuantityMin && r.QuantityMax < 1L << 48
            && r.NotionalMin >= 0 && r.NotionalMax > r.NotionalMin && r.NotionalMax <= Amounts.Limit
            && IsShare(r.BandPpm) && IsShare(r.VolatilityBandPpm) && IsShare(r.CollarPpm)
            && r.CallLength is > 0 and < ContractRisk.DurationLimit && r.ExtensionsMax is >= 0 and <= 100
            && r.LifeMax > 0 && r.OrdersPerAccountMax is > 0 and <= 100_000
            && BaseAsset >= 0 && BaseAsset < assets && QuoteAsset >= 0 && QuoteAsset < assets
            && BasePerLot > 0 && BasePerLot < Amounts.Limit && BasePerLot * r.QuantityMax < Amounts.Limit
            // any amount of the base asset is worth less than 2^127 at any price
            && (QuoteAsset != settlementAsset || r.QuotePerTickLot < 32 * BasePerLot)
            && TakerFeePpm is >= 0 and <= 100_000 && MakerFeePpm is >= 0 and <= 100_000 && Feed.IsValid() && Expiry >= 0
            && (isSpot ? Risk == null && BaseAsset != QuoteAsset
                : Risk != null && Risk.IsValid() && QuoteAsset == settlementAsset && r.NotionalMax <= Amounts.Limit
                    && (r.Kind == InstrumentKind.Future) == (Expiry > 0));
    }

    static bool IsShare(int ppm) => ppm is >= 0 and < MarginMath.Million;
}
