using System.Security.Cryptography;
using System.Text;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Verifier.Tests.Second;

/// <summary>A real epoch, made once and written to a folder: two shards, debts against pledges in two pools, a bad
/// debt, disclosed, signed, with a reserves report and rows left out.</summary>
public sealed class MadeEpoch : IDisposable
{
    const string Time = "2026-11-20T00:00:00Z";
    const int Accounts = 300;
    const int BadDebtor = 77;

    readonly string _home = Directory.CreateTempSubdirectory("zkx-second-").FullName;

    public MadeEpoch()
    {
        if (!NodeVerifier.IsAvailable) return;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Folder = Path.Combine(_home, "epoch");
        var draft = EpochBuilder.Build(InputOf(key), EpochSecrets.New(), EpochCircuits.Standard);
        EpochProver.ProveAsync(
            draft, new InProcessShardProver(2), Folder, digest => StatementSignature.Sign(digest, key))
            .GetAwaiter().GetResult();
        Statement = draft.Statement;
        PlainFolder = Path.Combine(_home, "plain");
        EpochProver.ProveAsync(
            EpochBuilder.Build(PlainInput(), EpochSecrets.New(), EpochCircuits.Standard), new InProcessShardProver(2),
            PlainFolder).GetAwaiter().GetResult();
        using var secrets = PrivateFolder.Open(PrivateFolder.PathOf(Folder));
        Inclusion = secrets.Find(IdOf(1), Statement)!;
        Other = secrets.Find(IdOf(2), Statement)!;
    }

    /// <summary>The published folder.</summary>
    public string Folder { get; } = "";

    /// <summary>Another: one shard, one asset, no pools, no debts, nothing disclosed, signed or reserved.</summary>
    public string PlainFolder { get; } = "";

    /// <summary>That of the first.</summary>
    public Statement Statement { get; } = ToyEpoch.Statement;

    /// <summary>The file of one customer, and of another.</summary>
    public InclusionFile Inclusion { get; } = null!;

    public InclusionFile Other { get; } = null!;

    /// <summary>A folder for files of tests.</summary>
    public string Scratch => _home;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    static string IdOf(int account) => $"customer-{account:D4}";

    static EpochInput InputOf(ECDsa key)
    {
        var assets = new AssetDefinition[]
        {
            new("BTC", AssetClass.Native, 8, 65_000, "index", Time, [new(1, 400_000, 9000), new(1, 900_000, 5000)]),
            new("ETH", AssetClass.Native, 18, 3_000, "index", Time, [new(1, 500_000, 8500), new(3, 100_000, 7000)]),
            new("USDT", AssetClass.Stable, 6, 1, "index", Time, []),
            new("OWN", AssetClass.Own, 0, 7, "issuer", Time, [new(3, 50, 1000)]),
        };
        var entries = Enumerable.Range(0, Accounts).Select(EntriesOf).ToArray();
        var reserves = ReservesOf(entries, assets.Length);
        var rows = assets.Select((asset, i) => new ReserveRow($"a{i}", reserves[i].Amount, asset.Symbol, "chain", ""));
        var point = key.ExportParameters(false).Q;
        return new()
        {
            Book = BookOf(entries),
            Table = new(assets, ["loan", "", "margin", "", "", "", ""], 4, "USD"),
            Reserves = new(reserves, [.. rows], Time),
            Exchange = "Example Exchange",
            Epoch = 3,
            Snapshot = Time,
            Profile = Profile.S100,
            Discloses = true,
            DeclaresBadDebt = true,
            Excluded = new(FileDigest.Of("rows"u8), 2),
            Signer = "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!),
            ShardsMin = 2,
            Threads = 2,
        };
    }

    static EpochInput PlainInput() => new()
    {
        Book = BookOf([[new(0, 5, 0)], [new(0, 0, 0)], [new(0, (UInt128.One << 90) - 6, 0)]]),
        Table = new(
            [new("COIN", AssetClass.Other, 30, 1, "none", Time, [])], ["", "", "", "", "", "", ""], 0, "COIN"),
        Exchange = "Plain",
        Environment = ExchangeEnvironment.Production,
        Epoch = 0,
        Snapshot = Time,
        Profile = Profile.S100Fast,
        Threads = 2,
    };

    static AccountEntry[] EntriesOf(int account)
    {
        var free = new AccountEntry(EntryKey.Of(account % 4, 0), (UInt128)(1000 + account), 0);
        if (account == BadDebtor) return [new(EntryKey.Of(2, 0), 0, 50)];
        return (account % 5) switch
        {
            1 => [new(EntryKey.Of(2, 0), 7, 100_000), new(EntryKey.Of(0, 1), (UInt128)(10 + account), 0)],
            2 =>
            [
                free with { Key = EntryKey.Of(1, 0), Debt = 3 },
                new(EntryKey.Of(1, 1), 20, 0), new(EntryKey.Of(1, 3), 11, 0), new(EntryKey.Of(3, 3), 90, 0),
            ],
            _ => [free],
        };
    }

    static ReserveAmounts[] ReservesOf(AccountEntry[][] accounts, int assets)
    {
        var equity = new UInt128[assets];
        foreach (var entry in accounts.SelectMany(entries => entries))
            equity[EntryKey.Asset(entry.Key)] += entry.Equity;
        return [.. equity.Select((sum, i) => new ReserveAmounts(sum + 100 + (UInt128)i, 100, (UInt128)(5 * i)))];
    }

    static Book BookOf(AccountEntry[][] accounts)
    {
        var (ids, idStarts, starts) = (new List<byte>(), new List<int> { 0 }, new List<int> { 0 });
        for (var i = 0; i < accounts.Length; i++)
        {
            ids.AddRange(Encoding.ASCII.GetBytes(IdOf(i)));
            idStarts.Add(ids.Count);
            starts.Add(starts[^1] + accounts[i].Length);
        }

        return new([.. ids], [.. idStarts], [.. accounts.SelectMany(entries => entries)], [.. starts]);
    }
}
