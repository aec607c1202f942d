using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Tests;

/// <summary>Epochs in a row (specs/40-statements.md section 5; corpus section 17).</summary>
public class ChainTests
{
    static readonly Statement s_first =
        ToyEpoch.Statement with { Epoch = 1, Previous = default, Snapshot = "2026-11-01T00:00:00Z" };

    static readonly Statement s_second = After(s_first);
    static readonly Statement s_third = After(s_second);

    [Fact]
    public void Epochs_that_continue_one_another_are_accepted()
    {
        Assert.Equal(ChainOutcome.Accepted, Verify(s_first).Outcome);
        Assert.Equal(ChainOutcome.Accepted, Verify(s_first, s_second, s_third).Outcome);
        Assert.Empty(Verify(s_first, s_second, s_third).Changes);
    }

    [Fact]
    public void No_epoch_is_no_chain() => Assert.Equal(ChainOutcome.HistoryBroken, Verify().Outcome);

    [Fact]
    public void H01_An_epoch_that_is_refused_breaks_the_chain()
    {
        EpochVerdict[] epochs = [Accepted(s_first), Accepted(s_second) with { Outcome = EpochOutcome.ProofRejected }];
        Rejected(ChainOutcome.EpochRejected, 1, ChainVerifier.Verify(epochs));
        Rejected(ChainOutcome.EpochRejected, 0, ChainVerifier.Verify([new EpochVerdict()]));
        var hollow = new EpochVerdict { Outcome = EpochOutcome.Accepted };
        Rejected(ChainOutcome.EpochRejected, 0, ChainVerifier.Verify([hollow]));
    }

    [Fact]
    public void I05_Gaps_repeats_and_other_orders_are_refused()
    {
        Rejected(ChainOutcome.HistoryBroken, 1, Verify(s_first, s_third));
        Rejected(ChainOutcome.HistoryBroken, 1, Verify(s_second, s_first));
        Rejected(ChainOutcome.HistoryBroken, 1, Verify(s_first, s_second with { Epoch = 3 }));
        Rejected(ChainOutcome.HistoryBroken, 2, Verify(s_first, s_second, s_third with { Previous = s_first.Digest }));
        Rejected(ChainOutcome.HistoryBroken, 1, Verify(s_first, s_second with { Previous = default }));
    }

    [Fact]
    public void I01_Two_statements_for_one_epoch_are_told_as_equivocation()
    {
        var other = s_second with { Accounts = 19 };
        var verdict = Verify(s_first, s_second, other);
        Rejected(ChainOutcome.Equivocation, 2, verdict);
        Assert.Contains(s_second.Digest.ToString(), verdict.Detail, StringComparison.Ordinal);
        Assert.Contains(other.Digest.ToString(), verdict.Detail, StringComparison.Ordinal);

        // The same, where a third corrects the first of two corrections again.
        var correction = s_second with { Supersedes = s_second.Digest };
        var again = correction with { Accounts = 19 };
        Rejected(ChainOutcome.Equivocation, 3, Verify(s_first, s_second, correction, again));
        Rejected(ChainOutcome.Equivocation, 2, Verify(s_first, s_second, s_second));
    }

    [Fact]
    public void I06_A_correction_names_what_it_corrects_and_keeps_its_place()
    {
        var correction = s_second with { Accounts = 19, Supersedes = s_second.Digest };
        Assert.Equal(ChainOutcome.Accepted, Verify(s_first, s_second, correction).Outcome);
        Assert.Equal(ChainOutcome.Accepted, Verify(s_first, s_second, correction, After(correction)).Outcome);

        // The next epoch may have been made before the correction was.
        Assert.Equal(ChainOutcome.Accepted, Verify(s_first, s_second, correction, s_third).Outcome);
        Rejected(
            ChainOutcome.HistoryBroken, 2,
            Verify(s_first, s_second, correction with { Previous = FileDigest.Of("other"u8) }));

        // A correction without what it corrects.
        Rejected(ChainOutcome.HistoryBroken, 1, Verify(s_first, correction));
    }

    [Fact]
    public void Another_exchange_or_environment_is_another_chain()
    {
        Rejected(ChainOutcome.StatementMismatch, 1, Verify(s_first, s_second with { Exchange = "Another" }));
        Rejected(
            ChainOutcome.StatementMismatch, 1,
            Verify(s_first, s_second with { Environment = ExchangeEnvironment.Production }));
    }

    [Fact]
    public void Snapshots_go_forward()
    {
        Rejected(ChainOutcome.StaleStatement, 1, Verify(s_first, s_second with { Snapshot = s_first.Snapshot }));
        Rejected(ChainOutcome.StaleStatement, 1, Verify(s_first, s_second with { Snapshot = "2025-12-31T23:59:59Z" }));
    }

    [Fact]
    public void Every_change_of_the_rules_is_listed()
    {
        var (bitcoin, token) = (s_first.Assets[0], s_first.Assets[1]);
        (string What, Statement Next)[] changes =
        [
            ("decimals of BTC: 8 becomes 9", WithAssets(bitcoin with { Decimals = 9 }, token)),
            ("class of TOKEN: Own becomes Native", WithAssets(bitcoin, token with { Class = AssetClass.Native })),
            ("tiers of BTC", WithAssets(bitcoin with { Tiers = [] }, token)),
            ("price source of BTC: index becomes me", WithAssets(bitcoin with { PriceSource = "me" }, token)),
            ("asset ETH is new", WithAssets(bitcoin, token, bitcoin with { Symbol = "ETH" })),
            ("asset TOKEN is gone", WithAssets(bitcoin)),
            ("asset TOKEN moves from place 1 to 0", WithAssets(token, bitcoin)),
            ("pool 2: \"margin\" becomes \"cross\"",
                s_second with { PoolNames = ["loan", "cross", "", "", "", "", ""] }),
            ("unit: USD becomes EUR", s_second with { ValueUnit = "EUR" }),
            ("scale: 16 becomes 17", s_second with { ValueScale = 17 }),
            ("signer: " + s_first.Signer + " becomes none", s_second with { Signer = null }),
            ("profile: S100 becomes S120", s_second with { Profile = "S120" }),
            ("circuits", s_second with { Keys = new(s_second.Keys.Top, s_second.Keys.Shard) }),
            ("reserves are no longer stated", s_second with { Reserves = null }),
            ("netting cap of BTC: 50 becomes 51",
                s_second with { Reserves = s_second.Reserves! with { Assets = [new(1000, 1, 51), new(5000, 0, 0)] } }),
        ];
        foreach (var (what, next) in changes)
        {
            var verdict = Verify(s_first, next);
            Assert.Equal(ChainOutcome.Accepted, verdict.Outcome);
            Assert.Contains(new ChainChange(1, what), verdict.Changes);
        }
    }

    static Statement WithAssets(params AssetDefinition[] assets)
    {
        string[] symbols = [.. s_first.Assets.Select(asset => asset.Symbol)];
        var reserves = assets.Select(asset => Array.IndexOf(symbols, asset.Symbol))
            .Select(index => index < 0 ? default : s_first.Reserves!.Assets[index]);
        return s_second with { Assets = assets, Reserves = s_first.Reserves! with { Assets = [.. reserves] } };
    }

    static Statement After(Statement statement) => statement with
    {
        Epoch = statement.Epoch + 1,
        Previous = statement.Digest,
        Supersedes = null,
        Snapshot = $"2026-11-{statement.Epoch + 1:D2}T00:00:00Z",
    };

    static EpochVerdict Accepted(Statement statement) =>
        new() { Outcome = EpochOutcome.Accepted, Statement = statement };

    static ChainVerdict Verify(params Statement[] statements) =>
        ChainVerifier.Verify([.. statements.Select(Accepted)]);

    static void Rejected(ChainOutcome outcome, int where, ChainVerdict verdict)
    {
        Assert.Equal((outcome, where), (verdict.Outcome, verdict.Where));
        Assert.False(verdict.IsAccepted);
    }
}
