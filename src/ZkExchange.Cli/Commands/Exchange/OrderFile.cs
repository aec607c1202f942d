using System.Globalization;
using System.Text;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Matching;

namespace ZkExchange.Cli.Commands.Exchange;

/// <summary>
/// Reads a file of commands for the simulated venue. Strict: a field that is not understood is an error with line and
/// column.
/// </summary>
/// <remarks>
/// Amounts are whole numbers of smallest units, prices whole ticks, quantities whole lots, times nanoseconds that
/// never fall. Instruments and assets go by
/// symbol, accounts by the name under which an open row opened them. A price row speaks for two of the simulated
/// sources.
/// </remarks>
static class OrderFile
{
    const string Header = "time,command,account,instrument,side,type,price,quantity,client_id,asset,amount";

    static readonly VenueParameters s_venue = SimulatedMarket.Parameters(long.MaxValue / 2);

    /// <summary>All commands with their lines.</summary>
    public static IReadOnlyList<(int Line, Command Command)> Read(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length == 0 || !lines[0].Equals(Header, StringComparison.Ordinal))
            throw Wrong(path, 1, 1, $"the header is not '{Header}'");
        var commands = new List<(int, Command)>();
        var accounts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            var row = new Row(path, i + 1, lines[i].Split(','), accounts, (ulong)i);
            foreach (var command in row.Commands()) commands.Add((i + 1, command));
        }

        return commands;
    }

    static CommandException Wrong(string path, int line, int column, string what) => new(
        ExitCode.Input, "InputOrder", $"{path}, line {line}, column {column}: {what}.");

    sealed class Row(string path, int line, string[] fields, Dictionary<string, int> accounts, ulong number)
    {
        public IEnumerable<Command> Commands()
        {
            if (fields.Length != 11) throw Wrong(path, line, 1, $"there are {fields.Length} fields, not 11");
            var c = new Command { Time = (long)Whole(0, long.MaxValue), Key = number };
            switch (fields[1])
            {
                case "tick":
                    yield return c with { Kind = CommandKind.Tick };
                    break;
                case "open":
                    accounts.TryAdd(fields[2], accounts.Count + 1);      // 0 is the fund
                    yield return c with
                    {
                        Kind = CommandKind.OpenAccount,
                        Other = -1,
                        Data = Encoding.ASCII.GetBytes(fields[2])
                    };
                    break;
                case "deposit":
                    yield return Money(c, CommandKind.Deposit);
                    break;
                case "withdraw":
                    yield return Money(c, CommandKind.RequestWithdrawal);
                    break;
                case "pledge":
                    yield return Money(c, CommandKind.Pledge);
                    break;
                case "borrow":
                    yield return Money(c, CommandKind.Borrow);
                    break;
                case "order":
                    yield return Order(c);
                    break;
                case "cancel":
                    yield return c with
                    {
                        Kind = CommandKind.CancelOrder,
                        Account = Account(),
                        ClientId = (ulong)Whole(8, ulong.MaxValue)
                    };
                    break;
                case "amend":
                    yield return c with
                    {
                        Kind = CommandKind.AmendOrder,
                        Account = Account(),
                        ClientId = (ulong)Whole(8, ulong.MaxValue),
                        Price = (uint)Whole(6, uint.MaxValue),
                        Quantity = (long)Whole(7, long.MaxValue),
                    };
                    break;
                case "price":
                    yield return Price(c, 0);
                    yield return Price(c, 1);
                    break;
                default:
                    throw Wrong(path, line, 2, $"there is no command '{fields[1]}'");
            }
        }

        Command Money(Command c, CommandKind kind) => c with
        {
            Kind = kind,
            Account = Account(),
            Asset = Among(9, [.. s_venue.Assets.Select(a => a.Symbol)]),
            Amount = (Int128)Whole(10, (UInt128)1 << 90),
        };

        Command Order(Command c)
        {
            string[] types = ["limit", "market", "ioc", "fok", "post-only", "reduce-only"];
            var type = Among(5, types);
            return c with
            {
                Kind = CommandKind.PlaceOrder,
                Instrument = Instrument(),
                Order = new OrderRequest
                {
                    Account = Account(),
                    Side = Among(4, ["buy", "sell"]) == 0 ? Side.Buy : Side.Sell,
                    Type = type == 1 ? OrderType.Market : OrderType.Limit,
                    TimeInForce = type is 1 or 2 ? TimeInForce.ImmediateOrCancel
                        : type == 3 ? TimeInForce.FillOrKill : TimeInForce.GoodTillCancel,
                    Flags = type == 4 ? OrderConditions.PostOnly
                        : type == 5 ? OrderConditions.ReduceOnly : OrderConditions.None,
                    Price = type == 1 ? 0 : (uint)Whole(6, uint.MaxValue),
                    Quantity = (long)Whole(7, long.MaxValue),
                    ClientId = fields[8].Length == 0 ? 0 : (ulong)Whole(8, ulong.MaxValue),
                },
            };
        }

        Command Price(Command c, int source)
        {
            c.Kind = CommandKind.Price;
            c.Instrument = Instrument();
            c.Other = source;
            c.Quantity = (long)Whole(6, uint.MaxValue) << 16;
            c.SourceTime = c.Time;
            c.OrderId = number;
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            return c;
        }

        int Instrument() => Among(3, [.. s_venue.Instruments.Select(i => i.Symbol)]);

        int Account() => accounts.TryGetValue(fields[2], out var account)
            ? account
            : throw Wrong(path, line, 3, $"no row above opens the account '{fields[2]}'");

        int Among(int column, string[] names)
        {
            var at = Array.IndexOf(names, fields[column]);
            return at >= 0 ? at
                : throw Wrong(path, line, column + 1, $"'{fields[column]}' is none of {string.Join(", ", names)}");
        }

        UInt128 Whole(int column, UInt128 limit) =>
            UInt128.TryParse(fields[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value <= limit
                ? value
                : throw Wrong(path, line, column + 1, $"'{fields[column]}' is no whole number in range");
    }
}
