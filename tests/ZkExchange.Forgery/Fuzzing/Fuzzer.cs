using System.Diagnostics;
using System.Globalization;
using System.Text;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Cli.Input;
using ZkExchange.Commitments;
using ZkExchange.Forgery.Books;
using ZkExchange.Forgery.Circuits;
using ZkExchange.Forgery.Protocol;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>Gives changed proofs, statements, customers' files, tables, folders, journals and calls to whoever reads
/// them. None may throw, none may take long, and nothing that was changed may be accepted.</summary>
sealed class Fuzzer : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    static readonly byte[] s_assets = Encoding.UTF8.GetBytes(
        "symbol,decimals,price,tiers_loan,tiers_margin,tiers_portfolio\nbtc,8,65000,[0-100000:90],,\n"
        + "eth,18,3500.5,[0-100000:80],[0-50000:50],\nusd,2,1,,,\n");

    static readonly byte[] s_long = Encoding.UTF8.GetBytes(
        "customer_id,asset,equity,debt,pool\nalice,btc,1.5,0,\nalice,usd,100,20.25,\nbob,eth,2,0,loan\nbob,usd,0,1,\n");

    static readonly byte[] s_wide = Encoding.UTF8.GetBytes(
        "id,e_btc,d_btc,vl_btc,m_btc,pm_btc,e_usd,d_usd\n" + new string('0', 63) + "7,1,0,0.5,0,0,10,2\n");

    static readonly byte[] s_reserves = Encoding.UTF8.GetBytes(
        "asset,chain,address,amount\nbtc,bitcoin,1abc,10.5\nusd,bank,account,1000\n");

    readonly Random _random;
    readonly Mutator _mutator;
    readonly (string Name, int Weight, Action Run)[] _targets;
    readonly Dictionary<string, Func<ITarget>> _makers;      // of what takes a while to set up, before its first turn
    readonly Dictionary<string, ITarget> _others = new(StringComparer.Ordinal);
    readonly byte[] _market = Market.Prove();
    readonly byte[] _shard;
    readonly byte[] _statement = Samples.Statement.Bytes.ToArray();
    readonly byte[][] _inclusions = [Samples.Inclusion.Write(), Samples.Inclusion.ToShare().Write()];
    readonly byte[] _report = Samples.Report.Write();
    readonly Claim _shardClaim;
    readonly AssetInput _assetInput;

    /// <param name="seed">Equal seeds make equal runs.</param>
    public Fuzzer(int seed)
    {
        _random = new(seed);
        _mutator = new(_random);
        using var run = new ShardFixture(SmallBook.Honest, checks: HostChecks.On, heightLog2: 9);
        _shardClaim = run.Claim;
        _shard = StarkProver.Prove(
            ShardCircuit.Key, ShardForgeryTests.Few, run.Claim, run.Tables,
            new ProverOptions { Threads = 1, Seed = new byte[32] });
        var errors = new InputErrors();
        using var file = InputFile.Open("assets.csv", new MemoryStream(s_assets), errors);
        _assetInput = AssetFile.Read(file!, "2026-11-20T00:00:00Z", errors)!;
        _targets =
        [
            ("proof", 30, Proof), ("shard proof", 10, ShardProof), ("statement", 15, StatementFile),
            ("inclusion", 20, InclusionFile), ("reserves report", 5, Report), ("tables", 20, Tables),
            ("orders", 5, () => Try("orders")), ("journal", 2, () => Try("journal")),
            ("epoch folders", 1, () => Try("epoch folders")), ("prover's calls", 1, () => Try("prover's calls")),
        ];
        _makers = new(StringComparer.Ordinal)
        {
            ["orders"] = () => new OrderFiles(_mutator),
            ["journal"] = () => new JournalFiles(_random, _mutator),
            ["epoch folders"] = () => new EpochFolders(_random, _mutator),
            ["prover's calls"] = () => new ProverCalls(_random, _mutator),
        };
    }

    /// <summary>Runs by target.</summary>
    public Dictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Seconds by target.</summary>
    public Dictionary<string, double> Seconds { get; } = new(StringComparer.Ordinal);

    /// <summary>What went wrong: the target, what it did, and the bytes.</summary>
    public List<string> Findings { get; } = [];

    byte[] Input { get; set; } = [];

    void Try(string name)
    {
        var target = _others[name];
        string? finding;
        try
        {
            finding = target.Try();
        }
        finally
        {
            Input = target.Input;
        }

        if (finding is not null) Find(name, finding);
    }

    public void Dispose()
    {
        foreach (var target in _others.Values) target.Dispose();
    }

    /// <summary>Runs until either limit is reached or ten things went wrong.</summary>
    public void Run(long runs, TimeSpan limit)
    {
        var all = _targets.Sum(target => target.Weight);
        var clock = Stopwatch.StartNew();
        for (var i = 0L; i < runs && clock.Elapsed < limit && Findings.Count < 10; i++)
        {
            var pick = _random.Next(all);
            var (name, _, run) = _targets.First(target => (pick -= target.Weight) < 0);
            if (_makers.Remove(name, out var make)) _others.Add(name, make());
            var start = clock.Elapsed;
            try
            {
                run();
            }
#pragma warning disable CA1031 // whatever is thrown is a finding
            catch (Exception e)
#pragma warning restore CA1031
            {
                Find(name, $"threw {e}");
            }

            var took = clock.Elapsed - start;
            if (took > s_patience) Find(name, $"took {took}");
            Counts[name] = Counts.GetValueOrDefault(name) + 1;
            Seconds[name] = Seconds.GetValueOrDefault(name) + took.TotalSeconds;
        }
    }

    /// <summary>Runs and runs a second, by target.</summary>
    public override string ToString() => string.Join(", ", Counts.Select(pair => string.Create(
        CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value} ({pair.Value / Seconds[pair.Key]:F0}/s)")));

    void Proof()
    {
        Input = _mutator.Change(_market, isText: false);
        var verdict = StarkVerifier.Verify(Market.Key, Market.Weak, Market.Claim, Input);
        if (verdict.IsAccepted && !Input.AsSpan().SequenceEqual(_market)) Find("proof", "accepted");
    }

    void ShardProof()
    {
        Input = _mutator.Change(_shard, isText: false);
        var verdict = StarkVerifier.Verify(ShardCircuit.Key, ShardForgeryTests.Few, _shardClaim, Input);
        if (verdict.IsAccepted && !Input.AsSpan().SequenceEqual(_shard)) Find("shard proof", "accepted");
    }

    // A statement that is read says again what its bytes are, has claims of the right form, and no proof is one of it.
    void StatementFile()
    {
        Input = _mutator.Change(_statement, isText: true);
        if (Statement.Read(Input).Document is not { } statement) return;

        if (!statement.Bytes.Span.SequenceEqual(Input)) Find("statement", "has two forms");
        if (statement.Assets.Count > 64 || statement.ShardNodes.Count > 64) return;

        var shard = ShardClaim.Of(statement, 0);
        var top = TopClaim.Of(statement);
        if (!shard.Check(ShardCircuit.Key).IsAccepted || !top.Check(TopCircuit.Key).IsAccepted)
            Find("statement", "has claims that do not fit");
        if (StarkVerifier.Verify(ShardCircuit.Key, Profile.S100, shard, _shard).IsAccepted)
            Find("statement", "is proven");
    }

    void InclusionFile()
    {
        var file = _inclusions[_random.Next(_inclusions.Length)];
        Input = _mutator.Change(file, isText: true);
        var verdict = InclusionVerifier.Verify(Input, _statement, Samples.Statement.Digest);
        if (verdict.IsAccepted && !Input.AsSpan().SequenceEqual(file)) Find("inclusion", "accepted");

        var changed = _mutator.Change(_statement, isText: true);
        verdict = InclusionVerifier.Verify(file, changed);
        if (verdict.IsAccepted && !changed.AsSpan().SequenceEqual(_statement))
            Find("inclusion", "accepted for another statement");
    }

    void Report()
    {
        Input = _mutator.Change(_report, isText: true);
        if (ReservesReport.Read(Input).Document is not { } report) return;

        if (!report.Write().AsSpan().SequenceEqual(Input)) Find("reserves report", "has two forms");
        if (!report.CheckAgainst(Samples.Statement, Input).IsRefused && !Input.AsSpan().SequenceEqual(_report))
            Find("reserves report", "fits a statement that names another");
    }

    void Tables()
    {
        var errors = new InputErrors();
        var kind = _random.Next(4);
        Input = _mutator.Change(kind switch { 0 => s_assets, 1 => s_long, 2 => s_wide, _ => s_reserves }, isText: true);
        using var file = InputFile.Open("changed.csv", new MemoryStream(Input), errors);
        if (file is null) return;

        switch (kind)
        {
            case 0:
                _ = AssetFile.Read(file, "2026-11-20T00:00:00Z", errors);
                break;
            case 3:
                _ = ReservesFile.Read(file, _assetInput, errors);
                break;
            default:
                var accounts = new AccountFiles(_assetInput, errors, null);
                accounts.ReadFile(file);
                if (!errors.Any) _ = accounts.Finish();
                break;
        }
    }

    void Find(string target, string what) =>
        Findings.Add($"{target} {what}: {Convert.ToHexString(Input.AsSpan(0, Math.Min(Input.Length, 4096)))}");
}
