using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Forgery.Books;
using ZkExchange.Stark;
using ZkExchange.Verifier.Commands;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>The folders of two real epochs, the second of which continues the first, on disk and through the program
/// that a reader runs. They are accepted if both are as they were published, in their order, and never otherwise.
/// </summary>
sealed class EpochFolders : ITarget
{
    const string Time = "2026-11-20T00:00:00Z";
    const string Later = "2026-11-21T00:00:00Z";

    readonly Random _random;
    readonly Mutator _mutator;
    readonly string _home = Directory.CreateTempSubdirectory("zkx-fuzz-").FullName;
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly Statement[] _statements = new Statement[2];
    readonly SortedDictionary<string, byte[]> _published = new(StringComparer.Ordinal);

    public EpochFolders(Random random, Mutator mutator)
    {
        (_random, _mutator) = (random, mutator);
        for (var epoch = 0; epoch < _statements.Length; epoch++)
        {
            var folder = Path.Combine(_home, $"{epoch}");
            var draft = EpochBuilder.Build(InputOf(epoch), EpochSecrets.New(), EpochCircuits.Standard);
            EpochProver.ProveAsync(
                draft, new InProcessShardProver(2), folder, digest => StatementSignature.Sign(digest, _key))
                .GetAwaiter().GetResult();
            _statements[epoch] = draft.Statement;
            foreach (var name in EpochVerifier.FileNames(draft.Statement))
                _published.Add($"{epoch}/{name}", File.ReadAllBytes(Path.Combine(folder, name)));
            Directory.Delete(PrivateFolder.PathOf(folder), recursive: true);
        }
    }

    public byte[] Input { get; private set; } = [];

    public string? Try()
    {
        var files = new SortedDictionary<string, byte[]>(_published, StringComparer.Ordinal);
        var folders = new List<string> { "0", "1" };
        Input = [];
        var what = Change(files, folders);
        WriteAll(files);
        if (_random.Next(20) == 0) what += AddEntry();
        string[] arguments = ["chain", .. folders.Select(name => Path.Combine(_home, name)), "--json"];
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = VerifierProgram.Run(arguments, output, error);
        var isUntouched = folders is ["0", "1"] && AreEqual(files)
            && !what.EndsWith("entry", StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output.ToString());
        var root = json.RootElement;
        var isAccepted = root.GetProperty("accepted").GetBoolean();
        var outcome = root.GetProperty("outcome").GetString();
        if (isAccepted != isUntouched) return $"{what}: {outcome}";
        if (code != (isAccepted ? 0 : 4)) return $"{what}: code {code}";
        return outcome is "Unchecked" || error.ToString().Contains("could not be finished", StringComparison.Ordinal)
            ? $"{what}: {outcome} {error}"
            : null;
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    string Change(SortedDictionary<string, byte[]> files, List<string> folders)
    {
        var name = Pick(files);
        var other = Pick(files);
        var sibling = (name[0] == '0' ? '1' : '0') + name[1..];
        switch (_random.Next(12))
        {
            case 0 or 1 or 2:
                var isText = !name.EndsWith("zkp", StringComparison.Ordinal);
                files[name] = Input = _mutator.Change(files[name], isText);
                return $"bytes of {name}";
            case 3:
                (files[name], files[other]) = (files[other], files[name]);
                return $"{name} and {other} exchanged";
            case 4:
                files[name] = files[sibling];
                return $"{sibling} as {name}";
            case 5:
                files.Remove(name);
                return $"{name} missing";
            case 6:
                files[$"{other[..2]}{(_random.Next(2) == 0 ? "proofs/" : "")}{_random.Next(3)}.zkp"] = files[name];
                return $"{name} twice";
            case 7:
                files[name] = files[name][..^_random.Next(1, files[name].Length)];
                return $"{name} cut";
            case 8:
                files[name] = [.. files[name], .. files[other]];
                return $"{other} behind {name}";
            case 9:
                Reorder(folders);
                return $"folders {string.Join(' ', folders)}";
            default:
                var epoch = _random.Next(2);
                Restate(files, epoch);
                return $"another statement {epoch}";
        }
    }

    void Reorder(List<string> folders)
    {
        switch (_random.Next(5))
        {
            case 0:
                folders.Reverse();
                break;
            case 1:
                folders.Add("1");
                break;
            case 2:
                folders.Insert(0, "0");
                break;
            case 3:
                folders[1] = "2";                              // there is none
                break;
            default:
                folders[0] = "0/proofs";
                break;
        }
    }

    // The exchange itself states something else, signs it, and lets report and digests follow: only proofs can tell.
    void Restate(SortedDictionary<string, byte[]> files, int epoch)
    {
        var s = _statements[epoch];
        var reserves = s.Reserves!;
        Statement changed = _random.Next(14) switch
        {
            0 => s with { Accounts = s.Accounts - 1 },
            1 => s with { Epoch = s.Epoch + 1 },
            2 => s with { Exchange = "Another" },
            3 => s with { Snapshot = "2026-11-21T00:00:01Z" },
            4 => s with { Previous = FileDigest.Of([(byte)_random.Next(256)]) },
            5 => s with { Supersedes = _statements[0].Digest },
            6 => s with { Root = _statements[1 - epoch].Root },
            7 => s with { ShardNodes = [_statements[1 - epoch].ShardNodes[0]] },
            8 => s with { Profile = "S120" },
            9 => s with { ShardShape = [(byte)(s.ShardShape[0] + 1), .. s.ShardShape.Skip(1)] },
            10 => s with { Assets = [.. s.Assets.Select(asset => asset with { Weight = asset.Weight + 1 })] },
            11 => s with { Excluded = new(default, 1 + _random.Next(9)) },
            12 => s with { Environment = ExchangeEnvironment.Production },
            _ => s with
            {
                Reserves = reserves with
                {
                    Assets = [.. reserves.Assets.Select(one => one with { NettingCap = one.NettingCap + 1 })],
                },
            },
        };
        var report = ReportOf(changed);
        changed = changed with { Reserves = changed.Reserves! with { Report = FileDigest.Of(report) } };
        files[$"{epoch}/{ReservesReport.FileName}"] = report;
        files[$"{epoch}/{Statement.FileName}"] = Input = changed.Bytes.ToArray();
        files[$"{epoch}/{StatementSignature.FileName}"] = StatementSignature.Sign(changed.Digest, _key);
    }

    // Something in a folder that is no file of an epoch, or no file at all.
    string AddEntry()
    {
        var folder = Path.Combine(_home, $"{_random.Next(2)}", _random.Next(2) == 0 ? "" : "proofs");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, ".more");
        if (OperatingSystem.IsWindows() || _random.Next(2) == 0) Directory.CreateDirectory(path);
        else File.CreateSymbolicLink(path, _random.Next(2) == 0 ? path : "/dev/zero");
        return " and an entry";
    }

    void WriteAll(SortedDictionary<string, byte[]> files)
    {
        foreach (var folder in new[] { "0", "1" })
        {
            var path = Path.Combine(_home, folder);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            Directory.CreateDirectory(Path.Combine(path, "proofs"));
        }

        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(_home, name), bytes);
    }

    bool AreEqual(SortedDictionary<string, byte[]> files) =>
        files.Count == _published.Count && files.All(file =>
            _published.TryGetValue(file.Key, out var bytes) && bytes.AsSpan().SequenceEqual(file.Value));

    string Pick(SortedDictionary<string, byte[]> files) => files.Keys.ElementAt(_random.Next(files.Count));

    EpochInput InputOf(int epoch)
    {
        var reserves = SmallBook.Assets.Select(asset => new ReserveRow("a", 1_000_000, asset.Symbol, "chain", ""));
        var point = _key.ExportParameters(false).Q;
        return new()
        {
            Book = BookOf(epoch),
            Table = new(SmallBook.Assets, SmallBook.Pools, 6, "USD"),
            Reserves = new([.. SmallBook.Assets.Select(_ => new ReserveAmounts(1_000_000, 0, 0))], [.. reserves], Time),
            Exchange = "Forgery",
            Epoch = 1 + epoch,
            Previous = epoch == 0 ? default : _statements[0].Digest,
            Snapshot = epoch == 0 ? Time : Later,
            Profile = Profile.S100,
            Signer = "04" + Convert.ToHexStringLower(point.X!) + Convert.ToHexStringLower(point.Y!),
            Threads = 2,
        };
    }

    static byte[] ReportOf(Statement statement) => new ReservesReport
    {
        Environment = statement.Environment,
        Epoch = statement.Epoch,
        Exchange = statement.Exchange,
        Rows = [.. statement.Assets.Select((asset, i) =>
            new ReserveRow("a", statement.Reserves!.Assets[i].Amount, asset.Symbol, "chain", ""))
            .OrderBy(row => row.Asset, StringComparer.Ordinal)],
        Time = statement.Reserves!.Time,
    }.Write();

    static Book BookOf(int epoch)
    {
        var ids = Encoding.ASCII.GetBytes("alicebobcarol");
        AccountEntry[] entries =
            [SmallBook.Free(0, 77 + (UInt128)epoch), SmallBook.Free(2, 5), SmallBook.Free(1, 9), SmallBook.Free(3, 1)];
        return new(ids, [0, 5, 8, 13], entries, [0, 2, 3, 4]);
    }
}
