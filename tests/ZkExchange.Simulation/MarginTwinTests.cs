using System.Numerics;
using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
using ZkExchange.Margin;
using ZkExchange.Simulation.Twins;

namespace ZkExchange.Simulation;

public class MarginTwinTests
{
    [Fact]
    public void The_naive_calculator_measures_every_account_the_same()
    {
        var measured = 0;
        for (var seed = 200; seed < 206; seed++)
        {
            var venue = new Venue(SimulatedMarket.Parameters(), new SealVerifier());
            var crowd = new Crowd(seed, venue);
            for (var i = 0; i < 1200; i++)
            {
                venue.Execute(crowd.Next());
                if (i % 9 != 0) continue;
                for (var account = 0; account < venue.AccountCount; account++)
                {
                    Assert.Equal(NaiveMargin.Measure(venue, account, -1), venue.Margin.Measure(account));
                    foreach (var p in venue.Margin.PositionsOf(account).Items.ToArray().Where(p => p.IsIsolated))
                        Assert.Equal(NaiveMargin.Measure(venue, account, p.Instrument),
                            venue.Margin.Measure(account, p.Instrument));
                    measured++;
                }
            }
        }
        Assert.True(measured > 5_000);
    }

    [Fact]
    public void The_naive_waterfall_asks_the_same_prices_and_ranks_the_same()
    {
        var (compared, ranked) = (0, 0);
        for (var seed = 210; seed < 216; seed++)
        {
            var random = new Random(seed);
            var venue = new Venue(SimulatedMarket.Parameters(), new SealVerifier());
            var crowd = new Crowd(seed, venue);
            for (var i = 0; i < 1200; i++)
            {
                venue.Execute(crowd.Next());
                if (i % 11 != 0) continue;
                for (var account = 0; account < venue.AccountCount; account++)
                {
                    foreach (var p in venue.Margin.PositionsOf(account).Items.ToArray().Where(p => p.Size != 0))
                    {
                        compared++;
                        CompareSlices(venue, account, p, random.NextInt64(1, Math.Abs(p.Size) + 1));
                    }
                }

                ranked += CompareRanking(venue, random);
            }
        }
        Assert.True(compared > 2_000 && ranked > 100, $"{compared}, {ranked}");
    }

    static void CompareSlices(Venue venue, int account, Position p, long lots)
    {
        var risk = venue.Margin.Measure(account, p.Instrument);
        if (risk.Maintenance == 0) return;
        var contract = venue.Margin.ContractOf(p.Instrument);
        Assert.Equal(NaiveWaterfall.ZeroQuote(venue, account, p.Instrument, lots),
            (BigInteger)venue.Margin.ZeroQuote(account, p.Instrument, lots, risk));
        Assert.Equal(NaiveWaterfall.ZeroPrice(venue, account, p.Instrument, lots),
            (BigInteger)venue.Margin.ZeroPrice(account, p.Instrument, lots, risk, 0));
        Assert.Equal(NaiveWaterfall.PartialSize(venue, account, p.Instrument),
            (BigInteger)MarginMath.PartialSize(risk.Equity, risk.Maintenance, Math.Abs(p.Size), contract.Mark,
                contract.QuotePerTickLot, contract.Risk));

        // What is left after a transfer at the zero quote has no better and hardly a worse ratio.
        var quote = venue.Margin.ZeroQuote(account, p.Instrument, lots, risk);
        var after = venue.Margin.MeasureAfter(account, p.Instrument, -Math.Sign(p.Size) * lots, -quote);
        Assert.True(Rounding.CompareProducts(after.Equity, risk.Maintenance, risk.Equity, after.Maintenance) <= 0);
        Assert.True(Rounding.CompareProducts(after.Equity + 1, risk.Maintenance, risk.Equity, after.Maintenance) >= 0);
    }

    // Whoever gives way is chosen by these scores.
    static int CompareRanking(Venue venue, Random random)
    {
        var (account, instrument) = (random.Next(1, venue.AccountCount), random.Next(1, 4));
        if (venue.BookOf(instrument).PositionOf(account) == 0) return 0;
        var naive = NaiveWaterfall.Ranking(venue, account, instrument);
        var scores = naive.Select(other => venue.Margin.DeleverageScore(other, instrument)).ToList();
        for (var i = 0; i < naive.Count; i++)
        {
            var (profitable, score) = NaiveWaterfall.Score(venue, naive[i], instrument);
            Assert.Equal((profitable, score), (scores[i].Profitable, (BigInteger)scores[i].Score));
        }
        return naive.Count;
    }

    [Fact]
    public void A_refused_command_changes_nothing()
    {
        var refused = 0;
        for (var seed = 300; seed < 303; seed++)
        {
            var venue = new Venue(SimulatedMarket.Parameters(), new SealVerifier());
            var crowd = new Crowd(seed, venue);
            for (var i = 0; i < 700; i++)
            {
                var command = crowd.Next();
                var before = i % 3 == 0 ? Copy(venue) : null;
                if (venue.Execute(command).IsDone || before == null) continue;

                // Time passes for a refused command too: the other copy gets a command that never does anything.
                before.Execute(new Command { Kind = CommandKind.CancelAll, Account = -1, Time = command.Time });
                Assert.True(Rest(before).AsSpan().SequenceEqual(Rest(venue)),
                    $"seed {seed}, command {i} ({command.Kind})");
                Assert.Equal(before.Notices, venue.Notices);
                refused++;
            }
        }
        Assert.True(refused > 100, $"{refused}");
    }

    static Venue Copy(Venue venue)
    {
        var writer = new StateWriter();
        venue.Write(writer);
        return Venue.Read(writer.Bytes, new SealVerifier())!;
    }

    // The state without the digest of events, which counts refusals too.
    static byte[] Rest(Venue venue)
    {
        var writer = new StateWriter();
        venue.Write(writer);
        var bytes = writer.Bytes.ToArray();
        var digest = 4 + venue.Parameters.Encode().Length + 8;
        bytes.AsSpan(digest, 8).Clear();
        return bytes;
    }
}
