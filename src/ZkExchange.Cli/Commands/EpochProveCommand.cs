using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Cli.Commands.Exchange;
using ZkExchange.Cli.Output;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Commands;

/// <summary>zkx epoch prove: from files to a published epoch.</summary>
static class EpochProveCommand
{
    const long EpochMax = (1L << 53) - 1;               // the largest integer of a statement
    const string CurveP256 = "1.2.840.10045.3.1.7";
    const string ExcludedName = "excluded.csv";
    const string ExcludedKeyName = "excluded.key";

    public static Command Make(CommandHost host)
    {
        var options = new EpochProveOptions();
        var command = new Command(
            "prove", "Prove that the books of an exchange are whole, and write an epoch's folder.");
        foreach (var option in options.All) command.Add(option);
        command.SetAction((parsed, cancellation) => Failures.CatchAsync(
            host, parsed.GetValue(options.Json), () => RunAsync(host, options, parsed, cancellation)));
        return command;
    }

    static async Task<int> RunAsync(
        CommandHost host, EpochProveOptions options, ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, json) = (parsed.GetValue(options.Out)!, parsed.GetValue(options.Json));
        var excludeInvalid = parsed.GetValue(options.ExcludeInvalid);
        CheckPlaces(folder, excludeInvalid);
        using var key = ReadKey(parsed.GetValue(options.SigningKey));
        var (frame, secrets) = Frame(host, options, parsed, key);
        using var books = BooksOf(options, parsed);
        var files = new EpochFileNames(
            books is null ? parsed.GetValue(options.Accounts)! : [books.Files.Accounts],
            books?.Files.Assets ?? parsed.GetValue(options.Assets)!,
            parsed.GetValue(options.Reserves) ?? books?.Files.Reserves, excludeInvalid is not null);
        var prover = ShardProvers.Of(
            parsed.GetValue(options.Prover), parsed.GetValue(options.ProverToken),
            parsed.GetValue(options.ProverRoot), frame.Threads);
        using var connection = prover as IDisposable;
        var times = new Stopwatch[3];
        for (var i = 0; i < times.Length; i++) times[i] = new();
        var (inputs, result) = await Screen.WatchAsync(host, !json, async progress =>
        {
            times[0].Start();
            var inputs = EpochInputs.Read(frame, secrets, files, EpochPhase.Within(progress, 0, 0.1));
            times[0].Stop();
            times[1].Start();
            var draft = EpochBuilder.Build(
                inputs.Epoch, inputs.Secrets, EpochCircuits.Standard, EpochPhase.Within(progress, 0.1, 0.2),
                cancellation);
            times[1].Stop();
            times[2].Start();
            var extras = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            if (inputs.ExcludedKey is not null) extras.Add(ExcludedKeyName, inputs.ExcludedKey);
            if (inputs.Excluded is not null) extras.Add(ExcludedName, inputs.Excluded);
            var result = await EpochProver.ProveAsync(
                draft, prover, folder, key is null ? null : digest => StatementSignature.Sign(digest, key), extras,
                EpochPhase.Within(progress, 0.2, 1), cancellation).ConfigureAwait(false);
            times[2].Stop();
            return (inputs, result);
        }).ConfigureAwait(false);
        if (inputs.Excluded is not null && excludeInvalid is not null)
            WriteExcluded(excludeInvalid, inputs.Excluded, folder);
        Tell(host, json, folder, inputs, result, [.. times.Select(time => time.Elapsed)]);
        return ExitCode.Success;
    }

    // Before the first row is read: nothing is in the way, and everything can be written.
    static void CheckPlaces(string folder, string? excludeInvalid)
    {
        foreach (var path in (string[])[folder, PrivateFolder.PathOf(folder)])
        {
            if (Path.Exists(path))
                throw CommandException.Usage($"'{path}' exists already, and is not overwritten. Name another --out.");
        }

        Place.CheckFolder("--out", folder);
        if (excludeInvalid is null) return;
        PrivateFile.RefuseInside(excludeInvalid, folder);
        if (Path.Exists(excludeInvalid))
        {
            throw CommandException.Usage(
                $"'{excludeInvalid}' exists already, and is not overwritten. Name another --exclude-invalid.");
        }

        if (PrivateFile.IsInside(excludeInvalid, PrivateFolder.PathOf(folder)))
        {
            throw CommandException.Usage(
                $"'{excludeInvalid}' lies in the private folder, which keeps these rows anyway. Name another place.");
        }

        Place.CheckFile("--exclude-invalid", excludeInvalid);
    }

    // By now the epoch stands, and its private folder has the same rows.
    static void WriteExcluded(string path, byte[] rows, string folder)
    {
        try
        {
            PrivateFile.Write(path, rows);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.Input, "HostResource",
                $"'{folder}' is proven and whole, but '{path}' could not be written. The rows left out are in "
                + $"'{Path.Combine(PrivateFolder.PathOf(folder), ExcludedName)}' as well.");
        }
    }

    // Books come from files, or from the journal of an exchange.
    static ExportedBooks? BooksOf(EpochProveOptions options, ParseResult parsed)
    {
        var journal = parsed.GetValue(options.Journal);
        var hasFiles = parsed.GetValue(options.Accounts) is { Length: > 0 }
            && parsed.GetValue(options.Assets) is not null;
        if (journal is null == hasFiles)
            return journal is null ? null : ExportedBooks.Of(journal);
        throw CommandException.Usage("Give --accounts and --assets, or --journal.");
    }

    // What the options say, without the books.
    static (EpochInput Frame, EpochSecrets Secrets) Frame(
        CommandHost host, EpochProveOptions options, ParseResult parsed, ECDsa? key)
    {
        var at = parsed.GetValue(options.At) ?? host.Now;
        if (!CanonicalText.IsTime(at)) throw CommandException.Usage($"--at: '{at}' is not YYYY-MM-DDTHH:MM:SSZ.");
        var previous = parsed.GetValue(options.Previous);
        var before = previous is null ? null : EpochShowCommand.Read(previous);
        var environment = parsed.GetValue(options.Production)
            ? ExchangeEnvironment.Production
            : ExchangeEnvironment.Test;
        var exchange = parsed.GetValue(options.Exchange) ?? before?.Exchange ?? "unnamed";
        if (!CanonicalText.IsFreeText(exchange, CanonicalText.ExchangeNameMax))
            throw CommandException.Usage("--exchange takes 1 to 64 plain ASCII characters, no quote or backslash.");
        var epoch = parsed.GetValue(options.Epoch) ?? before?.Epoch + 1 ?? 1;
        if (epoch is < 0 or > EpochMax) throw CommandException.Usage("--epoch is out of range.");
        if (before is not null) CheckChain(before, exchange, environment, epoch, at);

        var frame = new EpochInput
        {
            Book = new([], [0], [], [0]),
            Table = new([], [], 0, ""),
            Exchange = exchange,
            Environment = environment,
            Epoch = epoch,
            Previous = before?.Digest ?? default,
            Snapshot = at,
            Profile = CommonOptions.ProfileOf(parsed.GetValue(options.Profile)!),
            Discloses = parsed.GetValue(options.Disclose) is not null,
            DeclaresBadDebt = parsed.GetValue(options.DeclareBadDebt),
            Signer = key is null ? null : PointOf(key),
            Threads = parsed.GetValue(options.Threads),
            MemoryBytesMax = (long)parsed.GetValue(options.MemoryGigabytes) << 30,
        };
        return (frame, previous is null ? EpochSecrets.New() : EpochSecrets.For(AccountSecretOf(previous)));
    }

    static void CheckChain(
        Statement before, string exchange, ExchangeEnvironment environment, long epoch, string at)
    {
        if (!before.Exchange.Equals(exchange, StringComparison.Ordinal))
            throw CommandException.Usage($"--previous is an epoch of '{before.Exchange}', not of '{exchange}'.");
        if (before.Environment != environment)
            throw CommandException.Usage($"--previous is of environment {before.Environment}; a chain keeps to one.");
        if (epoch != before.Epoch + 1)
            throw CommandException.Usage($"--epoch {epoch} does not follow epoch {before.Epoch} of --previous.");
        if (string.CompareOrdinal(at, before.Snapshot) <= 0)
            throw CommandException.Usage($"--at {at} is not later than {before.Snapshot}, the snapshot of --previous.");
    }

    static byte[] AccountSecretOf(string previous)
    {
        var path = PrivateFolder.PathOf(previous);
        if (Directory.Exists(path)) return PrivateFolder.ReadAccountSecret(path);
        throw new CommandException(
            ExitCode.Input, "HostSecret", $"'{path}' is not there; it keeps the secret of the accounts.");
    }

    static ECDsa? ReadKey(string? path)
    {
        if (path is null) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.ExportParameters(includePrivateParameters: true).Curve.Oid.Value is CurveP256) return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            // Told below, like a key of another curve.
        }

        key.Dispose();
        throw new CommandException(ExitCode.Input, "HostSecret", $"'{path}' holds no P-256 private key in PEM form.");
    }

    static string PointOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!);
    }

    static void Tell(
        CommandHost host, bool json, string folder, EpochInputs inputs, EpochResult result, TimeSpan[] times)
    {
        var statement = result.Statement;
        if (json)
        {
            host.Output.WriteLine(Json.Of(new JsonObject
            {
                ["ok"] = true,
                ["folder"] = folder,
                ["privateFolder"] = PrivateFolder.PathOf(folder),
                ["statementDigest"] = statement.Digest.ToString(),
                ["root"] = statement.Root.ToString(),
                ["accounts"] = statement.Accounts,
                ["entries"] = inputs.Epoch.Book.Entries,
                ["shards"] = statement.ShardNodes.Count,
                ["proofBytes"] = result.ProofBytes,
                ["readSeconds"] = Math.Round(times[0].TotalSeconds, 3),
                ["buildSeconds"] = Math.Round(times[1].TotalSeconds, 3),
                ["proveSeconds"] = Math.Round(times[2].TotalSeconds, 3),
            }));
            return;
        }

        var output = host.Output;
        var elapsed = Figures.Duration(times[0] + times[1] + times[2]);
        output.WriteLine($"Proven in {elapsed}: {Figures.Of(statement.Accounts, "customer")}, "
            + $"{Figures.Of(inputs.Epoch.Book.Entries, "balance")}, {Figures.Bytes(result.ProofBytes)} of proofs.");
        if (statement.Reserves is null)
            output.WriteLine("LIABILITIES ONLY: no reserves were given, so nothing is claimed about assets.");
        if (statement.Excluded is { } excluded)
            output.WriteLine($"{Figures.Of(excluded.Rows, "input row")} left out as invalid; the statement says so.");
        output.WriteLine();
        output.WriteLine($"  publish    {folder}");
        output.WriteLine($"  keep       {PrivateFolder.PathOf(folder)}   (secret; without it no customer can check)");
        output.WriteLine($"  announce   {statement.Digest}   (the statement's digest)");
        output.WriteLine();
        output.WriteLine($"Check it with: zkx-verify epoch {folder} --statement-hash {statement.Digest}");
    }
}
