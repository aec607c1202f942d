using System.Globalization;
using System.Text;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Matching;

namespace ZkExchange.Cli.Tests.Exchange;

/// <summary>A command file from a seed, and the commands that it means.</summary>
sealed class OrderFileSample
{
    static readonly string[] s_names = ["alice", "bob", "carol-2"];
    static readonly string[] s_symbols = ["BTC-USDT", "BTC-PERP", "ETH-PERP", "BTC-DATED"];
    static readonly string[] s_types =
        ["limit", "market", "stop", "stop-limit", "take-profit", "take-profit-limit", "trailing-stop", "pegged"];

    readonly Random _random;
    readonly StringBuilder _text = new(OrderFile.LongHeader + "\n");
    readonly List<(int Line, Command Command)> _commands = [];
    int _line = 1;
    long _now = 1;

    public OrderFileSample(int seed, int rows)
    {
        _random = new Random(seed);
        foreach (var name in s_names)
        {
            var open = new Command { Kind = CommandKind.OpenAccount, Other = -1, Data = Encoding.ASCII.GetBytes(name) };
            Row("open", name, open);
            Deposit(name, 0, 10_000_000_000_000);
            Deposit(name, 1, 1_000_000_000);
        }
        while (_line < rows) Draw();
    }

    /// <summary>The file.</summary>
    public string Text => _text.ToString();

    /// <summary>What it means, with the lines.</summary>
    public IReadOnlyList<(int Line, Command Command)> Commands => _commands;

    int Line() => _line + 1;

    // Everything after the command's name but the account: seven columns from the instrument on, and the options.
    void Row(string command, string account, Command meant, string rest = ",,,,,,,", string options = "")
    {
        _line++;
        _text.Append(CultureInfo.InvariantCulture, $"{_now},{command},{account},{rest},{options}\n");
        meant.Time = _now;
        meant.Key = meant.Key == 0 ? (UInt128)(_line - 1) : meant.Key;
        if (meant.Kind != CommandKind.None) _commands.Add((_line, meant));
    }

    void Deposit(string name, int asset, Int128 amount) => Row("deposit", name,
        new Command { Kind = CommandKind.Deposit, Account = Number(name), Asset = asset, Amount = amount },
        $",,,,,,{OrderFile.Venue.Assets[asset].Symbol},{amount}");

    static int Number(string name) => 1 + Array.IndexOf(s_names, name);

    void Draw()
    {
        _now += _random.Next(3) * 500_000_000L;
        var name = s_names[_random.Next(s_names.Length)];
        var instrument = _random.Next(4);
        var (symbol, account) = (s_symbols[instrument], Number(name));
        var client = (ulong)_random.Next(1, 60);
        switch (_random.Next(12))
        {
            case < 5:
                var order = Order(account, out var fields, out var options);
                var place = new Command { Kind = CommandKind.PlaceOrder, Instrument = instrument, Order = order };
                Row("order", name, place, $"{symbol},{fields}", options);
                break;
            case 5:
                Group(name, instrument, 2);
                break;
            case 6:
                Group(name, instrument, 3);
                break;
            case 7:
                var cancel = new Command { Kind = CommandKind.CancelOrder, Account = account, ClientId = client };
                Row("cancel", name, cancel, $",,,,,{client},,");
                break;
            case 8:
                var (price, total) = ((uint)_random.Next(590_000, 610_000), _random.Next(1, 100));
                Row("amend", name, new Command
                {
                    Kind = CommandKind.AmendOrder,
                    Account = account,
                    ClientId = client,
                    Price = price,
                    Quantity = total,
                }, $",,,{price},{total},{client},,");
                break;
            case 9:
                CancelAll(name, instrument);
                break;
            case 10:
                var at = _random.Next(3) == 0 ? 0 : _now + 1_000_000_000L;
                Row("dead-man", name,
                    new Command { Kind = CommandKind.ScheduleCancel, Account = account, Quantity = at },
                    options: $"at={at}");
                break;
            default:
                Prices(instrument);
                break;
        }
    }

    void CancelAll(string name, int instrument)
    {
        var (all, sides) = (_random.Next(2) == 0, _random.Next(3));
        Row("cancel-all", name, new Command
        {
            Kind = CommandKind.CancelAll,
            Account = Number(name),
            Instrument = all ? -1 : instrument,
            Sides = (byte)sides,
        }, $"{(all ? "" : s_symbols[instrument])},{(sides == 0 ? "" : sides == 1 ? "buy" : "sell")},,,,,,");
    }

    void Prices(int instrument)
    {
        var price = _random.Next(590_000, 610_000);
        Row("price", "", default, $"{s_symbols[instrument]},,,{price},,,,");
        for (var source = 0; source < 2; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Time = _now,
                Instrument = instrument,
                Other = source,
                Quantity = (long)price << 16,
                SourceTime = _now,
                OrderId = (ulong)(_line - 1),
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            _commands.Add((_line, c));
        }
    }

    void Group(string name, int instrument, int legs)
    {
        var orders = new OrderRequest[3];
        var group = new Command
        {
            Kind = CommandKind.PlaceGroup,
            Time = _now,
            Instrument = instrument,
            Group = legs == 3 ? GroupKind.Bracket : GroupKind.OneCancelsOther,
        };
        var first = Line();
        for (var i = 0; i < legs; i++)
        {
            orders[i] = Order(Number(name), out var fields, out var options);
            var command = i > 0 ? "leg" : legs == 3 ? "bracket" : "oco";
            Row(command, name, default, $"{s_symbols[instrument]},{fields}", options);
        }
        (group.Order, group.Second, group.Third) = (orders[0], orders[1], orders[2]);
        _commands.Add((first, group));
    }

    // side, type, price, quantity, client, two empty columns; and the options in any order.
    OrderRequest Order(int account, out string fields, out string options)
    {
        var words = new List<string>();
        var type = (OrderType)_random.Next(8);
        var r = new OrderRequest
        {
            Account = account,
            Side = (Side)_random.Next(2),
            Type = type,
            Quantity = _random.Next(1, 1000),
            ClientId = _random.Next(2) == 0 ? 0 : (ulong)_random.Next(1, 60),
            TimeInForce = type == OrderType.Market ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTillCancel,
        };
        if (type is OrderType.Limit or OrderType.StopLimit or OrderType.TakeProfitLimit or OrderType.Pegged)
            r.Price = (uint)_random.Next(590_000, 610_000);
        if (type is >= OrderType.Stop and < OrderType.TrailingStop)
            words.Add($"trigger={r.TriggerPrice = (uint)_random.Next(590_000, 610_000)}");
        if (type == OrderType.TrailingStop) words.Add($"trail={r.Trail = (uint)_random.Next(1, 1000)}");
        if (type == OrderType.Pegged)
        {
            r.Peg = (PegReference)_random.Next(1, 3);
            words.Add(r.Peg == PegReference.Mid ? "peg=mid" : "peg=mark");
            words.Add($"offset={r.PegOffset = _random.Next(-9, 10)}");
        }
        if (Chance()) words.Add($"display={r.Display = _random.Next(1, 1000)}");
        if (Chance()) words.Add($"min={r.MinimumQuantity = _random.Next(1, 1000)}");
        if (Chance()) r.Flags |= Word(words, "post-only", OrderConditions.PostOnly);
        if (Chance()) r.Flags |= Word(words, "reduce-only", OrderConditions.ReduceOnly);
        if (Chance()) r.Flags |= Word(words, "auction-only", OrderConditions.AuctionOnly);
        string[] sources = ["last", "mark", "index"], scopes = ["account", "master"];
        string[] modes = ["expire-taker", "expire-maker", "expire-both", "reduce"];
        if (Chance()) words.Add($"source={sources[(int)(r.TriggerSource = (PriceSource)_random.Next(3))]}");
        if (Chance()) words.Add($"stp={modes[(int)(r.SelfTrade = (SelfTradePrevention)_random.Next(4))]}");
        if (Chance()) words.Add($"scope={scopes[(int)(r.SelfTradeScope = (SelfTradeScope)_random.Next(2))]}");
        string[] forces = ["gtc", "gtd", "ioc", "fok"];
        if (Chance())
        {
            r.TimeInForce = TimeInForce.GoodTillDate;
            words.Add($"expiry={r.Expiry = _now + _random.Next(1, 1 << 30)}");
        }
        if (Chance()) words.Add($"tif={forces[(int)(r.TimeInForce = (TimeInForce)_random.Next(4))]}");
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(words));
        options = string.Join(' ', words);
        var limit = r.Price == 0 ? "" : r.Price.ToString(CultureInfo.InvariantCulture);
        var id = r.ClientId == 0 ? "" : r.ClientId.ToString(CultureInfo.InvariantCulture);
        fields = $"{(r.Side == Side.Buy ? "buy" : "sell")},{s_types[(int)type]},{limit},{r.Quantity},{id},,";
        return r;
    }

    bool Chance() => _random.Next(5) == 0;

    static OrderConditions Word(List<string> words, string word, OrderConditions condition)
    {
        words.Add(word);
        return condition;
    }
}
