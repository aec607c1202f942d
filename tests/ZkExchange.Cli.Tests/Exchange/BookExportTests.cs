using System.Globalization;
using System.Text;
using Xunit;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Matching;

namespace ZkExchange.Cli.Tests.Exchange;

/// <summary>The books that an epoch is proven from.</summary>
public class BookExportTests
{
    [Fact]
    public void Reserves_cover_customers_and_fund_whatever_the_fund_holds()
    {
        var holds = 0;
        for (var seed = 1; seed <= 6; seed++)
        {
            var venue = new Venue(SimulatedMarket.Parameters(), new SealVerifier());
            var crowd = new Crowd(seed, venue);
            for (var i = 0; i < 2000; i++) venue.Execute(crowd.Next());
            for (var i = 1; i < venue.InstrumentCount; i++)
                holds += venue.BookOf(i).PositionOf(MarginEngine.Fund) != 0 ? 1 : 0;

            // What is left after net liabilities and the fund are fees and roundings: never less than nothing.
            var files = BookExport.Of(venue);
            Assert.DoesNotContain(Venue.FundName, files[BookExport.AccountsName], StringComparison.Ordinal);
            foreach (var reserve in Rows(files[BookExport.ReservesName]))
            {
                var accounts = Rows(files[BookExport.AccountsName]).ToLookup(row => row[1], StringComparer.Ordinal);
                var owed = accounts[reserve[0]].Sum(row => Number(row[2]) - Number(row[3]));
                var assets = Rows(files[BookExport.AssetsName]).ToDictionary(row => row[0], StringComparer.Ordinal);
                var insured = Number(assets[reserve[0]][3]);
                Assert.InRange(Number(reserve[1]) - insured - owed, 0, 1000);
            }
        }
        Assert.True(holds > 0);
    }

    [Fact]
    public void What_an_isolated_position_loses_beyond_its_money_is_the_funds_loss()
    {
        var set = SimulatedMarket.Parameters();
        var venue = new Venue(set with
        {
            Instruments = [.. set.Instruments.Select(i => i with
            {
                Feed = i.Feed with { VolatilityMaxPpm = 900_000 },
                Rules = i.Rules with { BandPpm = 0, VolatilityBandPpm = 0 },
            })],
        }, new SealVerifier());
        var money = new Command { Kind = CommandKind.Deposit, Account = 1, Amount = 10_000_000_000, Key = 1 };
        foreach (var name in (string[])["one", "two"])
            Do(venue, new Command { Kind = CommandKind.OpenAccount, Other = -1, Data = Encoding.ASCII.GetBytes(name) });
        Do(venue, money);
        Do(venue, money with { Account = 2, Key = 2 });
        Do(venue, money with { Kind = CommandKind.FundInsurance, Amount = 600_000_000, Key = 3 });
        Price(venue, 60_000, 0);
        Do(venue, money with { Kind = CommandKind.MoveIsolated, Account = 2, Instrument = 1, Amount = 1_000_000_000 });
        foreach (var account in (int[])[1, 2])
        {
            Do(venue, new Command
            {
                Kind = CommandKind.PlaceOrder,
                Instrument = 1,
                Order = new OrderRequest
                {
                    Account = account,
                    Side = account == 1 ? Side.Sell : Side.Buy,
                    Price = 600_000,
                    Quantity = 1_500,
                },
            });
        }

        // 1,500 dollars of about 1,000 are lost, and nobody is sure enough of the price to hand the position over.
        Price(venue, 50_000, 900_000);
        Assert.Equal(1_500, venue.BookOf(1).PositionOf(2));
        var shortfall = -venue.Margin.Measure(2, 1).Equity;
        Assert.InRange(shortfall, (Int128)500_000_000, (Int128)510_000_000);
        var files = BookExport.Of(venue);
        var two = Rows(files[BookExport.AccountsName]).Single(row => row[0].Equals("two", StringComparison.Ordinal));
        Assert.Equal(9_000m, Number(two[2]));
        Assert.Equal(600m - ((decimal)shortfall / 1_000_000), Number(Rows(files[BookExport.AssetsName]).First()[3]));
    }

    static void Do(Venue venue, Command command)
    {
        command.Time = venue.Now + 1;
        Assert.Equal(RejectCode.None, venue.Execute(command).Code);
    }

    static void Price(Venue venue, long dollars, uint uncertaintyPpm)
    {
        for (var source = 0; source < 3; source++)
        {
            var c = new Command
            {
                Kind = CommandKind.Price,
                Instrument = 1,
                Other = source,
                Quantity = dollars * 10 << 16,
                Price = uncertaintyPpm,
                SourceTime = venue.Now + 1,
                OrderId = (ulong)venue.Now + 1,
            };
            c.Signature = SealVerifier.Seal(SimulatedMarket.Key("source", source), Venue.PriceMessage(c));
            Do(venue, c);
        }
    }

    static IEnumerable<string[]> Rows(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
