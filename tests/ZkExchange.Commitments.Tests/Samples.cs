using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests;

/// <summary>Documents that keep every rule; tests change one thing at a time.</summary>
static class Samples
{
    /// <summary>A point of P-256: its base point.</summary>
    public const string BasePoint =
        "04"
        + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

    public static AssetDefinition Bitcoin { get; } = new(
        "BTC", AssetClass.Native, 8, 6_500_000, "index of three venues", "2026-11-19T23:59:58Z",
        [new(1, 1_000_000, 9500), new(1, 5_000_000, 9000), new(3, 2_000_000, 5000)]);

    public static AssetDefinition Dollar { get; } =
        new("USDT", AssetClass.Stable, 6, 100_000, "issuer", "2026-11-19T23:59:58Z", []);

    public static Statement Statement { get; } = new()
    {
        Accounts = 3,
        Assets = [Bitcoin, Dollar],
        Beacon = new(4711, "a public beacon", FileDigest.Of("beacon"u8)),
        Disclosed = new(new BigInteger(70_000), [new(900, 100), new(5000, 0)]),
        Environment = ExchangeEnvironment.Test,
        Epoch = 12,
        Exchange = "Example Exchange",
        Excluded = new(FileDigest.Of("rows"u8), 2),
        PoolNames = ["loan", "margin", "portfolio margin", "", "", "", ""],
        Previous = FileDigest.Of("previous"u8),
        Profile = "S100",
        Reserves = new(
            [new(1000, 1, 50), new(5000, 0, 0)], FileDigest.Of("report"u8), "2026-11-20T00:00:00Z"),
        Root = Digest(1),
        ShardHeight = 3,
        ShardNodes = [Digest(2), Digest(3), Digest(4)],
        ShardShape = [14, 14, 255, 15],
        Signer = BasePoint,
        Snapshot = "2026-11-20T00:00:00Z",
        Supersedes = FileDigest.Of("superseded"u8),
        TopShape = [13, 14],
        ValueScale = 16,
        ValueUnit = "USD",
        Keys = new(FileDigest.Of("shard key"u8), FileDigest.Of("top key"u8)),
    };

    public static NodeDigest Digest(uint seed) =>
        Poseidon2.Compress(NodeDigest.Of(seed), NodeDigest.Of(KoalaBear.Modulus - 1));
}
