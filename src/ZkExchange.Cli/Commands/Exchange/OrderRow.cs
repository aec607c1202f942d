using System.Globalization;
using System.Text;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Matching;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>One row of a command file, which remembers what of it was used.</summary>
/// <remarks>
/// Amounts are whole numbers of smallest units, prices whole ticks, quantities whole lots, times nanoseconds.
/// Instruments and assets go by symbol, accounts by the name under which an open row opened them.
/// </remarks>
/// <param name="path">The file.</param>
/// <param name="line">From 1.</param>
/// <param name="fields">As many as the header has.</param>
/// <param name="accounts">Numbers by name; open rows add to it.</param>
sealed class OrderRow(string path, int line, string[] fields, Dictionary<string, int> accounts)
{
    /// <summary>Where the name of the command is.</summary>
    public const int CommandColumn = 1;

    const int OptionColumn = 11;

    // In the order of OrderType; the others are limit orders with a condition.
    static readonly string[] s_types =
    [
        "limit", "market", "stop", "stop-limit", "take-profit", "take-profit-limit", "trailing-stop", "pegged",
        "ioc", "fok", "post-only", "reduce-only",
    ];

    static readonly string[] s_instruments = [.. OrderFile.Venue.Instruments.Select(i => i.Symbol)];
    static readonly string[] s_assets = [.. OrderFile.Venue.Assets.Select(a => a.Symbol)];

    readonly bool[] _used = new bool[fields.Length];
    readonly Dictionary<string, string?> _options = new(StringComparer.Ordinal);
    bool _optionsRead;

    /// <summary>From 1.</summary>
    public int Line => line;

    /// <summary>True for a row that belongs to the group above it.</summary>
    public bool IsLeg => fields[CommandColumn] is "leg";

    /// <summary>Rows of the group that starts here, 0 for any other row.</summary>
    public int GroupLegs => fields[CommandColumn] switch { "oco" => 2, "bracket" => 3, _ => 0 };

    /// <summary>What the row says.</summary>
    public IEnumerable<Command> Commands()
    {
        var c = New();
        switch (Text(CommandColumn))
        {
            case "tick":
                return [c with { Kind = CommandKind.Tick }];
            case "open":
                return [Open(c)];
            case "deposit":
                return [Money(c, CommandKind.Deposit)];
            case "withdraw":
                return [Money(c, CommandKind.RequestWithdrawal)];
            case "pledge":
                return [Money(c, CommandKind.Pledge)];
            case "borrow":
                return [Money(c, CommandKind.Borrow)];
            case "repay":
                return [Money(c, CommandKind.Repay)];
            case "isolate":
                return [Money(c, CommandKind.MoveIsolated) with { Instrument = Instrument() }];
            case "insure":
                return [Amount(c) with { Kind = CommandKind.FundInsurance }];
            case "order":
                return [Order()];
            case "cancel":
                return [Existing(c) with { Kind = CommandKind.CancelOrder }];
            case "amend":
                return [Amend(c)];
            case "cancel-all":
                return [CancelAll(c)];
            case "dead-man":
                return [c with { Kind = CommandKind.ScheduleCancel, Account = Account(), Quantity = At() }];
            case "price":
                return [Price(c, 0), Price(c, 1)];
            case "leg":
                throw Wrong(CommandColumn, "there is no group above this leg");
            default:
                throw Wrong(CommandColumn, $"there is no command '{fields[CommandColumn]}'");
        }
    }

    /// <summary>An order, or a leg of a group.</summary>
    public Command Order()
    {
        var c = New();
        _used[CommandColumn] = true;
        var type = Among(5, s_types);
        var isLimit = type is 0 or 3 or 5 or 7 or > 7;
        var order = new OrderRequest { Side = Among(4, ["buy", "sell"]) == 0 ? Side.Buy : Side.Sell };
        c.Instrument = Instrument();
        order.Account = Account();
        order.Type = type <= 7 ? (OrderType)type : OrderType.Limit;
        order.Price = isLimit ? (uint)Whole(6, uint.MaxValue) : 0;
        order.Quantity = (long)Whole(7, long.MaxValue);
        order.ClientId = fields[8].Length == 0 ? 0 : (ulong)Whole(8, ulong.MaxValue);
        order.TimeInForce = type is 1 or 8 ? TimeInForce.ImmediateOrCancel
            : type == 9 ? TimeInForce.FillOrKill : TimeInForce.GoodTillCancel;
        if (type == 10 | Flag("post-only")) order.Flags |= OrderConditions.PostOnly;
        if (type == 11 | Flag("reduce-only")) order.Flags |= OrderConditions.ReduceOnly;
        if (Flag("auction-only")) order.Flags |= OrderConditions.AuctionOnly;
        c.Order = WithOptions(order);
        return c with { Kind = CommandKind.PlaceOrder };
    }

    /// <summary>Ends the reading if a field or an option was not used.</summary>
    public void CheckUsed()
    {
        ReadOptions();
        for (var column = 0; column < fields.Length; column++)
        {
            if (!_used[column] && fields[column].Length > 0)
                throw Wrong(column, $"'{fields[CommandColumn]}' does not use this column");
        }

        foreach (var (key, _) in _options)
            throw Wrong(OptionColumn, $"'{fields[CommandColumn]}' does not use the option '{key}'");
    }

    /// <summary>What ends the reading, at a column from 0.</summary>
    public CommandException Wrong(int column, string what) => OrderFile.Wrong(path, line, column + 1, what);

    OrderRequest WithOptions(OrderRequest order)
    {
        var tif = OptionAmong("tif", ["gtc", "gtd", "ioc", "fok"]);
        if (tif >= 0) order.TimeInForce = (TimeInForce)tif;
        order.Expiry = (long)Option("expiry", long.MaxValue);
        if (order.Expiry != 0 && tif < 0) order.TimeInForce = TimeInForce.GoodTillDate;
        order.Display = (long)Option("display", long.MaxValue);
        order.MinimumQuantity = (long)Option("min", long.MaxValue);
        order.TriggerPrice = (uint)Option("trigger", uint.MaxValue);
        order.Trail = (uint)Option("trail", uint.MaxValue);
        order.TriggerSource = (PriceSource)Math.Max(0, OptionAmong("source", ["last", "mark", "index"]));
        order.Peg = (PegReference)(1 + OptionAmong("peg", ["mid", "mark"]));
        order.PegOffset = Offset();
        order.SelfTrade = (SelfTradePrevention)Math.Max(0,
            OptionAmong("stp", ["expire-taker", "expire-maker", "expire-both", "reduce"]));
        order.SelfTradeScope = (SelfTradeScope)Math.Max(0, OptionAmong("scope", ["account", "master"]));
        return order;
    }

    Command New() => new() { Time = (long)Whole(0, long.MaxValue), Key = (UInt128)(line - 1) };

    Command Open(Command c)
    {
        var name = Text(2);
        if (!Venue.IsName(name)) throw Wrong(2, "a name is 1 to 64 of A-Z a-z 0-9 . _ - : and @");
        accounts.TryAdd(name, accounts.Count);
        return c with { Kind = CommandKind.OpenAccount, Other = -1, Data = Encoding.ASCII.GetBytes(name) };
    }

    Command Money(Command c, CommandKind kind) => Amount(c) with { Kind = kind, Account = Account() };

    Command Amount(Command c) => c with
    {
        Asset = Among(9, s_assets),
        Amount = (Int128)Whole(10, (UInt128)1 << 90),
    };

    Command Existing(Command c) => c with { Account = Account(), ClientId = (ulong)Whole(8, ulong.MaxValue) };

    Command Amend(Command c) => Existing(c) with
    {
        Kind = CommandKind.AmendOrder,
        Price = (uint)Whole(6, uint.MaxValue),
        Quantity = (long)Whole(7, long.MaxValue),
    };

    Command CancelAll(Command c) => c with
    {
        Kind = CommandKind.CancelAll,
        Account = Account(),
        Instrument = fields[3].Length == 0 ? -1 : Instrument(),
        Sides = (byte)(fields[4].Length == 0 ? 0 : 1 + Among(4, ["buy", "sell"])),
    };

    long At()
    {
        ReadOptions();
        return _options.ContainsKey("at") ? (long)Option("at", long.MaxValue)
            : throw Wrong(OptionColumn, "a dead-man row says at=TIME, or at=0 to take it back");
    }

    Command Price(Command c, int source)
    {
        c.Kind = CommandKind.Price;
        c.Instrument = Instrument();
        c.Other = source;
        c.Quantity = (long)Whole(6, uint.MaxValue) << 16;
        c.SourceTime = c.Time;
        c.OrderId = (ulong)(line - 1);
        c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
        return c;
    }

    int Instrument() => Among(3, s_instruments);

    int Account() => accounts.TryGetValue(Text(2), out var account)
        ? account
        : throw Wrong(2, $"no row above opens the account '{fields[2]}'");

    int Among(int column, string[] names)
    {
        var at = Array.IndexOf(names, Text(column));
        return at >= 0 ? at : throw Wrong(column, $"'{fields[column]}' is none of {string.Join(", ", names)}");
    }

    UInt128 Whole(int column, UInt128 limit) => IsWhole(Text(column), limit, out var value)
        ? value
        : throw Wrong(column, $"'{fields[column]}' is no whole number in range");

    string Text(int column)
    {
        _used[column] = true;
        return fields[column];
    }

    // key or key=value, with one space between two of them.
    void ReadOptions()
    {
        if (_optionsRead || fields.Length <= OptionColumn || fields[OptionColumn].Length == 0) return;
        _optionsRead = _used[OptionColumn] = true;
        foreach (var word in fields[OptionColumn].Split(' '))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            var key = at < 0 ? word : word[..at];
            if (key.Length == 0) throw Wrong(OptionColumn, "options are words with one space between them");
            if (!_options.TryAdd(key, at < 0 ? null : word[(at + 1)..]))
                throw Wrong(OptionColumn, $"the option '{key}' is there twice");
        }
    }

    bool Flag(string key)
    {
        ReadOptions();
        if (!_options.Remove(key, out var value)) return false;
        return value is null ? true : throw Wrong(OptionColumn, $"the option '{key}' has no value");
    }

    UInt128 Option(string key, UInt128 limit)
    {
        ReadOptions();
        if (!_options.Remove(key, out var value)) return 0;
        return IsWhole(value, limit, out var number) ? number
            : throw Wrong(OptionColumn, $"'{key}={value}' is no whole number in range");
    }

    int OptionAmong(string key, string[] names)
    {
        ReadOptions();
        if (!_options.Remove(key, out var value)) return -1;
        var at = Array.IndexOf(names, value);
        return at >= 0 ? at
            : throw Wrong(OptionColumn, $"'{key}={value}' is none of {string.Join(", ", names)}");
    }

    // Of a pegged order, in ticks: the one number that may be below zero.
    int Offset()
    {
        ReadOptions();
        if (!_options.Remove("offset", out var value)) return 0;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
            ? offset
            : throw Wrong(OptionColumn, $"'offset={value}' is no whole number in range");
    }

    static bool IsWhole(string? text, UInt128 limit, out UInt128 value) =>
        UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= limit;
}
