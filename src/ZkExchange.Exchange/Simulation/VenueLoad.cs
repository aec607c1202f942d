using System.Text;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Simulation;

/// <summary>
/// A recorded stream of order commands for a whole venue, in the mix of <see cref="BookLoad"/>, on one perpetual or
/// the spot market.
/// </summary>
/// <remarks>The stream begins where <see cref="Prepare"/> ends: accounts open and rich, prices known.</remarks>
public sealed class VenueLoad
{
    const int Accounts = 500;
    const int Alive = 900;

    readonly Command[] _commands;

    VenueLoad(Command[] commands) => _commands = commands;

    /// <summary>The stream.</summary>
    public ReadOnlySpan<Command> Commands => _commands;

    /// <summary>A venue that is ready for a stream.</summary>
    public static Venue NewVenue() => new(Parameters(), new SealVerifier());

    /// <summary>The simulated market without bands, which a stream that was drawn beforehand would run into.</summary>
    public static VenueParameters Parameters()
    {
        var set = SimulatedMarket.Parameters(long.MaxValue / 2);
        return set with
        {
            Instruments = [.. set.Instruments.Select(i => i with
            {
                Rules = i.Rules with { BandPpm = 0, VolatilityBandPpm = 0, NotionalMin = 0 },
                Feed = i.Feed with { AgeMax = 1L << 60, AgeSoft = 1L << 60 },
            })],
        };
    }

    /// <summary>What makes a venue ready.</summary>
    public static IEnumerable<Command> Prepare()
    {
        UInt128 key = 0;
        for (var i = 0; i < Accounts; i++)
        {
            yield return new Command
            {
                Kind = CommandKind.OpenAccount,
                Time = 1,
                Other = -1,
                Data = Encoding.ASCII.GetBytes($"load-{i:D5}"),
            };
            for (var asset = 0; asset < 2; asset++)
            {
                yield return new Command
                {
                    Kind = CommandKind.Deposit,
                    Time = 1,
                    Account = i + 1,
                    Asset = asset,
                    Amount = (Int128)1_000_000_000_000_000_000,
                    Key = ++key,
                };
            }
        }
        for (var instrument = 0; instrument < 2; instrument++)
        {
            for (var source = 0; source < 2; source++)
                yield return Price(instrument, source);
        }
    }

    /// <summary>Records a stream from a seed, with a venue of its own to know which orders live.</summary>
    public static VenueLoad Record(int seed, int count, int instrument)
    {
        var random = new Random(seed);
        var venue = NewVenue();
        foreach (var command in Prepare())
            venue.Execute(command);
        var commands = new Command[count];
        var live = new List<(ulong Id, int Account, Side Side, long Total)>();
        for (var i = 0; i < count; i++)
        {
            var draw = random.Next(100);
            var kind = live.Count < Alive || draw < 9 ? 0 : draw < 12 ? 1 : draw < 18 ? 2 : 3;
            var chosen = kind >= 2 ? live[random.Next(live.Count)] : default;
            var side = kind >= 2 ? chosen.Side : (Side)random.Next(2);
            commands[i] = Draw(random, instrument, kind, side, chosen);
            commands[i].Time = 2;
            venue.Execute(commands[i]);
            foreach (ref readonly var e in venue.BookEvents.Items)
                Follow(live, e);
        }
        return new VenueLoad(commands);
    }

    static void Follow(List<(ulong Id, int Account, Side Side, long Total)> live, in MatchEvent e)
    {
        var id = e.OrderId;
        if (e.Kind == MatchEventKind.Rested && !live.Exists(o => o.Id == id))
            live.Add((id, e.Account, e.Side, e.Leaves));
        if (e.Kind != MatchEventKind.Ended || live.FindIndex(o => o.Id == id) is not (>= 0 and var gone))
            return;
        live[gone] = live[^1];
        live.RemoveAt(live.Count - 1);
    }

    static Command Draw(
        Random random, int instrument, int kind, Side side, (ulong Id, int Account, Side Side, long Total) chosen)
    {
        const int Middle = 600_000;
        var distance = kind == 1 ? -1 : (random.Next(13) * random.Next(13)) - (random.Next(40) == 0 ? 3 : 0);
        var price = (uint)(side == Side.Buy ? Middle - distance : Middle + 1 + distance);
        if (kind == 2)
            return new Command
            {
                Kind = CommandKind.CancelOrder,
                Account = chosen.Account,
                Instrument = instrument,
                OrderId = chosen.Id
            };
        if (kind == 3)
        {
            return new Command
            {
                Kind = CommandKind.AmendOrder,
                Account = chosen.Account,
                Instrument = instrument,
                OrderId = chosen.Id,
                Price = price,
                Quantity = chosen.Total,
            };
        }
        return new Command
        {
            Kind = CommandKind.PlaceOrder,
            Instrument = instrument,
            Order = new OrderRequest
            {
                Account = 1 + random.Next(Accounts),
                Side = side,
                TimeInForce = kind == 1 ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
                SelfTrade = SelfTradePrevention.ExpireMaker,
                Price = price,
                Quantity = 1 + random.Next(100),
            },
        };
    }

    static Command Price(int instrument, int source)
    {
        var c = new Command
        {
            Kind = CommandKind.Price,
            Time = 2,
            Instrument = instrument,
            Other = source,
            Quantity = 600_000L << 16,
            SourceTime = 1,
            OrderId = 1,
        };
        c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
        return c;
    }
}
