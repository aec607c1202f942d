using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Verifier.Tests;

/// <summary>Whatever statement keeps the rules, its claims of the real circuits are computed and fit the keys, and no
/// rubbish holds the verifier up or makes it throw.</summary>
public class ClaimTests
{
    static readonly EpochCircuits s_circuits = EpochCircuits.Standard;
    static readonly BigInteger s_valueMax = (BigInteger.One << 180) - 1;

    static readonly AssetDefinition s_asset = new(
        "A", AssetClass.Other, 30, Amount.Limit - 1, "source", "2026-11-19T23:59:58Z",
        [new(1, 1, 10000), new(1, s_valueMax, 10000), new(7, s_valueMax - 1, 0), new(7, s_valueMax, 0)]);

    static readonly Statement s_extreme = ToyEpoch.Statement with
    {
        Accounts = 1L << 29,
        Assets = [s_asset, s_asset with { Symbol = "B", Weight = 1, Tiers = [] }],
        Disclosed = null,
        PoolNames = ["a", "b", "c", "d", "e", "f", "g"],
        Reserves = new(
            [new(Amount.Limit - 1, Amount.Limit - 1, Amount.Limit - 1), default], default, "2026-11-20T00:00:00Z"),
        ShardHeight = 24,
        ShardNodes = [.. Enumerable.Repeat(ToyEpoch.Digest(1), 32)],
    };

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Statements.Length)];

    static Statement[] Statements =>
    [
        s_extreme,
        s_extreme with { Reserves = null },
        s_extreme with
        {
            Disclosed = new((BigInteger.One << 240) - 1, [new(0, Amount.Limit - 1), default]), Reserves = null,
        },
        s_extreme with { Accounts = 1, ShardHeight = 0, ShardNodes = [ToyEpoch.Digest(1)], Reserves = null },
        s_extreme with
        {
            PoolNames = ["", "", "", "", "", "", ""], Assets = [s_asset with { Tiers = [] }], Reserves = null,
        },
        s_extreme with { Accounts = 1, ShardHeight = 0, ShardNodes = [.. Enumerable.Repeat(NodeDigest.Empty, 65536)] },
        ToyEpoch.Statement,
    ];

    [Theory, MemberData(nameof(Cases))]
    public void Claims_of_any_valid_statement_fit_the_keys(int index)
    {
        var statement = Statements[index];
        Assert.Equal(default, statement.Validate());
        var shards = s_circuits.ShardClaims(statement);
        foreach (var shard in new[] { 0, statement.ShardNodes.Count - 1 })
            Assert.Equal(Verdict.Accepted, shards(shard).Check(s_circuits.Shard));
        Assert.Equal(Verdict.Accepted, s_circuits.TopClaim(statement).Check(s_circuits.Top));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rubbish_about_any_valid_statement_is_refused(int index)
    {
        var statement = Statements[index];
        foreach (var profile in Profile.All)
        {
            var random = new Random(index);
            foreach (var length in new[] { 0, 1, 8, 10_000, 300_000 })
            {
                var proof = new byte[length];
                random.NextBytes(proof);
                var claim = s_circuits.ShardClaims(statement)(0) with { PrescribedShape = null };
                Assert.False(StarkVerifier.Verify(s_circuits.Shard, profile, claim, proof).IsAccepted);

                // Behind heights that the key allows, so that more than the first check sees it.
                for (var i = 0; i < Math.Min(length, 16); i++) proof[i] = (byte)Math.Max(15, profile.HeightLog2Min);
                Assert.False(StarkVerifier.Verify(s_circuits.Shard, profile, claim, proof).IsAccepted);
                claim = s_circuits.TopClaim(statement) with { PrescribedShape = null };
                Assert.False(StarkVerifier.Verify(s_circuits.Top, profile, claim, proof).IsAccepted);
            }
        }
    }

    [Fact]
    public void H12_The_largest_asset_table_of_all_pools_fits_the_key()
    {
        var assets = Enumerable.Range(0, 4096).Select(i => s_asset with { Symbol = $"A{i}" });
        var statement = s_extreme with
        {
            Assets = [.. assets],
            Reserves = null,
            Keys = new(Hash(s_circuits.Shard.Hash), Hash(s_circuits.Top.Hash)),
            Signer = null,
        };
        Assert.Equal(default, statement.Validate());
        var claim = s_circuits.ShardClaims(statement)(31);
        Assert.Equal(Verdict.Accepted, claim.Check(s_circuits.Shard));
    }

    static FileDigest Hash(Digest32 hash) => new(hash.ToArray());
}
