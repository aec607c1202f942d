using System.Security.Cryptography;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Verifier.Tests;

/// <summary>A complete epoch whose circuits are tiny: what is under test here is everything around them. Three shards,
/// signed, with a reserves report.</summary>
static class ToyEpoch
{
    const int HeightLog2 = 13;
    const int ShardInputs = 11;
    const int TopInputs = 14;

    static readonly ECDsa s_key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    static Dictionary<string, byte[]>? s_files;

    /// <summary>Two keys of one column each, which holds a word of the public inputs in every row.</summary>
    public static EpochCircuits Circuits { get; } = new(
        KeyOf("shard", ShardInputs), KeyOf("top", TopInputs),
        statement => shard => new(
            new(statement.Digest.ToArray()), Words(ShardInputs, shard, statement.ShardNodes[shard]), [],
            [.. statement.ShardShape]),
        statement => new(
            new(statement.Digest.ToArray()), Words(TopInputs, statement.Accounts, statement.Root), [],
            [.. statement.TopShape]));

    public static ReservesReport Report { get; } = new()
    {
        Environment = ExchangeEnvironment.Test,
        Epoch = 12,
        Exchange = "Example Exchange",
        Rows = [new("bc1", 1000, "BTC", "bitcoin", ""), new("0x01", 5000, "TOKEN", "ethereum", "")],
        Time = "2026-11-20T00:00:00Z",
    };

    public static Statement Statement { get; } = new()
    {
        Accounts = 20,
        Assets =
        [
            new("BTC", AssetClass.Native, 8, 6_500_000, "index", "2026-11-19T23:59:58Z", [new(1, 1_000_000, 9500)]),
            new("TOKEN", AssetClass.Own, 6, 100_000, "issuer", "2026-11-19T23:59:58Z", []),
        ],
        Disclosed = new(7, [new(100, 200), new(5000, 0)]),
        Environment = ExchangeEnvironment.Test,
        Epoch = 12,
        Exchange = "Example Exchange",
        Excluded = new(FileDigest.Of("rows"u8), 2),
        PoolNames = ["loan", "margin", "", "", "", "", ""],
        Previous = FileDigest.Of("previous"u8),
        Profile = "S100",
        Reserves = new([new(1000, 1, 50), new(5000, 0, 0)], FileDigest.Of(Report.Write()), Report.Time),
        Root = Digest(1),
        ShardHeight = 3,
        ShardNodes = [Digest(2), Digest(3), Digest(4)],
        ShardShape = [HeightLog2],
        Signer = SignerOf(s_key),
        Snapshot = "2026-11-20T00:00:00Z",
        TopShape = [HeightLog2],
        ValueScale = 16,
        ValueUnit = "USD",
        Keys = new(new(Circuits.Shard.Hash.ToArray()), new(Circuits.Top.Hash.ToArray())),
    };

    /// <summary>A fresh copy of the folder.</summary>
    public static Dictionary<string, byte[]> Files => (s_files ??= Make(Statement)).ToDictionary(
        file => file.Key, file => (byte[])file.Value.Clone(), StringComparer.Ordinal);

    /// <summary>Writes the folder to disk and returns its path.</summary>
    public static string WriteTo(string path, IReadOnlyDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(Path.Combine(path, "proofs"));
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(path, name), bytes);
        return path;
    }

    /// <summary>The files with a statement in place of theirs, signed where it names the signer; proofs stay.</summary>
    public static Dictionary<string, byte[]> With(Statement statement)
    {
        var files = Files;
        files[Statement.FileName] = statement.Bytes.ToArray();
        if (statement.Signer is not null) files[StatementSignature.FileName] = Sign(statement);
        else files.Remove(StatementSignature.FileName);
        if (statement.Reserves is null) files.Remove(ReservesReport.FileName);
        return files;
    }

    public static byte[] Sign(Statement statement) => StatementSignature.Sign(statement.Digest, s_key);

    /// <summary>A complete epoch about a statement.</summary>
    public static Dictionary<string, byte[]> Make(Statement statement)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [Statement.FileName] = statement.Bytes.ToArray(),
            [EpochFiles.TopProof] = Prove(Circuits.Top, Circuits.TopClaim(statement)),
        };
        if (statement.Signer is not null) files[StatementSignature.FileName] = Sign(statement);
        if (statement.Reserves is not null) files[ReservesReport.FileName] = Report.Write();
        for (var shard = 0; shard < statement.ShardNodes.Count; shard++)
            files[EpochFiles.ShardProof(shard)] = Prove(Circuits.Shard, Circuits.ShardClaims(statement)(shard));
        return files;
    }

    public static NodeDigest Digest(uint seed) => Poseidon2.Compress(NodeDigest.Of(seed), NodeDigest.Empty);

    static VerifyingKey KeyOf(string name, int inputs)
    {
        var table = new Table(name, 1, 5, 20);
        table.OnFirst(table[0] - table.Public(3), "the column starts with the statement's word");
        table.OnTransition(table.Next(0) - table[0], "the column stays");
        return VerifyingKey.Of(new(name, [table], [], inputs, []));
    }

    static byte[] Prove(VerifyingKey key, Claim claim)
    {
        var trace = new Matrix(1 << HeightLog2, 1);
        for (var row = 0; row < trace.Rows; row++) trace[row, 0] = KoalaBear.From(claim.PublicInputs[3]);
        return StarkProver.Prove(
            key, Profile.S100, claim, [trace], new ProverOptions { Threads = 1, Seed = new byte[32] });
    }

    static uint[] Words(int count, long first, NodeDigest digest)
    {
        var words = new uint[count];
        words[0] = (uint)first;
        for (var i = 0; i < NodeDigest.Length; i++) words[3 + i] = digest[i].ToUInt32();
        return words;
    }

    static string SignerOf(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!);
    }
}
