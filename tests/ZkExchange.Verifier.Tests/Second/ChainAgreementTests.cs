using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Verifier.Tests.Second;

/// <summary>Both verifiers on epochs of every profile, made by the real prover, and on chains of them.</summary>
public sealed class ChainAgreementTests : IDisposable
{
    static readonly EpochCircuits s_circuits = EpochCircuits.Standard;

    readonly string _home = Directory.CreateTempSubdirectory("zkx-chain-").FullName;
    readonly Dictionary<string, EpochVerdict> _epochs = new(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_home, recursive: true);

    public static TheoryData<string> Profiles => [.. Profile.All.Select(profile => profile.Name)];

    [NodeTheory]
    [MemberData(nameof(Profiles))]
    public void Both_accept_an_epoch_of_every_profile_and_no_changed_one(string profile)
    {
        using var second = new NodeVerifier();
        var statement = Make("epoch", 1, profile: profile);
        var folder = Path.Combine(_home, "epoch");
        Assert.Equal((true, "Accepted"), second.Ask("epoch", folder, "--statement-hash", $"{statement.Digest}"));
        Assert.True(EpochVerifier.Verify(new EpochDirectory(folder), s_circuits, statement.Digest).IsAccepted);
        foreach (var name in new[] { EpochFiles.ShardProof(0), EpochFiles.TopProof })
        {
            var path = Path.Combine(folder, name);
            var bytes = File.ReadAllBytes(path);
            bytes[^40] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.Equal((false, "ProofRejected"), second.Ask("epoch", folder));
            Assert.Equal(
                EpochOutcome.ProofRejected, EpochVerifier.Verify(new EpochDirectory(folder), s_circuits).Outcome);
            bytes[^40] ^= 1;
            File.WriteAllBytes(path, bytes);
        }
    }

    [NodeFact]
    public void Both_come_to_one_verdict_on_chains()
    {
        var a = Make("a", 1);
        var b = Make("b", 2, a.Digest);
        Make("b2", 2, a.Digest, supersedes: b.Digest);
        Make("c", 3, b.Digest);
        Make("foreign", 2, a.Digest, exchange: "Another");
        Make("stale", 2, a.Digest, day: 1);
        using var second = new NodeVerifier();
        foreach (var (outcome, folders) in new (ChainOutcome, string[])[]
        {
            (ChainOutcome.Accepted, ["a"]), (ChainOutcome.Accepted, ["a", "b", "b2", "c"]),
            (ChainOutcome.HistoryBroken, ["a", "c"]), (ChainOutcome.HistoryBroken, ["b", "a"]),
            (ChainOutcome.Equivocation, ["a", "b", "b"]), (ChainOutcome.StatementMismatch, ["a", "foreign"]),
            (ChainOutcome.StaleStatement, ["a", "stale"]), (ChainOutcome.HistoryBroken, ["a", "b2"]),
            (ChainOutcome.Equivocation, ["b2", "b"]), (ChainOutcome.EpochRejected, ["a", "none"]),
        })
        {
            var first = ChainVerifier.Verify([.. folders.Select(VerdictOf)]);
            Assert.Equal(outcome, first.Outcome);
            Assert.Equal(
                (first.IsAccepted, first.Outcome.ToString()),
                second.Ask(["chain", .. folders.Select(name => Path.Combine(_home, name))]));
        }
    }

    EpochVerdict VerdictOf(string name)
    {
        if (!_epochs.TryGetValue(name, out var verdict))
        {
            verdict = EpochVerifier.Verify(new EpochDirectory(Path.Combine(_home, name)), s_circuits);
            _epochs.Add(name, verdict);
        }

        return verdict;
    }

    Statement Make(
        string name, int epoch, FileDigest previous = default, FileDigest? supersedes = null,
        string exchange = "Chained", int? day = null, string profile = "S100")
    {
        var draft = EpochBuilder.Build(
            new()
            {
                Book = new("ann"u8.ToArray(), [0, 3], [new(0, 7, 0)], [0, 1]),
                Table = new(
                    [new("COIN", AssetClass.Other, 0, 1, "none", "2026-11-01T00:00:00Z", [])],
                    ["", "", "", "", "", "", ""], 0, "COIN"),
                Exchange = exchange,
                Epoch = epoch,
                Previous = previous,
                Supersedes = supersedes,
                Snapshot = $"2026-11-{day ?? epoch:D2}T00:00:00Z",
                Profile = Profile.Find(profile)!,
                Threads = 2,
            },
            EpochSecrets.New(), s_circuits);
        EpochProver.ProveAsync(draft, new InProcessShardProver(2), Path.Combine(_home, name)).GetAwaiter().GetResult();
        return draft.Statement;
    }
}
