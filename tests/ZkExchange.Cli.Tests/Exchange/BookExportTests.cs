using System.Globalization;
using Xunit;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Margin;

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

    static IEnumerable<string[]> Rows(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
