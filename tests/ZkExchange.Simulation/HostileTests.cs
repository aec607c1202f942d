using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Simulation;

/// <summary>
/// Commands that nobody sensible gives: fields at the ends of their types, parameters that change under way, numbers as
/// wide as they may be.
/// </summary>
public class HostileTests
{
    // One command in six is a stranger's; few may run after one, so that some always wait.
    [Fact]
    public void What_is_refused_changes_nothing_and_no_snapshot_goes_another_way() => Run(1, 12, 700);

    [Fact]
    [Trait("Category", "Long")]
    public void A_million_hostile_commands_break_no_law() =>
        Run(SoakBounds.Seed(1000), SoakBounds.Count(1_000_000) / 1500, 1500);

    static void Run(int first, int seeds, int commands)
    {
        for (var seed = first; seed < first + seeds; seed++)
        {
            var random = new Random(seed);
            var venue = new Venue(SimulatedMarket.Parameters() with
            {
                FollowUpsMax = random.Next(1, 4),
                LiquidationsMax = random.Next(1, 3),
            }, new SealVerifier());
            var crowd = new Crowd(seed, venue);
            var stranger = new Stranger(random, venue);
            for (var i = 0; i < commands; i++)
            {
                var c = i > 90 && random.Next(6) == 0 ? stranger.Next() : crowd.Next();
                c.Time = Math.Max(c.Time, venue.Now);
                var before = random.Next(4) == 0 ? Reborn(venue) : null;
                try
                {
                    var result = venue.Execute(c);
                    venue.Audit();
                    if (before != null)
                        Compare(venue, before, c, result);
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}, command {i} ({c.Kind}): {e}");
                }
            }
        }
    }

    static void Compare(Venue venue, Venue before, in Command c, CommandResult result)
    {
        if (result.Code == RejectCode.None)
        {
            Assert.Equal(result, before.Execute(c));
            Assert.Equal(venue.Digest, before.Digest);
            return;
        }
        // Another command that is refused at the same time leads to the same state, but for the digest of events.
        before.Execute(new Command { Kind = CommandKind.OpenAccount, Other = -1, Time = c.Time, Data = [0] });
        Assert.True(WithoutDigest(venue).AsSpan().SequenceEqual(WithoutDigest(before)),
            $"{result.Code} changed something");
    }

    static byte[] WithoutDigest(Venue venue)
    {
        var writer = new StateWriter();
        venue.Write(writer);
        var bytes = writer.Bytes.ToArray();
        var parameters = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes);
        bytes.AsSpan(4 + parameters + 8, 8).Clear();
        return bytes;
    }

    static Venue Reborn(Venue venue)
    {
        var writer = new StateWriter();
        venue.Write(writer);
        var read = Venue.Read(writer.Bytes, new SealVerifier());
        Assert.NotNull(read);
        return read;
    }

    /// <summary>Gives one command at a time, with fields of which many are out of range.</summary>
    sealed class Stranger(Random random, Venue venue)
    {
        const long Second = 1_000_000_000;

        byte[]? _act;

        public Command Next() => random.Next(10) switch
        {
            < 5 => Place(),
            5 => Money(),
            6 => new Command
            {
                Kind = CommandKind.AmendOrder,
                Account = random.Next(1, 25),
                Instrument = random.Next(-1, 5),
                OrderId = (ulong)random.Next(3000),
                Price = (uint)Odd(),
                Quantity = Odd(),
            },
            7 => new Command
            {
                Kind = random.Next(2) == 0 ? CommandKind.ScheduleCancel : CommandKind.CancelAll,
                Account = (int)Odd(),
                Instrument = random.Next(-2, 5),
                Quantity = random.Next(2) == 0 ? Odd() : venue.Now + (random.Next(1, 10) * Second),
                Sides = (byte)random.Next(4),
            },
            8 => new Command
            {
                Kind = CommandKind.CancelOrder,
                Account = random.Next(1, 25),
                Instrument = random.Next(-1, 5),
                OrderId = (ulong)random.Next(3000),
            },
            _ => Govern(),
        };

        // A number that somebody forgot.
        long Odd() => unchecked(random.Next(10) switch
        {
            0 => 0,
            1 => -1,
            2 => long.MaxValue,
            3 => long.MinValue,
            4 => (1L << 48) - 1,
            5 => 1L << 48,
            6 => int.MaxValue,
            _ => random.Next(1, 200_000),
        });

        Command Place()
        {
            var (instrument, type) = (random.Next(4), (OrderType)random.Next(9));
            var middle = venue.BookOf(instrument).Last is var last and not 0 ? last : 600_000;
            var o = new OrderRequest
            {
                Account = random.Next(10) == 0 ? (int)Odd() : random.Next(1, 25),
                Side = (Side)random.Next(2),
                Type = type,
                TimeInForce = (TimeInForce)random.Next(4),
                Flags = random.Next(3) == 0 ? (OrderConditions)random.Next(10) : OrderConditions.None,
                SelfTrade = (SelfTradePrevention)random.Next(4),
                TriggerSource = (PriceSource)random.Next(3),
                Quantity = random.Next(4) == 0 ? Odd() : random.Next(1, 3000),
                ClientId = (ulong)random.Next(50),
            };
            if (type is OrderType.Limit or OrderType.StopLimit or OrderType.TakeProfitLimit or OrderType.Pegged)
                o.Price = random.Next(6) == 0 ? (uint)Odd() : (uint)(middle * random.NextInt64(900, 1100) / 1000);
            if (type is >= OrderType.Stop and <= OrderType.TakeProfitLimit)
                o.TriggerPrice = (uint)(middle * random.NextInt64(990, 1010) / 1000);
            if (type == OrderType.TrailingStop)
                o.Trail = random.Next(4) == 0 ? (uint)Odd() : (uint)random.Next(1, 3000);
            if (type == OrderType.Pegged) (o.Peg, o.PegOffset) = ((PegReference)random.Next(3), (int)Odd());
            if (o.TimeInForce == TimeInForce.GoodTillDate)
                o.Expiry = random.Next(6) == 0 ? Odd() : venue.Now + (random.Next(1, 20) * Second);
            if (random.Next(6) == 0) o.Display = random.Next(3) == 0 ? Odd() : Math.Max(1, o.Quantity / 50);
            if (random.Next(8) == 0)
                (o.MinimumQuantity, o.TimeInForce) = (random.Next(1, 500), TimeInForce.ImmediateOrCancel);
            return new Command { Kind = CommandKind.PlaceOrder, Instrument = instrument, Order = o };
        }

        Command Money() => new()
        {
            Kind = (CommandKind)random.Next(3, 13),
            Account = random.Next(4) == 0 ? (int)Odd() : random.Next(1, 25),
            Other = random.Next(26),
            Asset = random.Next(-1, 4),
            Instrument = random.Next(-1, 5),
            Amount = random.Next(4) switch { 0 => Amounts.Limit, 1 => Odd(), _ => random.Next() },
            Key = (UInt128)random.Next(1, 4000),
        };

        // A set that changes one thing; the next acts agree with it or propose another.
        Command Govern()
        {
            if (_act == null || random.Next(3) == 0)
            {
                var (old, number) = (venue.Parameters, random.Next(1, 4));
                var instruments = old.Instruments.ToArray();
                var (risk, rules) = (instruments[number].Risk!, instruments[number].Rules);
                instruments[number] = instruments[number] with
                {
                    Risk = random.Next(4) switch
                    {
                        0 => risk with { FundingInterval = random.Next(2) * random.Next(1, 100) * Second },
                        1 => risk with { PositionMax = random.Next(1, 100_000) },
                        2 => risk with { TakeoverMax = random.Next(100_000) },
                        _ => risk with { LiquidationFeePpm = random.Next(100_000) },
                    },
                    Rules = random.Next(5) switch
                    {
                        0 => rules with { PriceStep = (uint)random.Next(1, 20) },
                        1 => rules with { LotStep = random.Next(1, 20) },
                        2 => rules with { BandPpm = random.Next(300_000) },
                        3 => rules with { OrdersPerAccountMax = random.Next(1, 50) },
                        _ => rules with { VolatilityBandPpm = random.Next(100_000) },
                    },
                };
                _act = Venue.ParametersAct(old with
                {
                    Version = old.Version + 1,
                    Instruments = instruments,
                    Timelock = random.Next(2) * random.Next(20) * Second,
                });
            }
            var signer = random.Next(3);
            return new Command
            {
                Kind = CommandKind.Govern,
                Other = signer,
                Data = _act,
                Signature = SealVerifier.Seal(SimulatedMarket.Key("signer", signer),
                    Venue.GovernanceMessage(venue.Parameters.Version, _act)),
            };
        }
    }

    // Prices, sizes and money as wide as a parameter set lets them be: nothing overflows, no law breaks.
    [Fact]
    public void Numbers_at_the_ends_of_their_widths_overflow_nothing()
    {
        // 569: a gain filled a balance, and no price was taken any more.
        foreach (var seed in (int[])[.. Enumerable.Range(1, 20), 569])
        {
            var wide = new Wide(seed);
            for (var i = 0; i < 900; i++)
            {
                var c = wide.Next();
                try
                {
                    wide.Venue.Execute(c);
                    wide.Venue.Audit();
                }
                catch (Exception e)
                {
                    Assert.Fail($"seed {seed}, command {i} ({c.Kind}): {e}");
                }
            }
        }
    }

    sealed class Wide
    {
        const int Accounts = 8;
        const long MarkMax = (1L << 48) - 1;

        readonly Random _random;
        readonly Queue<Command> _planned = [];
        readonly long[] _prices = [1L << 47, 1L << 47, 1L << 47, 1L << 47];
        ulong _nonce;
        UInt128 _key;
        long _now = 1;

        public Wide(int seed)
        {
            _random = new Random(seed);
            var old = SimulatedMarket.Parameters(1L << 61);
            Venue = new Venue(old with
            {
                Assets = [.. old.Assets.Select(a => a.Tiers.Count == 0 ? a
                    : a with { Tiers = [new CollateralTier(Amounts.Limit, 990_000, 995_000)] })],
                Instruments = [.. old.Instruments.Select(Widen)],
                TakeoverLossMax = Amounts.Limit,
                TakeoverWindowLossMax = Amounts.Limit,
            }, new SealVerifier());
            for (var i = 1; i <= Accounts; i++)
            {
                _planned.Enqueue(new Command
                {
                    Kind = CommandKind.OpenAccount,
                    Other = -1,
                    Data = System.Text.Encoding.ASCII.GetBytes($"user-{i}"),
                });
                for (var asset = 0; asset < 3; asset++)
                    _planned.Enqueue(Move(CommandKind.Deposit, i, asset, 60 + _random.Next(30)));
            }
            for (var i = 0; i < 4; i++)
                _planned.Enqueue(Price(i));
        }

        public Venue Venue { get; }

        static InstrumentSpec Widen(InstrumentSpec i) => i with
        {
            BasePerLot = 32,
            Rules = i.Rules with
            {
                QuotePerTickLot = 1023,
                QuantityMax = (1L << 48) - 1,
                NotionalMin = 0,
                BandPpm = 900_000,
                VolatilityBandPpm = 500_000,
            },
            Feed = i.Feed with
            {
                Quorum = 1,
                VolatilityMaxPpm = 1_000_000,
                UncertaintyMaxPpm = 1_000_000,
                MarkClampPpm = 500_000,
            },
            Risk = i.Risk == null ? null : i.Risk with
            {
                TakeoverMax = (1L << 48) - 1,
                Tiers = [new MarginTier(Amounts.Limit, 30, 20, 10)],
            },
        };

        public Command Next()
        {
            var c = _planned.TryDequeue(out var planned) ? planned : Draw();
            c.Time = _now;
            return c;
        }

        Command Draw()
        {
            _now += _random.NextInt64(3_000_000_000);
            var (instrument, account) = (_random.Next(4), _random.Next(1, Accounts + 1));
            switch (_random.Next(12))
            {
                case < 7:
                    return Place(instrument, account);
                case 7:
                    _prices[instrument] = _random.Next(5) switch
                    {
                        0 => 1,
                        1 => MarkMax,
                        2 => 1L << _random.Next(1, 48),
                        _ => Math.Clamp(_prices[instrument] / 100 * _random.Next(70, 130), 1, MarkMax),
                    };
                    return Price(instrument);
                case 8:
                    return Move(CommandKind.Pledge, account, _random.Next(3), _random.Next(1, 89));
                case 9:
                    return Move(_random.Next(2) == 0 ? CommandKind.Borrow : CommandKind.Repay, account, 0,
                        _random.Next(1, 90));
                case 10:
                    return Move(_random.Next(2) == 0 ? CommandKind.MoveIsolated : CommandKind.Transfer, account, 0,
                        _random.Next(1, 88)) with
                    { Instrument = instrument };
                default:
                    return _random.Next(2) == 0 ? Move(CommandKind.FundInsurance, 0, 0, _random.Next(1, 80))
                        : new Command { Kind = CommandKind.CancelAll, Account = account, Instrument = -1 };
            }
        }

        Command Place(int instrument, int account)
        {
            var price = ((Int128)_prices[instrument] * _random.Next(900, 1100) / 1000) >> 16;
            return new Command
            {
                Kind = CommandKind.PlaceOrder,
                Instrument = instrument,
                Order = new OrderRequest
                {
                    Account = account,
                    Side = (Side)_random.Next(2),
                    TimeInForce = _random.Next(4) == 0 ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
                    Price = (uint)Int128.Clamp(price, 1, uint.MaxValue - 1),
                    Quantity = (1L << _random.Next(1, 49)) - 1,
                    Flags = instrument > 0 && _random.Next(5) == 0 ? OrderConditions.ReduceOnly : OrderConditions.None,
                    SelfTrade = (SelfTradePrevention)_random.Next(4),
                },
            };
        }

        Command Move(CommandKind kind, int account, int asset, int bits) => new()
        {
            Kind = kind,
            Account = account,
            Other = 1 + (account % Accounts),
            Asset = asset,
            Amount = (Int128.One << bits) - 1,
            Key = ++_key,
        };

        Command Price(int instrument)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = instrument,
                Quantity = _prices[instrument],
                SourceTime = _now,
                OrderId = ++_nonce,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", 0), Venue.PriceMessage(c));
            return c;
        }
    }
}
