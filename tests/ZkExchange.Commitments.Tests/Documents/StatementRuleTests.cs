using System.Numerics;
using Xunit;

namespace ZkExchange.Commitments.Tests.Documents;

/// <summary>Each rule of specs/40-statements.md section 5 is broken at least once, and named.</summary>
public class StatementRuleTests
{
    static readonly Statement s_good = Samples.Statement;

    static readonly (DocumentRule Rule, string Where, Statement Bad)[] s_cases =
    [
        (DocumentRule.Accounts, "accounts", s_good with { Accounts = 0 }),
        (DocumentRule.Accounts, "accounts", s_good with { Accounts = (3 << 3) + 1 }),
        (DocumentRule.AssetCount, "assets", s_good with { Assets = [] }),
        (DocumentRule.Decimals, "assets[1].decimals", WithAsset(asset => asset with { Decimals = 31 })),
        (DocumentRule.FreeText, "assets[1].priceSource", WithAsset(asset => asset with { PriceSource = "" })),
        (DocumentRule.FreeText, "assets[1].priceSource", WithAsset(asset => asset with { PriceSource = " x" })),
        (DocumentRule.Time, "assets[1].priceTime",
            WithAsset(asset => asset with { PriceTime = "2026-11-31T00:00:00Z" })),
        (DocumentRule.Name, "assets[1].symbol", WithAsset(asset => asset with { Symbol = "US DT" })),
        (DocumentRule.Name, "assets[1].symbol", WithAsset(asset => asset with { Symbol = "" })),
        (DocumentRule.SymbolRepeated, "assets[1].symbol", WithAsset(asset => asset with { Symbol = "BTC" })),
        (DocumentRule.SymbolRepeated, "assets[1].symbol", WithAsset(asset => asset with { Symbol = "btc" })),
        (DocumentRule.Weight, "assets[1].weight", WithAsset(asset => asset with { Weight = 0 })),
        (DocumentRule.Weight, "assets[1].weight", WithAsset(asset => asset with { Weight = Amount.Limit })),
        (DocumentRule.TierPool, "assets[1].tiers[0].pool", WithTiers(new Tier(0, 1, 0))),
        (DocumentRule.TierPool, "assets[1].tiers[0].pool", WithTiers(new Tier(8, 1, 0))),
        (DocumentRule.TierPool, "assets[1].tiers[0].pool", WithTiers(new Tier(4, 1, 0))),
        (DocumentRule.TierRatio, "assets[1].tiers[0].ratio", WithTiers(new Tier(1, 1, 10001))),
        (DocumentRule.TierUpTo, "assets[1].tiers[0].upTo", WithTiers(new Tier(1, 0, 1))),
        (DocumentRule.TierUpTo, "assets[1].tiers[0].upTo", WithTiers(new Tier(1, BigInteger.One << 180, 1))),
        (DocumentRule.TierOrder, "assets[1].tiers[1]", WithTiers(new(1, 5, 1), new(1, 5, 1))),
        (DocumentRule.TierOrder, "assets[1].tiers[1]", WithTiers(new(2, 5, 1), new(1, 6, 1))),
        (DocumentRule.TierRises, "assets[1].tiers[1].ratio", WithTiers(new(1, 5, 1), new(1, 6, 2))),
        (DocumentRule.KeyCount, "assets", s_good with { Assets = Copies((1 << 13) + 1) }),
        (DocumentRule.TierCount, "assets", WithTiers(ManyTiers((1 << 16) + 1 - Samples.Bitcoin.Tiers.Count))),
        (DocumentRule.FreeText, "beacon.source", s_good with { Beacon = s_good.Beacon! with { Source = "x " } }),
        (DocumentRule.Disclosed, "disclosed.totals", WithTotals(7, new AssetTotals(1, 1))),
        (DocumentRule.Disclosed, "disclosed.badDebt", WithTotals(BigInteger.One << 240, new(1, 1), new(1, 1))),
        (DocumentRule.TotalsExceedReserves, "disclosed.totals[1]", WithTotals(7, new(900, 0), new(5001, 0))),
        (DocumentRule.TotalsExceedReserves, "disclosed.totals[0]", WithTotals(7, new(1050, 100), new(1, 0))),
        (DocumentRule.BadDebtUncovered, "disclosed.badDebt",
            WithTotals((BigInteger)10000 * 6_500_000 + 1, new(900, 0), new(1, 0))),
        (DocumentRule.FreeText, "exchange", s_good with { Exchange = "" }),
        (DocumentRule.FreeText, "exchange", s_good with { Exchange = "Example " }),
        (DocumentRule.Pools, "pools", s_good with { PoolNames = ["loan", "margin", "portfolio", "", "", ""] }),
        (DocumentRule.FreeText, "pools[1]", s_good with { PoolNames = ["loan", " ", "portfolio", "", "", "", ""] }),
        (DocumentRule.Name, "profile", s_good with { Profile = "S 100" }),
        (DocumentRule.ReserveCount, "reserves.assets", WithReserves(new ReserveAmounts(1, 0, 0))),
        (DocumentRule.Insurance, "reserves.assets[1].insurance", WithReserves(new(1000, 1, 50), new(5000, 5001, 0))),
        (DocumentRule.Time, "reserves.time",
            s_good with { Reserves = s_good.Reserves! with { Time = "2026-11-20 00:00:00Z" } }),
        (DocumentRule.ShardCount, "shardNodes", s_good with { ShardNodes = [] }),
        (DocumentRule.TreeHeight, "shardHeight", s_good with { ShardHeight = 25 }),
        (DocumentRule.TreeHeight, "shardHeight",
            s_good with { ShardHeight = 24, ShardNodes = [.. Enumerable.Range(0, 33).Select(i => Samples.Digest(1))] }),
        (DocumentRule.Shape, "shardShape", s_good with { ShardShape = [] }),
        (DocumentRule.Shape, "topShape[1]", s_good with { TopShape = [13, 25] }),
        (DocumentRule.Signer, "signer", s_good with { Signer = "05" + Samples.BasePoint[2..] }),
        (DocumentRule.Signer, "signer", s_good with { Signer = Samples.BasePoint[..^1] + "4" }),
        (DocumentRule.Signer, "signer", s_good with { Signer = Samples.BasePoint[..^2] }),
        (DocumentRule.Time, "snapshot", s_good with { Snapshot = "2026-02-29T00:00:00Z" }),
        (DocumentRule.Time, "snapshot", s_good with { Snapshot = "2026-11-20T24:00:00Z" }),
        (DocumentRule.Time, "snapshot", s_good with { Snapshot = "2026-11-20T00:00:00" }),
        (DocumentRule.Supersedes, "supersedes", s_good with { Supersedes = default(FileDigest) }),
        (DocumentRule.Supersedes, "supersedes", s_good with { Supersedes = s_good.Previous }),
        (DocumentRule.ValueScale, "valueScale", s_good with { ValueScale = 61 }),
        (DocumentRule.FreeText, "valueUnit", s_good with { ValueUnit = "" }),
    ];

    // What the written form of a statement cannot say, said in its bytes.
    static readonly (DocumentRule Rule, string Where, string Part, string By)[] s_edits =
    [
        (DocumentRule.AssetClass, "assets[0].class", "\"native\"", "\"Native\""),
        (DocumentRule.Environment, "environment", "\"test\"", "\"staging\""),
        (DocumentRule.Format, "format", "statement-v1", "statement-v2"),
        (DocumentRule.Settlement, "settlement", "\"settlement\":null", "\"settlement\":{}"),
        (DocumentRule.Hash, "previous", $"{s_good.Previous}", $"{s_good.Previous}".ToUpperInvariant()),
        (DocumentRule.Hash, "vk.top", $"{s_good.Keys.Top}", $"{s_good.Keys.Top}"[1..]),
        (DocumentRule.Digest, "root", $"{s_good.Root}", "0100007f" + $"{s_good.Root}"[8..]),   // p itself
        (DocumentRule.Digest, "shardNodes[2]", $"{s_good.ShardNodes[2]}", new('f', 64)),
        (DocumentRule.Amount, "reserves.assets[0].amount", "\"amount\":\"1000\"", "\"amount\":\"01000\""),
        (DocumentRule.Amount, "reserves.assets[0].amount", "\"amount\":\"1000\"", "\"amount\":\"-1000\""),
        (DocumentRule.Amount, "reserves.assets[0].amount", "\"amount\":\"1000\"", "\"amount\":\"\""),
        (DocumentRule.Amount, "reserves.assets[0].amount", "\"amount\":\"1000\"", "\"amount\":\"1e3\""),
        (DocumentRule.Amount, "reserves.assets[0].amount", "\"1000\"", "\"1237940039285380274899124224\""),
        (DocumentRule.Amount, "disclosed.totals[0].debt", "\"debt\":\"100\"", "\"debt\":\"100.0\""),
        (DocumentRule.Weight, "assets[0].weight", "\"6500000\"", "\"1237940039285380274899124224\""),
        (DocumentRule.Shape, "shardShape[0]", "\"shardShape\":[14", "\"shardShape\":[256"),
        (DocumentRule.Pools, "pools[7]", "\"portfolio margin\"", "\"portfolio margin\",\"\""),
        (DocumentRule.Number, "epoch", "\"epoch\":12", "\"epoch\":9007199254740992"),
        (DocumentRule.Text, "exchange", "Example Exchange", "Example\\u0020Exchange"),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, s_cases.Length)];

    public static TheoryData<int> Edits => [.. Enumerable.Range(0, s_edits.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void A_broken_rule_is_named(int index)
    {
        var (rule, where, bad) = s_cases[index];
        Assert.Equal(new(rule, where), bad.Validate());

        // The same through the bytes; there the reader may be the first to see it, at the same place.
        var (read, refusal) = Statement.Read(bad.Bytes.Span);
        Assert.Null(read);
        Assert.Equal((rule, where), (refusal.Rule, refusal.Where));
    }

    [Theory, MemberData(nameof(Edits))]
    public void A_broken_rule_is_named_in_bytes(int index)
    {
        var (rule, where, part, by) = s_edits[index];
        var (read, refusal) = Statement.Read(Bytes.Of(Bytes.Text(s_good.Bytes.Span).Replace(part, by)));
        Assert.Null(read);
        Assert.Equal(rule, refusal.Rule);
        Assert.StartsWith(where, refusal.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_rule_of_a_statement_is_broken_somewhere()
    {
        var broken = s_cases.Select(test => test.Rule).Concat(s_edits.Select(test => test.Rule)).ToHashSet();
        var elsewhere = new[] { DocumentRule.None, DocumentRule.Length, DocumentRule.Canonical, DocumentRule.Field };
        var rules = Enum.GetValues<DocumentRule>().Where(rule => rule < DocumentRule.ReserveOrder).Except(elsewhere);
        Assert.Empty(rules.Except(broken));
    }

    [Fact]
    public void The_limits_themselves_are_kept()
    {
        var tiers = new Tier[] { new(1, 1, 10000), new(1, (BigInteger.One << 180) - 1, 0) };
        Statement[] good =
        [
            s_good,
            s_good with { Accounts = 3 << 3 },
            s_good with { Accounts = 1 },
            s_good with { Beacon = null, Disclosed = null, Excluded = null, Reserves = null, Signer = null },
            s_good with { Supersedes = null, Previous = default },
            WithAsset(asset => asset with { Decimals = 30, Weight = Amount.Limit - 1, Tiers = tiers }),
            WithAsset(asset => asset with { Symbol = new('x', 32), PriceTime = "2024-02-29T23:59:59Z" }),
            WithTotals((BigInteger)10000 * 6_500_000, new(1049, 100), new(5000, 0)),
            s_good with { Reserves = null, Disclosed = new((BigInteger.One << 240) - 1, [new(1, 2), new(3, 4)]) },
            s_good with { Assets = Copies(1 << 13), Reserves = null, Disclosed = null },
            WithTiers(ManyTiers((1 << 16) - Samples.Bitcoin.Tiers.Count)),
            s_good with { ShardHeight = 24, ShardNodes = [.. Enumerable.Repeat(Samples.Digest(1), 32)] },
            s_good with { Epoch = (1L << 53) - 1, Exchange = new('e', 64), ValueUnit = new('u', 128), ValueScale = 60 },
            s_good with { ShardShape = [.. Enumerable.Repeat((byte)255, 255)], TopShape = [0] },
        ];
        foreach (var statement in good)
        {
            Assert.Equal(default, statement.Validate());
            Assert.Equal(statement, Statement.Read(statement.Bytes.Span).Document);
        }
    }

    [Fact]
    public void Without_a_report_the_comparison_is_empty()
    {
        var statement = s_good with { Reserves = null, Disclosed = null };
        Assert.Equal(new(Amount.Limit - 1, 0, Amount.Limit - 1), statement.ReserveOf(1));
        Assert.Equal(new(5000, 0, 0), s_good.ReserveOf(1));
    }

    [Fact]
    public void Keys_are_assets_of_the_table_free_or_in_a_named_pool()
    {
        Assert.True(s_good.HasKey(EntryKey.Of(0, 0)));
        Assert.True(s_good.HasKey(EntryKey.Of(1, 3)));
        Assert.False(s_good.HasKey(EntryKey.Of(2, 0)));
        Assert.False(s_good.HasKey(EntryKey.Of(1, 4)));
        Assert.False(s_good.HasKey(8 << 16));
        Assert.False(s_good.HasKey(1 << 19));
    }

    static Statement WithAsset(Func<AssetDefinition, AssetDefinition> change) =>
        s_good with { Assets = [Samples.Bitcoin, change(Samples.Dollar)] };

    static Statement WithTiers(params Tier[] tiers) => WithAsset(asset => asset with { Tiers = tiers });

    // The sample has three pools with names: four keys for each asset.
    static AssetDefinition[] Copies(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Samples.Bitcoin with { Symbol = $"A{i}", Tiers = [] })];

    static Tier[] ManyTiers(int count) => [.. Enumerable.Range(1, count).Select(i => new Tier(1, i, 10))];

    static Statement WithTotals(BigInteger badDebt, params AssetTotals[] totals) =>
        s_good with { Disclosed = new(badDebt, totals) };

    static Statement WithReserves(params ReserveAmounts[] assets) =>
        s_good with { Reserves = s_good.Reserves! with { Assets = assets }, Disclosed = null };
}
