using System.CommandLine;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Input;
using ZkExchange.Cli.Output;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx demo: the whole way once, with books that are made up, told to someone who sees it for the first time.
/// </summary>
sealed class DemoCommand
{
    readonly CommandHost _host;
    readonly bool _json;
    readonly BookOptions _book;
    readonly string _folder;
    readonly bool _isKept;
    readonly string _profile;
    readonly int _threads;
    readonly CancellationToken _cancellation;

    DemoCommand(
        CommandHost host, bool json, BookOptions book, string folder, bool isKept, string profile, int threads,
        CancellationToken cancellation) =>
        (_host, _json, _book, _folder, _isKept, _profile, _threads, _cancellation) =
        (host, json, book, folder, isKept, profile, threads, cancellation);

    public static Command Make(CommandHost host)
    {
        var accounts = CommonOptions.InRange(new Option<int>("--accounts")
        {
            Description = "Customers to make up.",
            DefaultValueFactory = _ => 10_000,
        }, 1, 10_000_000);
        var assets = CommonOptions.InRange(new Option<int>("--assets")
        {
            Description = "Assets to make up.",
            DefaultValueFactory = _ => 20,
        }, 1, SampleAssets.CountMax);
        var seed = CommonOptions.InRange(new Option<int>("--seed")
        {
            Description = "Other seeds make up other books.",
            DefaultValueFactory = _ => 1,
        }, 0, int.MaxValue);
        var output = new Option<string?>("--out")
        {
            Description = "Folder to keep the epoch in. [default: it is deleted at the end]",
            HelpName = "DIR",
        };
        var (profile, threads, json) = (CommonOptions.Profile(), CommonOptions.Threads(), CommonOptions.Json());
        var command = new Command(
            "demo", "Make books up, prove them, verify the proof, check one customer: the whole way in one go.")
        {
            accounts, assets, output, profile, seed, threads, json,
        };
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(host, parsed.GetValue(json), () =>
        {
            var book = new BookOptions(
                parsed.GetValue(accounts), parsed.GetValue(assets), Seed: (ulong)parsed.GetValue(seed));
            return RunInAsync(parsed.GetValue(output), (folder, isKept) => new DemoCommand(
                host, parsed.GetValue(json), book, folder, isKept, parsed.GetValue(profile)!,
                parsed.GetValue(threads), cancellation).RunAsync());
        }));
        return command;
    }

    // In the folder that was named; or in one that is gone when the demo ends, however it ends.
    static async Task<int> RunInAsync(string? named, Func<string, bool, Task<int>> run)
    {
        if (named is not null)
        {
            foreach (var path in (string[])[named, PrivateFolder.PathOf(named)])
                if (Path.Exists(path)) throw CommandException.Usage($"'{path}' exists already. Name another --out.");
            Place.CheckFolder("--out", named);
            return await run(named, true).ConfigureAwait(false);
        }

        var home = Directory.CreateTempSubdirectory("zkexchange-demo-").FullName;
        try
        {
            return await run(Path.Combine(home, "epoch"), false).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    async Task<int> RunAsync()
    {
        Say("ZkExchange demo: an exchange proves that it owes what it says and has what it owes,");
        Say("and nobody sees a single balance.");

        var sample = BookGenerator.Make(_book);
        TellBooks(sample);
        var watch = Stopwatch.StartNew();
        var result = await Screen.WatchAsync(_host, !_json, async progress =>
        {
            var draft = EpochBuilder.Build(
                InputOf(sample), EpochSecrets.New(), EpochCircuits.Standard, EpochPhase.Within(progress, 0, 0.1),
                _cancellation);
            using var prover = new InProcessShardProver(_threads);
            return await EpochProver.ProveAsync(
                draft, prover, _folder, progress: EpochPhase.Within(progress, 0.1, 1),
                cancellation: _cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        var proving = watch.Elapsed;
        TellProof(result, proving);

        watch.Restart();
        var verdict = EpochVerifier.Verify(
            new EpochDirectory(_folder), EpochCircuits.Standard, result.Statement.Digest);
        var verifying = watch.Elapsed;
        if (!verdict.IsAccepted)
            throw new CommandException(ExitCode.Proof, verdict.Outcome.ToString(), $"REJECTED: {verdict.Detail}");
        TellVerdict(verifying);

        var customer = Encoding.ASCII.GetString(sample.Book.Id(sample.Book.Accounts / 2));
        var inclusion = CheckCustomer(result.Statement, customer);
        if (_json) TellJson(sample, result, proving, verifying, customer);
        else TellCustomer(result.Statement, inclusion);
        return ExitCode.Success;
    }

    EpochInput InputOf(SampleBook sample) => new()
    {
        Book = sample.Book,
        Table = sample.Assets.Table,
        Reserves = EpochInputs.ReservesOf(sample.Assets, sample.Reserves, _host.Now),
        Exchange = "Demo Exchange",
        Epoch = 1,
        Snapshot = _host.Now,
        Profile = CommonOptions.ProfileOf(_profile),
        Threads = _threads,
    };

    // Her file, checked as she would: against the root of the published statement.
    InclusionFile CheckCustomer(Statement statement, string customer)
    {
        var file = InclusionCommand.Find(_folder, statement, customer);
        var path = Path.Combine(PrivateFolder.PathOf(_folder), customer + ".inclusion.json");
        PrivateFile.Write(path, file.Write());
        var verdict = InclusionVerifier.Verify(
            File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(_folder, Statement.FileName)),
            statement.Digest, customer);
        return verdict is { IsAccepted: true, File: { } accepted }
            ? accepted
            : throw new CommandException(ExitCode.Proof, verdict.Outcome.ToString(), $"REJECTED: {verdict.Detail}");
    }

    void TellBooks(SampleBook sample)
    {
        var borrowers = 0;
        for (var account = 0; account < sample.Book.Accounts; account++)
        {
            var owes = false;
            foreach (ref readonly var entry in sample.Book.EntriesOf(account)) owes |= entry.Debt > 0;
            borrowers += owes ? 1 : 0;
        }

        Say("");
        Say("1. THE BOOKS (secret: only the exchange sees them)");
        Say($"   {Figures.Of(sample.Book.Accounts, "customer")}, "
            + $"{Figures.Of(sample.Book.Entries, "balance")} in "
            + $"{Figures.Of(sample.Assets.Table.Assets.Count, "asset")};");
        Say($"   {Figures.Count(borrowers)} of them borrow against collateral.");
    }

    void TellProof(EpochResult result, TimeSpan elapsed)
    {
        var statement = result.Statement;
        Say("");
        Say("2. THE STATEMENT AND ITS PROOF (public)");
        Say("   Every customer became a leaf at a random place of one tree, salted so that no neighbour can guess it.");
        Say($"   root       {statement.Root}");
        Say($"   statement  {statement.Digest}");
        Say($"   proof      {Figures.Bytes(result.ProofBytes)}, made in {Figures.Duration(elapsed)} on "
            + $"{Figures.Of(_threads, "thread")}, profile {statement.Profile}");
    }

    void TellVerdict(TimeSpan elapsed)
    {
        Say("");
        Say("3. THE CHECK (anyone, offline, with zkx-verify: the same code)");
        Say($"   ACCEPTED in {Figures.Duration(elapsed)}. So, without a balance being shown:");
        Say("   - each balance in the tree is counted exactly once, none is negative, and no sum overflows;");
        Say("   - for each asset, the reserves and what is set aside cover what is owed to customers;");
        Say("   - no customer owes more than her collateral is worth after haircuts.");
    }

    void TellCustomer(Statement statement, InclusionFile file)
    {
        Say("");
        Say($"4. ONE CUSTOMER ({file.Customer}, with the file that only she gets)");
        Say("   FOUND in the published root. She sees, and nobody else does:");
        foreach (var entry in file.Entries)
        {
            var (asset, pool) = (statement.Assets[EntryKey.Asset(entry.Key)], EntryKey.Pool(entry.Key));
            var place = pool == 0 ? "free" : "pledged: " + statement.PoolNames[pool - 1];
            var debt = entry.Debt == 0 ? "" : $", owes {DecimalText.Format(entry.Debt, asset.Decimals)}";
            Say($"   - {DecimalText.Format(entry.Equity, asset.Decimals)} {asset.Symbol} ({place}){debt}");
        }

        Say("");
        Say("WHAT IT DOES NOT PROVE");
        Say("   That the exchange put every customer in: who is left out finds out by checking, nobody else does.");
        Say("   That reserves and prices are what the exchange says. These books and reserves are made up.");
        Say("");
        if (!_isKept)
        {
            Say("The epoch and its secrets are deleted now. To keep them and try the other commands:");
            Say("   zkx demo --out ./demo");
            return;
        }

        Say($"The epoch is in {_folder}, its secrets in {PrivateFolder.PathOf(_folder)}. Try:");
        Say($"   zkx-verify epoch {_folder} --statement-hash {statement.Digest}");
        Say($"   zkx epoch show {_folder}");
        Say($"   zkx inclusion --epoch {_folder} --customer {file.Customer} --out mine.json");
        Say("Both programs come with ./build.sh publish, into artifacts/publish.");
    }

    void TellJson(
        SampleBook sample, EpochResult result, TimeSpan proving, TimeSpan verifying, string customer) =>
        _host.Output.WriteLine(Json.Of(new JsonObject
        {
            ["ok"] = true,
            ["folder"] = _isKept ? _folder : null,
            ["accounts"] = sample.Book.Accounts,
            ["assets"] = sample.Assets.Table.Assets.Count,
            ["entries"] = sample.Book.Entries,
            ["statementDigest"] = result.Statement.Digest.ToString(),
            ["root"] = result.Statement.Root.ToString(),
            ["shards"] = result.ShardProofBytes.Count,
            ["proofBytes"] = result.ProofBytes,
            ["proveSeconds"] = Math.Round(proving.TotalSeconds, 3),
            ["verifySeconds"] = Math.Round(verifying.TotalSeconds, 3),
            ["verified"] = true,
            ["customer"] = customer,
            ["included"] = true,
        }));

    void Say(string line)
    {
        if (!_json) _host.Output.WriteLine(line);
    }
}
