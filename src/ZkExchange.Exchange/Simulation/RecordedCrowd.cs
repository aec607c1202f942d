using System.Text;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Simulation;

/// <summary>
/// A crowd that lives in a recorded market: sources sign what was recorded, makers quote around the recorded best
/// prices, takers and gamblers trade when somebody traded (specs/70-exchange-core.md section 11).
/// </summary>
/// <remarks>
/// A function of the seed, the recording and the venue. Commands come one at a time, and each must have been
/// executed before the next is asked for.
/// </remarks>
public sealed class RecordedCrowd
{
    const int FirstMaker = 1;                                  // account 0 is the fund
    const int Makers = 4;
    const int Takers = 8;
    const int Gamblers = 8;
    const int FirstTaker = FirstMaker + Makers;
    const int FirstGambler = FirstTaker + Takers;
    const int Spot = 0;
    const int Perpetual = 1;
    const int Dated = 3;
    const int Levels = 3;
    const long UnitsPerTick = 10_000_000;
    const long UnitsPerLot = 10_000;
    const long LotsMax = 100_000;
    const long DatedBasis = 30;                                // ticks
    const long SourceGap = 250_000_000;
    const long SourceRest = 1_000_000_000;
    const long QuoteGap = 200_000_000;
    const long TickGap = 1_000_000_000;

    readonly Random _random;
    readonly Venue _venue;
    readonly long _expiry;
    readonly long[] _spoken = new long[3];
    readonly long[] _said = new long[3];
    readonly long[] _quoted = new long[4];
    int _maker;
    long _ticked;
    ulong _nonce;
    ulong _key;

    /// <summary>A crowd for a venue that has just been born with <see cref="Parameters"/>.</summary>
    public RecordedCrowd(int seed, Venue venue)
    {
        ArgumentNullException.ThrowIfNull(venue);
        _random = new Random(seed);
        _venue = venue;
        _expiry = venue.Parameters.Instruments[Dated].Expiry;
    }

    /// <summary>
    /// The simulated market with a tenth of its margins, as recorded minutes move little, and a future that settles
    /// 300 seconds after the start.
    /// </summary>
    /// <param name="start">Time of the first line in nanoseconds.</param>
    public static VenueParameters Parameters(long start)
    {
        var set = SimulatedMarket.Parameters(start + SimulatedMarket.Expiry);
        MarginTier[] tiers =
        [
            new(1_000_000_000_000, 4_000, 3_000, 2_000),
            new(Amounts.Limit, 100_000, 50_000, 30_000),
        ];
        return set with
        {
            Instruments = [.. set.Instruments.Select(
                i => i.Risk == null ? i : i with { Risk = i.Risk with { Tiers = tiers } })],
        };
    }

    /// <summary>Opens the accounts and fills them.</summary>
    /// <param name="start">Time of the first line in nanoseconds.</param>
    public IEnumerable<Command> Prepare(long start)
    {
        for (var account = FirstMaker; account < FirstGambler + Gamblers; account++)
        {
            yield return new Command
            {
                Kind = CommandKind.OpenAccount,
                Time = start,
                Other = -1,
                Data = Encoding.ASCII.GetBytes($"recorded-{account:D5}"),
            };
            if (account >= FirstGambler)
                continue;
            yield return Deposit(start, account, SimulatedMarket.Dollar, 100_000_000_000_000);
            yield return Deposit(start, account, SimulatedMarket.Bitcoin, 100_000_000_000);
        }
        yield return new Command
        {
            Kind = CommandKind.FundInsurance,
            Time = start,
            Asset = SimulatedMarket.Dollar,
            Amount = 1_000_000_000_000,
            Key = ++_key,
        };
    }

    /// <summary>What the crowd does when it hears a line.</summary>
    public IEnumerable<Command> Follow(RecordedPrice heard)
    {
        var time = heard.Time;
        if (time - _ticked >= TickGap)
        {
            _ticked = time;
            yield return new Command { Kind = CommandKind.Tick, Time = time };
        }
        if (heard.Kind == RecordedKind.Other)
            yield break;

        // Source 0 says the middle of spot, source 1 its last trade, source 2 the middle of the contract.
        var source = heard.Kind switch { RecordedKind.SpotQuote => 0, RecordedKind.SpotTrade => 1, _ => 2 };
        if (heard.Kind != RecordedKind.ContractTrade)
        {
            foreach (var c in Speak(source, heard)) yield return c;
        }
        switch (heard.Kind)
        {
            case RecordedKind.SpotQuote:
                foreach (var c in Quote(Spot, heard, 0)) yield return c;
                break;
            case RecordedKind.ContractQuote:
                foreach (var c in Quote(Perpetual, heard, 0)) yield return c;
                if (time >= _expiry) break;
                foreach (var c in Quote(Dated, heard, DatedBasis)) yield return c;
                break;
            case RecordedKind.SpotTrade:
                if (Chance(2)) yield return Take(Spot, heard, 0);
                break;
            default:
                if (Chance(2)) yield return Take(Perpetual, heard, 0);
                if (time < _expiry && Chance(20)) yield return Take(Dated, heard, DatedBasis);
                if (!Chance(20)) break;
                foreach (var c in Gamble(heard)) yield return c;
                break;
        }
    }

    bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    static long FloorTicks(long units) => units / UnitsPerTick;

    static long CeilTicks(long units) => (units + UnitsPerTick - 1) / UnitsPerTick;

    static uint Tick(long ticks) => (uint)Math.Clamp(ticks, 1, uint.MaxValue - 1);

    IEnumerable<Command> Speak(int source, RecordedPrice heard)
    {
        // Below 2^48: the middle of two prices up to 10^9 ticks, in 32.16 ticks, floored.
        var price = (long)(((Int128)heard.Bid + heard.Ask << 15) / UnitsPerTick);
        var waited = heard.Time - _spoken[source];
        if (price == 0 || waited < SourceGap || (price == _said[source] && waited < SourceRest))
            yield break;
        (_spoken[source], _said[source]) = (heard.Time, price);
        var spread =
            (uint)Int128.Min(MarginMath.Million, (Int128)(heard.Ask - heard.Bid) * 500_000 / heard.Bid);
        int[] instruments = source == 2 ? [Perpetual, Dated] : [Spot, Perpetual, Dated];
        foreach (var instrument in instruments)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Time = heard.Time,
                Instrument = instrument,
                Other = source,
                Quantity = price,
                Price = spread,
                SourceTime = heard.Time,
                OrderId = ++_nonce,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            yield return c;
        }
    }

    // One maker after the other takes its orders out and quotes anew.
    IEnumerable<Command> Quote(int instrument, RecordedPrice heard, long basis)
    {
        if (heard.Time - _quoted[instrument] < QuoteGap)
            yield break;
        _quoted[instrument] = heard.Time;
        var maker = FirstMaker + (_maker++ % Makers);
        yield return new Command
        {
            Kind = CommandKind.CancelAll,
            Time = heard.Time,
            Account = maker,
            Instrument = instrument,
        };
        for (var i = 0; i < 2 * Levels; i++)
        {
            var (side, level) = ((Side)(i % 2), i / 2 * _random.Next(1, 8));
            var quantity = 1 + _random.NextInt64(Math.Clamp(heard.Quantity / UnitsPerLot, 1, LotsMax));
            var isIceberg = Chance(6);
            yield return Order(heard.Time, instrument, new OrderRequest
            {
                Account = maker,
                Side = side,
                Price = Tick(basis + (side == Side.Buy ? FloorTicks(heard.Bid) - level
                    : CeilTicks(heard.Ask) + level)),
                Quantity = quantity,
                Display = isIceberg ? Math.Max(1, quantity / 7) : 0,
                Flags = !isIceberg && Chance(2) ? OrderConditions.PostOnly : OrderConditions.None,
                SelfTrade = SelfTradePrevention.ExpireMaker,
            });
        }
    }

    // The recorded trade once more, by one of ours; now and then with a finger too fat for the band.
    Command Take(int instrument, RecordedPrice heard, long basis)
    {
        var slip = Chance(200) ? FloorTicks(heard.Bid) / 5 : 10;
        return Order(heard.Time, instrument, new OrderRequest
        {
            Account = FirstTaker + _random.Next(Takers),
            Side = heard.TakerSells ? Side.Sell : Side.Buy,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Price = Tick(basis + (heard.TakerSells ? FloorTicks(heard.Bid) - slip : CeilTicks(heard.Ask) + slip)),
            Quantity = Math.Clamp(heard.Quantity / UnitsPerLot, 1, LotsMax),
            SelfTrade = (SelfTradePrevention)_random.Next(4),
        });
    }

    // Somebody without a position opens one as large as its money allows or larger, with or without a stop.
    IEnumerable<Command> Gamble(RecordedPrice heard)
    {
        var account = FirstGambler + _random.Next(Gamblers);
        if (_venue.BookOf(Perpetual).PositionOf(account) != 0)
            yield break;
        yield return new Command
        {
            Kind = CommandKind.CancelAll,
            Time = heard.Time,
            Account = account,
            Instrument = -1,
        };
        if (Free(account) < 100_000_000)
            yield return Deposit(heard.Time, account, SimulatedMarket.Dollar, 1_000_000L * _random.Next(200, 4_000));
        var side = (Side)_random.Next(2);
        var price = Tick(side == Side.Buy ? CeilTicks(heard.Ask) + 20 : FloorTicks(heard.Bid) - 20);
        var lots = Free(account) * _random.Next(60, 240) / ((Int128)price * 10);
        yield return Order(heard.Time, Perpetual, new OrderRequest
        {
            Account = account,
            Side = side,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Price = price,
            Quantity = (long)Int128.Clamp(lots, 1, LotsMax),
        });
        if (!Chance(3))
            yield break;
        var away = price / 1000;
        yield return Order(heard.Time, Perpetual, new OrderRequest
        {
            Account = account,
            Side = 1 - side,
            Type = OrderType.Stop,
            Flags = OrderConditions.ReduceOnly,
            TriggerSource = (PriceSource)_random.Next(3),
            TriggerPrice = Tick(side == Side.Buy ? (long)price - away : price + away),
            Quantity = (long)Int128.Clamp(lots, 1, LotsMax),
        });
    }

    Int128 Free(int account) =>
        _venue.Ledger.BalanceOf(new LedgerAccount(AccountKind.Free, account, SimulatedMarket.Dollar));

    static Command Order(long time, int instrument, OrderRequest order) => new()
    {
        Kind = CommandKind.PlaceOrder,
        Time = time,
        Instrument = instrument,
        Order = order,
    };

    Command Deposit(long time, int account, int asset, Int128 amount) => new()
    {
        Kind = CommandKind.Deposit,
        Time = time,
        Account = account,
        Asset = asset,
        Amount = amount,
        Key = ++_key,
    };
}
