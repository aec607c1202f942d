using System.Text;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Cli.Output;
using ZkExchange.Exchange;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>A file of commands, changed, through its reader and, where that takes it, through a venue whose books must
/// still agree: a line is understood or refused with its place, and no command brings the venue down.</summary>
sealed class OrderFiles(Mutator mutator) : ITarget
{
    // Everything that waits: the example of specs/51-input-files.md section 7.
    static readonly byte[] s_orders = Encoding.UTF8.GetBytes(OrderFile.LongHeader + "\n" + """
        1,open,maker,,,,,,,,,
        1,open,alice,,,,,,,,,
        1,deposit,maker,,,,,,,USDT,900000000000,
        1,deposit,alice,,,,,,,USDT,100000000000,
        1,insure,,,,,,,,USDT,50000000000,
        2,price,,BTC-PERP,,,600000,,,,,
        3,order,maker,BTC-PERP,sell,limit,600100,9000,1,,,display=1000
        3,order,maker,BTC-PERP,buy,limit,599900,9000,2,,,expiry=9000000000
        4,bracket,alice,BTC-PERP,buy,limit,600100,500,10,,,
        4,leg,alice,BTC-PERP,sell,take-profit-limit,612000,500,11,,,trigger=612000 reduce-only
        4,leg,alice,BTC-PERP,sell,stop,,500,12,,,trigger=590000 source=mark reduce-only
        5,oco,alice,BTC-PERP,buy,limit,580000,200,20,,,
        5,leg,alice,BTC-PERP,buy,stop-limit,610100,200,21,,,trigger=610000 source=index
        6,order,alice,BTC-PERP,sell,trailing-stop,,300,30,,,trail=5000 source=mark reduce-only
        7,order,maker,BTC-PERP,buy,pegged,600000,700,3,,,peg=mid offset=-20
        8,order,alice,BTC-PERP,sell,market,,100,40,,,min=50 reduce-only stp=expire-maker
        9,amend,maker,,,,600150,8000,1,,,
        10,dead-man,maker,,,,,,,,,at=8000000000
        1000000011,price,,BTC-PERP,,,611000,,,,,
        2000000012,cancel-all,alice,BTC-PERP,buy,,,,,,,
        9000000000,tick,,,,,,,,,,

        """);

    readonly string _home = Directory.CreateTempSubdirectory("zkx-fuzz-").FullName;

    public byte[] Input { get; private set; } = [];

    public string? Try()
    {
        Input = mutator.Change(s_orders, isText: true);
        var path = Path.Combine(_home, "orders.csv");
        File.WriteAllBytes(path, Input);
        IReadOnlyList<(int Line, Command Command)> commands;
        try
        {
            commands = OrderFile.Read(path);
        }
        catch (CommandException refusal)
        {
            return refusal.ExitCode == ExitCode.Input && refusal.Message.Contains("line ", StringComparison.Ordinal)
                ? null
                : $"refused without a place: {refusal.Message}";
        }

        var venue = new Venue(OrderFile.Venue, new SchemeVerifier());
        foreach (var (_, command) in commands) venue.Execute(command);
        venue.Audit();
        return null;
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);
}
