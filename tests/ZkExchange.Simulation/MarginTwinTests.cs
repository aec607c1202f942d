using ZkExchange.Exchange;
using ZkExchange.Exchange.Simulation;
using ZkExchange.Ledger;
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
                Assert.Empty(venue.Notices);
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
