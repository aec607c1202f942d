using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Simulation;

/// <summary>
/// The venue of all simulations: three assets, a spot market, two perpetuals, a dated future, three price sources,
/// three signers.
/// </summary>
public static class SimulatedMarket
{
    /// <summary>The settlement asset, six decimals.</summary>
    public const int Dollar = 0;

    /// <summary>Eight decimals.</summary>
    public const int Bitcoin = 1;

    /// <summary>Eight decimals.</summary>
    public const int Ether = 2;

    /// <summary>When the future settles, unless a simulation says otherwise.</summary>
    public const long Expiry = 300_000_000_000;

    /// <summary>Shared secret of a source or signer: simulations seal instead of signing.</summary>
    public static byte[] Key(string role, int number) =>
        System.Text.Encoding.ASCII.GetBytes($"simulated-{role}-{number}");

    /// <summary>The parameter set.</summary>
    public static VenueParameters Parameters(long expiry = Expiry) => new()
    {
        SettlementAsset = Dollar,
        Assets =
        [
            new AssetSpec { Symbol = "USDT", Decimals = 6 },
            new AssetSpec { Symbol = "BTC", Decimals = 8, Tiers = Collateral() },
            new AssetSpec { Symbol = "ETH", Decimals = 8, Tiers = Collateral() },
        ],
        Instruments =
        [
            // Ticks of 0.1 dollar, lots of 0.0001 coin: a tick and a lot make 10 units of the dollar.
            Instrument(0, "BTC-USDT", InstrumentKind.Spot, Bitcoin, 0),
            Instrument(1, "BTC-PERP", InstrumentKind.Perpetual, Bitcoin, 0),
            Instrument(2, "ETH-PERP", InstrumentKind.Perpetual, Ether, 0),
            Instrument(3, "BTC-DATED", InstrumentKind.Future, Bitcoin, expiry),
        ],
        Sources = [Key("source", 0), Key("source", 1), Key("source", 2)],
        Signers = [Key("signer", 0), Key("signer", 1), Key("signer", 2)],
        Threshold = 2,
        Timelock = 60_000_000_000,
        TakeoverLossMax = 2_000_000_000,
        TakeoverWindowLossMax = 5_000_000_000,
    };

    static InstrumentSpec Instrument(int number, string symbol, InstrumentKind kind, int asset, long expiry) => new()
    {
        Symbol = symbol,
        Rules = new BookRules
        {
            Instrument = number,
            Kind = kind,
            QuotePerTickLot = 10,
            NotionalMin = 1000,
            BandPpm = 100_000,
            VolatilityBandPpm = 80_000,
            CollarPpm = 50_000,
            CallLength = 5_000_000_000,
            QuantityMax = 1 << 30,
        },
        BaseAsset = asset,
        QuoteAsset = Dollar,
        BasePerLot = 10_000,
        TakerFeePpm = 500,
        MakerFeePpm = 200,
        Risk = kind == InstrumentKind.Spot ? null : Risk(kind),
        Feed = new FeedRules { Quorum = 2, VolatilityMaxPpm = 300_000 },
        Expiry = expiry,
    };

    static ContractRisk Risk(InstrumentKind kind) => new()
    {
        Tiers =
        [
            new MarginTier(100_000_000_000, 50_000, 25_000, 15_000),
            new MarginTier(1_000_000_000_000, 100_000, 50_000, 30_000),
            new MarginTier(Amounts.Limit, 250_000, 125_000, 80_000),
        ],
        TakerFeePpm = 500,
        MakerFeePpm = -100,
        LiquidationSlippagePpm = 1000,
        TakeoverMax = 20_000,
        FundingInterval = kind == InstrumentKind.Perpetual ? 60_000_000_000 : 0,
    };

    static CollateralTier[] Collateral() =>
    [
        new CollateralTier(1_000_000_000_000, 800_000, 900_000),
        new CollateralTier(10_000_000_000_000, 500_000, 600_000),
    ];
}
