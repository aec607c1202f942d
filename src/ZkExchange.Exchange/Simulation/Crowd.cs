using System.Text;
using ZkExchange.Matching;

namespace ZkExchange.Exchange.Simulation;

/// <summary>
/// Everybody outside a venue, from one seed: makers, takers, borrowers, price sources, signers, time. Looks at the
/// venue, says the next command.
/// </summary>
/// <remarks>
/// Prices walk at random and jump now and then, so that liquidations, halts and auctions happen. A good share of the
/// commands is refused.
/// </remarks>
public sealed class Crowd
{
    const int Accounts = 24;
    const int Gamblers = 12;                                   // the last of them
    const long Second = 1_000_000_000;

    readonly Random _random;
    readonly Venue _venue;
    readonly List<(int Instrument, ulong Id, int Account)> _orders = [];
    readonly Queue<Command> _planned = [];
    readonly Queue<(int Instrument, BookState State, long End, int Signer)> _changes = [];
    readonly long[] _prices = [600_000, 600_000, 30_000, 600_000];
    readonly List<UInt128> _withdrawals = [];
    ulong _nonce;
    ulong _key;
    long _now = 1;

    /// <summary>A crowd around a venue that has just been born with <see cref="SimulatedMarket.Parameters"/>.</summary>
    public Crowd(int seed, Venue venue)
    {
        ArgumentNullException.ThrowIfNull(venue);
        _random = new Random(seed);
        _venue = venue;
        Prepare();
    }

    /// <summary>The next command. The one before must have been executed.</summary>
    public Command Next()
    {
        Notice();
        if (_planned.Count > 0)
            return Stamp(_planned.Dequeue());
        if (_changes.Count > 0)
            return Stamp(Change());
        _now += _random.Next(600_000_000);
        return Stamp(_random.Next(100) switch
        {
            < 42 => Place(),
            < 48 => Group(),
            < 58 => Cancel(),
            < 70 => Amend(),
            < 72 => CancelAll(),
            < 83 => Prices(),
            < 86 => Money(),
            < 88 => Pledges(),
            < 90 => Isolated(),
            < 91 => new Command
            {
                Kind = CommandKind.ScheduleCancel,
                Account = Anyone(),
                Quantity = _now + (_random.Next(3) * 10 * Second)
            },
            < 92 => Govern(),
            < 94 => new Command { Kind = CommandKind.Tick },
            < 99 => Gamble(),
            _ => Jump(),
        });
    }

    Command Stamp(Command c)
    {
        c.Time = _now;
        return c;
    }

    // Remembers orders that came to live, a few of those long gone too.
    void Notice()
    {
        foreach (ref readonly var e in _venue.BookEvents.Items)
        {
            if (e.Kind is MatchEventKind.Rested or MatchEventKind.Waiting)
                _orders.Add((e.Instrument, e.OrderId, e.Account));
        }
        if (_orders.Count > 2000)
            _orders.RemoveRange(0, 1000);
    }

    void Prepare()
    {
        for (var i = 0; i < Accounts; i++)
        {
            _planned.Enqueue(new Command
            {
                Kind = CommandKind.OpenAccount,
                Other = i % 4 == 3 ? i : -1,                     // the one before
                Data = Encoding.ASCII.GetBytes($"user-{i:D5}")
            });
            var isRich = i < Accounts - Gamblers;
            var dollars = isRich ? _random.Next(1_000, 30_000) : _random.Next(200, 3_000);
            _planned.Enqueue(Deposit(i + 1, SimulatedMarket.Dollar, 1_000_000L * dollars));
            if (isRich)
                _planned.Enqueue(Deposit(i + 1, SimulatedMarket.Bitcoin, 100_000L * _random.Next(1, 300)));
            if (i % 3 == 0)
                _planned.Enqueue(Deposit(i + 1, SimulatedMarket.Ether, 1_000_000L * _random.Next(1, 300)));
        }
        _planned.Enqueue(FundInsurance((Int128)20_000_000 << _random.Next(13)));         // 20 dollars to 80,000
        for (var source = 0; source < 3; source++)
        {
            for (var instrument = 0; instrument < 4; instrument++)
                _planned.Enqueue(Price(instrument, source));
        }
    }

    Command Deposit(int account, int asset, Int128 amount) => new()
    {
        Kind = CommandKind.Deposit,
        Account = account,
        Asset = asset,
        Amount = amount,
        Key = ++_key,
    };

    Command FundInsurance(Int128 amount) => new()
    {
        Kind = CommandKind.FundInsurance,
        Asset = SimulatedMarket.Dollar,
        Amount = amount,
        Key = ++_key,
    };

    int Anyone() => 1 + _random.Next(Accounts);

    bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    OrderRequest Request(int instrument, int account)
    {
        var middle = _prices[instrument];
        var side = (Side)_random.Next(2);
        var distance = middle * (_random.Next(400) - 60) / 20_000;
        var price = side == Side.Buy ? middle - distance : middle + distance;
        var r = new OrderRequest
        {
            Account = account,
            Side = side,
            Price = (uint)price,
            Quantity = 1 + (_random.Next(100) * _random.Next(100)),
            SelfTrade = (SelfTradePrevention)_random.Next(4),
            SelfTradeScope = (SelfTradeScope)_random.Next(2),
            TriggerSource = (PriceSource)_random.Next(3),
            ClientId = Chance(3) ? (ulong)_random.Next(1, 200) : 0,
        };
        if (instrument != 0 && Chance(5))
            r.Flags = OrderConditions.ReduceOnly;
        return r;
    }

    OrderRequest Shape(OrderRequest r, int instrument)
    {
        var middle = _prices[instrument];
        switch (_random.Next(14))
        {
            case 0:
                return r with { Type = OrderType.Market, Price = 0, TimeInForce = TimeInForce.ImmediateOrCancel };
            case 1:
                return r with { TimeInForce = TimeInForce.ImmediateOrCancel };
            case 2:
                return r with { TimeInForce = TimeInForce.FillOrKill };
            case 3:
                return r with { Flags = r.Flags | OrderConditions.PostOnly };
            case 4:
                return r with { Flags = OrderConditions.None, Display = Math.Max(1, r.Quantity / 7) };
            case 5:
                return r with
                {
                    TimeInForce = TimeInForce.GoodTillDate,
                    Expiry = _now + (_random.Next(1, 30) * Second)
                };
            case 6:
                return Stop(r, OrderType.Stop, middle);
            case 7:
                return Stop(r, OrderType.StopLimit, middle);
            case 8:
                return Stop(r, OrderType.TakeProfit, middle);
            case 9:
                return r with { Type = OrderType.TrailingStop, Price = 0, Trail = (uint)(middle / 200) };
            case 10:
                return r with
                {
                    Type = OrderType.Pegged,
                    Flags = OrderConditions.None,
                    Peg = (PegReference)_random.Next(1, 3),
                    PegOffset = _random.Next(20) - 10
                };
            case 11 when Chance(3):
                return r with { Flags = r.Flags | OrderConditions.AuctionOnly };
            default:
                return r;
        }
    }

    OrderRequest Stop(OrderRequest r, OrderType type, long middle)
    {
        var above = r.Side == Side.Buy == type is OrderType.Stop or OrderType.StopLimit;
        var trigger = middle + (above ? 1 : -1) * middle * _random.Next(1, 60) / 10_000;
        return r with { Type = type, TriggerPrice = (uint)trigger, Price = type == OrderType.StopLimit ? r.Price : 0 };
    }

    Command Place()
    {
        var instrument = _random.Next(4);
        return new Command
        {
            Kind = CommandKind.PlaceOrder,
            Instrument = instrument,
            Order = Shape(Request(instrument, Anyone()), instrument)
        };
    }

    Command Group()
    {
        var instrument = _random.Next(4);
        var entry = Request(instrument, Anyone()) with { Flags = OrderConditions.None, ClientId = 0 };
        if (Chance(2))
        {
            return new Command
            {
                Kind = CommandKind.PlaceGroup,
                Instrument = instrument,
                Group = GroupKind.OneCancelsOther,
                Order = entry,
                Second = Chance(3) ? entry with { Price = entry.Price + 50 }
                    : Stop(entry, OrderType.Stop, _prices[instrument]),
            };
        }
        var flags = instrument == 0 || Chance(2) ? OrderConditions.None : OrderConditions.ReduceOnly;
        var exit = entry with { Side = 1 - entry.Side, Flags = flags };
        exit.Price =
            (uint)(entry.Side == Side.Buy ? entry.Price + (entry.Price / 300) : entry.Price - (entry.Price / 300));
        return new Command
        {
            Kind = CommandKind.PlaceGroup,
            Instrument = instrument,
            Group = GroupKind.Bracket,
            Order = entry,
            Second = exit,
            Third = Stop(exit, OrderType.Stop, entry.Price),
        };
    }

    (int Instrument, ulong Id, int Account) Known() =>
        _orders.Count == 0 ? (1, 1, 1) : _orders[_random.Next(_orders.Count)];

    Command Cancel()
    {
        var (instrument, id, account) = Known();
        return Chance(8)
            ? new Command { Kind = CommandKind.CancelOrder, Account = Anyone(), ClientId = (ulong)_random.Next(1, 200) }
            : new Command
            {
                Kind = CommandKind.CancelOrder,
                Account = Chance(20) ? Anyone()
                : account,
                Instrument = instrument,
                OrderId = id
            };
    }

    Command Amend()
    {
        var (instrument, id, account) = Known();
        var fresh = Request(instrument, account);
        return new Command
        {
            Kind = CommandKind.AmendOrder,
            Account = account,
            Instrument = instrument,
            OrderId = id,
            Price = Chance(3) && _venue.BookOf(instrument).TryFind(id, out var view) ? view.Limit : fresh.Price,
            Quantity = fresh.Quantity,
        };
    }

    Command CancelAll() => new()
    {
        Kind = CommandKind.CancelAll,
        Account = Anyone(),
        Instrument = _random.Next(-1, 4),
        Sides = (byte)_random.Next(3),
    };

    // One instrument moves a little, and all its sources say so, each in its way.
    Command Prices()
    {
        var instrument = _random.Next(4);
        _prices[instrument] += _prices[instrument] * (_random.Next(61) - 30) / 10_000;
        for (var source = 1; source < 3; source++)
            _planned.Enqueue(Price(instrument, source));
        return Price(instrument, 0);
    }

    Command Jump()
    {
        var by = Chance(2) ? 920 + _random.Next(60) : 1080 - _random.Next(60);
        for (var instrument = 0; instrument < 4; instrument++)
        {
            _prices[instrument] = Math.Clamp(_prices[instrument] * by / 1000, 10_000, 4_000_000);
            for (var source = 0; source < 3; source++)
                _planned.Enqueue(Price(instrument, source));
        }
        return new Command { Kind = CommandKind.Tick };
    }

    // All that somebody has, on borrowed luck: liquidations want somebody to liquidate. At most in one contract a time.
    Command Gamble()
    {
        var (account, instrument) = (Accounts - _random.Next(Gamblers), _random.Next(1, 4));
        var side = (Side)_random.Next(2);
        var middle = _prices[instrument];
        var price = side == Side.Buy ? middle + (middle / 50) : middle - (middle / 50);
        var worth = _venue.Margin.Measure(account).EquityInitial;
        var lots = worth * _random.Next(2, 19) / ((Int128)middle * 10);
        return new Command
        {
            Kind = CommandKind.PlaceOrder,
            Instrument = instrument,
            Order = new OrderRequest
            {
                Account = account,
                Side = side,
                TimeInForce = Chance(2) ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
                Price = (uint)price,
                Quantity = (long)Int128.Clamp(lots, 1, 1 << 20),
                SelfTrade = SelfTradePrevention.ExpireMaker,
            },
        };
    }

    Command Price(int instrument, int source)
    {
        var c = new Command
        {
            Kind = CommandKind.Price,
            Instrument = instrument,
            Other = source,
            Quantity = (_prices[instrument] << 16) + _random.Next(1 << 20) - (1 << 19),
            Price = (uint)_random.Next(1000),
            SourceTime = _now++,
            OrderId = ++_nonce,
        };
        c.Signature = Chance(50) ? [1, 2, 3]
            : SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
        return c;
    }

    Command Money()
    {
        var account = Anyone();
        var amount = (Int128)1_000_000 * _random.Next(1, 50_000);
        switch (_random.Next(6))
        {
            case 0:
                return Deposit(account, SimulatedMarket.Dollar, amount);
            case 1:
                return new Command
                {
                    Kind = CommandKind.Deposit,
                    Account = account,
                    Amount = amount,
                    Key = (UInt128)_random.Next(1, (int)_key + 1)
                };
            case 2:
                _withdrawals.Add(++_key);
                return new Command
                {
                    Kind = CommandKind.RequestWithdrawal,
                    Account = account,
                    Amount = amount,
                    Key = _key
                };
            case 3 when _withdrawals.Count > 0:
                return new Command
                {
                    Kind = Chance(2) ? CommandKind.ConfirmWithdrawal : CommandKind.CancelWithdrawal,
                    Key = _withdrawals[_random.Next(_withdrawals.Count)],
                };
            case 4:
                return FundInsurance(amount / 100);
            default:
                return new Command
                {
                    Kind = CommandKind.Transfer,
                    Account = account,
                    Other = Anyone(),
                    Asset = _random.Next(3),
                    Amount = amount,
                    Key = ++_key,
                };
        }
    }

    Command Pledges()
    {
        var kind = _random.Next(3) switch { 0 => CommandKind.Pledge, 1 => CommandKind.Borrow, _ => CommandKind.Repay };
        var amount = (Int128)1_000_000 * _random.Next(1, 2_000);
        return new Command
        {
            Kind = kind,
            Account = Anyone(),
            Asset = kind == CommandKind.Pledge ? _random.Next(3) : SimulatedMarket.Dollar,
            Amount = kind == CommandKind.Pledge && Chance(3) ? -amount : amount,
        };
    }

    Command Isolated() => new()
    {
        Kind = CommandKind.MoveIsolated,
        Account = Anyone(),
        Instrument = _random.Next(1, 4),
        Amount = (Int128)1_000_000 * (_random.Next(6_000) - 1_000),
    };

    Command Govern()
    {
        byte[] act;
        (int Instrument, BookState State, long End, int Signer)? last = null;
        if (Chance(2))
        {
            var old = _venue.Parameters;
            var first = old.Instruments[1];
            var next = first with { Risk = first.Risk! with { TakerFeePpm = 300 + _random.Next(400) } };
            act = Venue.ParametersAct(old with
            {
                Version = old.Version + 1,
                Instruments = [old.Instruments[0], next, .. old.Instruments.Skip(2)],
            });
        }
        else
        {
            var (state, instrument) = ((BookState)_random.Next(5), _random.Next(4));
            var end = state == BookState.Call ? _now + (3 * Second) : 0;
            act = Venue.StateAct(instrument, state, _venue.StateActsOf(instrument), end);
            if (state is not BookState.Open)
                _changes.Enqueue((_random.Next(4), BookState.Open, 0, 0));
            last = (instrument, state, end, 1);
        }
        for (var i = 0; i < 4; i++)
        {
            _changes.Enqueue((i, BookState.Open, 0, 1));
            _changes.Enqueue((i, BookState.Open, 0, 2));
        }
        if (last is { } change)
            _changes.Enqueue(change);
        _planned.Enqueue(Sign(act, 1));                          // a replay, if one signature was enough
        return Sign(act, 0);
    }

    Command Change()
    {
        var (instrument, state, end, signer) = _changes.Dequeue();
        return Sign(Venue.StateAct(instrument, state, _venue.StateActsOf(instrument), end), signer);
    }

    Command Sign(byte[] act, int signer) => new()
    {
        Kind = CommandKind.Govern,
        Other = signer,
        Data = act,
        Signature =
            SealVerifier.Seal(SimulatedMarket.Key("signer", signer),
                Venue.GovernanceMessage(_venue.Parameters.Version, act)),
    };
}
