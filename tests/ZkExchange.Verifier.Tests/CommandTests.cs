using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Verifier.Commands;

namespace ZkExchange.Verifier.Tests;

/// <summary>The command line: what it prints and what it ends with (specs/40-statements.md sections 5, 6 and 8).
/// </summary>
public sealed class CommandTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData]
    [InlineData("prove")]
    [InlineData("epoch")]
    [InlineData("epoch", "a", "b")]
    [InlineData("epoch", "a", "--statement-hash", "00")]
    [InlineData("epoch", "a", "--statement-hash", "zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("epoch", "a", "--statement-hash")]
    [InlineData("epoch", "a", "--fast")]
    [InlineData("chain")]
    [InlineData("inclusion", "a")]
    [InlineData("security", "--profile", "S80")]
    public void Bad_usage_ends_with_2(params string[] arguments)
    {
        var (code, output, error) = Run(arguments);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("zkx-verify:", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoch")]
    [InlineData("chain")]
    [InlineData("inclusion")]
    [InlineData("security")]
    public void Every_command_has_help(string command)
    {
        var (code, output, _) = Run(command, "--help");
        Assert.Equal(0, code);
        Assert.Contains("--json", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accepted_epoch_is_told_with_what_is_proven_and_what_is_not()
    {
        var folder = ToyEpoch.WriteTo(_folder, ToyEpoch.Files);
        var digest = ToyEpoch.Statement.Digest;
        var (code, output, _) = Run("epoch", folder, "--statement-hash", digest.ToString());
        Assert.Equal(0, code);
        Assert.StartsWith("ACCEPTED: epoch 12 of Example Exchange (TEST)", output, StringComparison.Ordinal);
        Assert.Contains($"{digest} (as given)", output, StringComparison.Ordinal);
        Assert.Contains("proven bits", output, StringComparison.Ordinal);
        Assert.Contains("an omitted customer finds out by checking", output, StringComparison.Ordinal);
        Assert.Contains("2 input rows were left out", output, StringComparison.Ordinal);
        Assert.Contains("BTC: customers' debts may stand in for coins", output, StringComparison.Ordinal);
        Assert.Contains("TOKEN: issued by the exchange itself", output, StringComparison.Ordinal);
        Assert.Contains("Reserves: the exchange's word", output, StringComparison.Ordinal);
        Assert.Contains("NOT given", Run("epoch", folder).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_epoch_ends_with_4_and_names_the_check()
    {
        var files = ToyEpoch.Files;
        files[EpochFiles.TopProof][100] ^= 1;
        var (code, output, _) = Run("epoch", ToyEpoch.WriteTo(_folder, files));
        Assert.Equal(4, code);
        Assert.StartsWith("REFUSED (ProofRejected): proofs/top.zkp", output, StringComparison.Ordinal);
        Assert.DoesNotContain("ACCEPTED", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_of_an_epoch_says_the_same()
    {
        var folder = ToyEpoch.WriteTo(_folder, ToyEpoch.Files);
        using (var json = JsonDocument.Parse(Run("epoch", folder, "--json").Output))
        {
            var root = json.RootElement;
            Assert.True(root.GetProperty("accepted").GetBoolean());
            Assert.Equal(ToyEpoch.Statement.Digest.ToString(), root.GetProperty("statement").GetString());
            Assert.InRange(root.GetProperty("provenBits").GetDouble(), 100, 101);
            Assert.Equal(4, root.GetProperty("proofs").GetArrayLength());
            Assert.Equal(6, root.GetProperty("flags").GetArrayLength());
        }

        File.Delete(Path.Combine(folder, EpochFiles.TopProof));
        var (code, output, _) = Run("epoch", folder, "--json");
        Assert.Equal(4, code);
        using var refused = JsonDocument.Parse(output);
        Assert.False(refused.RootElement.GetProperty("accepted").GetBoolean());
        Assert.Equal("FileSet", refused.RootElement.GetProperty("outcome").GetString());
    }

    [Fact]
    public void Folders_that_are_none_are_refused()
    {
        Assert.Equal(4, Run("epoch", Path.Combine(_folder, "missing")).Code);
        Assert.Equal(4, Run("epoch", _folder).Code);
        Assert.Equal(4, Run("epoch", "").Code);
        Assert.Equal(4, Run("epoch", "\0").Code);
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "not a folder");
        Assert.Equal(4, Run("epoch", file).Code);
        Assert.Equal(4, Run("chain", file, _folder).Code);
    }

    [Fact]
    public void H12_Files_that_never_end_or_are_too_long_do_not_hold_up_the_verdict()
    {
        var watch = Stopwatch.StartNew();
        var folder = ToyEpoch.WriteTo(_folder, ToyEpoch.Files);
        var proof = Path.Combine(folder, EpochFiles.TopProof);
        foreach (var endless in new[] { "/dev/zero", "/proc/self/pagemap" }.Where(File.Exists))
        {
            File.Delete(proof);
            File.CreateSymbolicLink(proof, endless);
            Assert.StartsWith("REFUSED (ProofRejected)", Run("epoch", folder).Output, StringComparison.Ordinal);
            File.Delete(proof);
        }

        using (var sparse = File.Create(proof)) sparse.SetLength(10L << 30);
        Assert.StartsWith("REFUSED (LimitExceeded)", Run("epoch", folder).Output, StringComparison.Ordinal);

        var statement = Path.Combine(folder, Statement.FileName);
        using (var sparse = File.Create(statement)) sparse.SetLength(10L << 30);
        Assert.StartsWith("REFUSED (LimitExceeded)", Run("epoch", folder).Output, StringComparison.Ordinal);
        Assert.Equal(4, Run("inclusion", statement, "--statement", statement).Code);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
    }

    [Fact]
    public void I05_Folders_and_links_that_do_not_belong_are_refused()
    {
        var folder = ToyEpoch.WriteTo(_folder, ToyEpoch.Files);
        Directory.CreateDirectory(Path.Combine(folder, "proofs", "more"));
        Assert.StartsWith(
            "REFUSED (FileSet): proofs/more/", Run("epoch", folder).Output, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder, "proofs", "more"));
        File.WriteAllText(Path.Combine(folder, ".hidden"), "");
        Assert.StartsWith("REFUSED (FileSet): .hidden", Run("epoch", folder).Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(folder, ".hidden"));
        Assert.Equal(0, Run("epoch", folder).Code);
    }

    [Fact]
    public void A_chain_is_told_epoch_by_epoch()
    {
        var first = ToyEpoch.WriteTo(Path.Combine(_folder, "1"), ToyEpoch.Files);
        var (code, output, _) = Run("chain", first);
        Assert.Equal(0, code);
        Assert.StartsWith("ACCEPTED: 1 epoch,", output, StringComparison.Ordinal);

        (code, output, _) = Run("chain", first, first);
        Assert.Equal(4, code);
        Assert.StartsWith("REFUSED (Equivocation) at folder 2", output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Run("chain", first, first, "--json").Output);
        Assert.Equal("Equivocation", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("epochs").GetArrayLength());
    }

    [Fact]
    public void A_customer_sees_her_balances_and_what_was_not_checked()
    {
        var (file, statement) = WriteInclusion();
        var (code, output, _) = Run("inclusion", file, "--statement", statement);
        Assert.Equal(0, code);
        Assert.StartsWith("INCLUDED: epoch 12 of Example Exchange (TEST)", output, StringComparison.Ordinal);
        Assert.Contains("is that you, and nobody else?", output, StringComparison.Ordinal);
        Assert.Contains("BTC        1.5, debt 0.00000001", output, StringComparison.Ordinal);
        Assert.Contains("TOKEN      2, pledged as loan", output, StringComparison.Ordinal);
        Assert.Contains("were not checked by this command", output, StringComparison.Ordinal);

        output = Run("inclusion", file, "--statement", statement, "--customer", "alice@example").Output;
        Assert.Contains("the id that you gave", output, StringComparison.Ordinal);
        (code, output, _) = Run("inclusion", file, "--statement", statement, "--customer", "bob@example");
        Assert.Equal(4, code);
        Assert.StartsWith("REFUSED (InclusionLeaf)", output, StringComparison.Ordinal);
        Assert.Equal(4, Run("inclusion", file, "--statement", file).Code);
        Assert.Equal(4, Run("inclusion", statement, "--statement", statement).Code);
        Assert.Equal(4, Run("inclusion", file, "--statement", Path.Combine(_folder, "missing")).Code);
        var pin = FileDigest.Of("other"u8).ToString();
        Assert.Equal(4, Run("inclusion", file, "--statement", statement, "--statement-hash", pin).Code);
    }

    [Fact]
    public void The_json_of_an_inclusion_holds_exact_amounts()
    {
        var (file, statement) = WriteInclusion();
        using var json = JsonDocument.Parse(Run("inclusion", file, "--statement", statement, "--json").Output);
        var entry = json.RootElement.GetProperty("entries")[0];
        Assert.Equal("150000000", entry.GetProperty("equityUnits").GetString());
        Assert.Equal("1.5", entry.GetProperty("equity").GetString());
        Assert.False(json.RootElement.GetProperty("proofsChecked").GetBoolean());
    }

    [Fact]
    public void Security_is_told_in_proven_bits_first()
    {
        var (code, output, _) = Run("security");
        Assert.Equal(0, code);
        foreach (var line in new[] { "S100: 100.95", "S100-fast: 100.81", "S120: 120.36", "S120-fast: 120.41" })
            Assert.Contains(line + " proven bits", output, StringComparison.Ordinal);
        Assert.Contains("QUERY", Run("security", "--profile", "S120").Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Run("security", "--json").Output);
        Assert.Equal(4, json.RootElement.GetProperty("profiles").GetArrayLength());
    }

    [Fact]
    public void H04_A_failure_of_the_machine_is_no_acceptance()
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = VerifierProgram.Run(["epoch", _folder], output, error, () => throw new IOException("gone"));
        Assert.Equal(4, code);
        Assert.Contains("REFUSED", error.ToString(), StringComparison.Ordinal);
    }

    (string File, string Statement) WriteInclusion()
    {
        var nonce = FileDigest.Of("nonce"u8);
        AccountEntry[] entries = [new(0, 150_000_000, 1), new(EntryKey.Of(1, 1), 2_000_000, 0)];
        var leaf = AccountLeaf.Of(AccountTag.Of("alice@example", nonce.ToArray()), entries, Salt.Of(1, 2, 3, 4));
        var plain = PlainTree.Build([NodeDigest.Empty, leaf]);
        var totals = new NodeTotals(1, 0, [new(150_000_000, 1), new(2_000_000, 0)]);
        var tree = SumTree.Build(1, [new(plain.Root, totals)], (_, _) => Salt.Of(5, 6, 7, 8));
        var statement = ToyEpoch.Statement with
        {
            Accounts = 1,
            ShardHeight = 1,
            ShardNodes = [tree.Root.Digest],
            Root = tree.Root.Digest,
        };
        var file = new InclusionFile
        {
            Customer = "alice@example",
            Entries = entries,
            Nonce = nonce,
            Path = InclusionPath.Of(plain, tree, 1),
            Salt = Salt.Of(1, 2, 3, 4),
            Statement = statement.Digest,
        };
        var paths = (Path.Combine(_folder, "alice.json"), Path.Combine(_folder, "statement.json"));
        File.WriteAllBytes(paths.Item1, file.Write());
        File.WriteAllBytes(paths.Item2, statement.Bytes.ToArray());
        return paths;
    }

    static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var error = new StringWriter(CultureInfo.InvariantCulture);
        var code = VerifierProgram.Run(arguments, output, error, () => ToyEpoch.Circuits);
        return (code, output.ToString(), error.ToString());
    }
}
