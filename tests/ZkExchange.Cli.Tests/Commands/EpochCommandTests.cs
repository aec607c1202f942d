using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Tests.Commands;

/// <summary>Two epochs of an exchange, proven once for all tests of the class.</summary>
public sealed class TwoEpochs : IAsyncLifetime
{
    const string Assets = "symbol,decimals,price,insurance,tiers_loan\n"
        + "btc,8,65000.5,1,[0-1000000:90]\nusd,2,1,600000,\n";

    // Amounts that no other number is likely to equal.
    const string Accounts = "customer_id,asset,equity,debt,pool\n"
        + "alice@example.org,btc,3.14159265,0,\nalice@example.org,usd,271828182.84,0,\n"
        + "bob@example.org,btc,1.41421356,0,loan\nbob@example.org,usd,173205080.75,55555.55,\n"
        + "carol@example.org,btc,0,0,\n"
        + "mallory@example.org,usd,577215.66,577316.01,\n"
        + "broken@example.org,usd,-1,0,\n";

    const string Reserves = "asset,amount,chain,address\nbtc,6,bitcoin,bc1qexample\nusd,500000000,bank,account 1\n";

    public string Folder { get; } = Directory.CreateTempSubdirectory("zkx-test-").FullName;

    public string First => Path.Combine(Folder, "first");

    public string Second => Path.Combine(Folder, "second");

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(In("assets.csv"), Assets);
        await File.WriteAllTextAsync(In("accounts.csv"), Accounts);
        await File.WriteAllTextAsync(In("reserves.csv"), Reserves);
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            await File.WriteAllTextAsync(In("key.pem"), key.ExportPkcs8PrivateKeyPem());

        FirstRun = await ProveAsync(
            First, "--exchange", "Test Exchange", "--at", "2026-11-19T00:00:00Z", "--declare-bad-debt",
            "--exclude-invalid", In("excluded.csv"));
        SecondRun = await ProveAsync(
            Second, "--previous", First, "--at", "2026-11-20T00:00:00Z", "--declare-bad-debt", "--disclose", "totals",
            "--exclude-invalid", In("excluded2.csv"), "--signing-key", In("key.pem"), "--json");
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    internal Run FirstRun { get; private set; } = null!;

    internal Run SecondRun { get; private set; } = null!;

    public string In(string name) => Path.Combine(Folder, name);

    internal Task<Run> ProveAsync(string folder, params string[] options) => Run.ZkxAsync(
    [
        "epoch", "prove", "--accounts", In("accounts.csv"), "--assets", In("assets.csv"), "--reserves",
        In("reserves.csv"), "--out", folder, "--profile", "S100-fast", .. options,
    ]);
}

public class EpochCommandTests(TwoEpochs epochs) : IClassFixture<TwoEpochs>
{
    static EpochVerdict Verify(string folder) =>
        EpochVerifier.Verify(new EpochDirectory(folder), EpochCircuits.Standard);

    [Fact]
    public void What_is_proven_is_accepted_and_chained_by_the_verifier()
    {
        Assert.Equal((0, ""), (epochs.FirstRun.ExitCode, epochs.FirstRun.Error));
        Assert.Equal((0, ""), (epochs.SecondRun.ExitCode, epochs.SecondRun.Error));
        var (first, second) = (Verify(epochs.First), Verify(epochs.Second));
        Assert.Equal(EpochOutcome.Accepted, first.Outcome);
        Assert.Equal(EpochOutcome.Accepted, second.Outcome);
        Assert.Equal(ChainOutcome.Accepted, ChainVerifier.Verify([first, second]).Outcome);
        Assert.Equal((1L, 2L), (first.Statement!.Epoch, second.Statement!.Epoch));
        Assert.Null(first.Statement.Disclosed);
        Assert.NotNull(second.Statement.Signer);

        // 577,316.01 owed, nothing pledged.
        var badDebt = System.Numerics.BigInteger.Parse("57731601", CultureInfo.InvariantCulture)
            * second.Statement.Assets[1].Weight * 10_000;
        Assert.Equal(badDebt, second.Statement.Disclosed!.BadDebt);
        Assert.Equal((UInt128)455580621, second.Statement.Disclosed.Totals[0].Equity);
    }

    [Fact]
    public void A_row_that_is_left_out_is_stated_and_written_where_the_user_wants_it()
    {
        var statement = Verify(epochs.First).Statement!;
        Assert.Equal(1, statement.Excluded!.Rows);
        Assert.Equal(4, statement.Accounts);
        var file = File.ReadAllBytes(epochs.In("excluded.csv"));
        var key = File.ReadAllBytes(Path.Combine(PrivateFolder.PathOf(epochs.First), "excluded.key"));
        Assert.Equal(statement.Excluded.Commitment, new FileDigest(HMACSHA256.HashData(key, file)));
        Assert.Contains("broken@example.org", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public void K04_no_published_file_holds_a_balance_an_id_a_nonce_or_a_salt()
    {
        var secrets = SecretsOf(epochs.First).Concat(SecretsOf(epochs.Second)).ToList();
        Assert.True(secrets.Count > 60);
        foreach (var folder in (string[])[epochs.First, epochs.Second])
        {
            foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            {
                var bytes = File.ReadAllBytes(path);
                foreach (var (name, secret) in secrets)
                    Assert.True(bytes.AsSpan().IndexOf(secret) < 0, $"{path} holds {name}");
            }
        }
    }

    [Fact]
    public async Task All_inclusion_files_are_written_at_once_and_from_a_copy_of_the_pack()
    {
        var (target, copy) = (epochs.In("files"), epochs.In("copy.pack"));
        File.Copy(Path.Combine(PrivateFolder.PathOf(epochs.First), InclusionPack.FileName), copy);
        var run = await Run.ZkxAsync("inclusion", "export", "--epoch", epochs.First, "--out", target, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var report = JsonNode.Parse(run.Output)!;
        Assert.Equal(4, (int)report["files"]!);
        var files = Directory.GetFiles(target, "*", SearchOption.AllDirectories);
        Assert.Equal(files.Sum(path => new FileInfo(path).Length), (long)report["bytes"]!);
        var statement = File.ReadAllBytes(Path.Combine(epochs.First, Statement.FileName));
        foreach (var name in (string[])["alice", "bob", "carol", "mallory"])
        {
            var (id, one) = ($"{name}@example.org", epochs.In($"{name}.one.json"));
            var file = File.ReadAllBytes(Path.Combine(target, InclusionExport.NameOf(id)));
            Assert.True(InclusionVerifier.Verify(file, statement, null, id).IsAccepted);
            var single = await Run.ZkxAsync(
                "inclusion", "--epoch", epochs.First, "--pack", copy, "--customer", id, "--out", one);
            Assert.Equal(0, single.ExitCode);
            Assert.Equal(file, File.ReadAllBytes(one));
        }

        // Neither over what is there, nor into what is published, nor from another epoch's pack.
        Assert.Equal(2, (await Run.ZkxAsync("inclusion", "export", "--epoch", epochs.First, "--out", target)).ExitCode);
        Assert.Equal(2, (await Run.ZkxAsync(
            "inclusion", "export", "--epoch", epochs.First, "--out", Path.Combine(epochs.First, "x"))).ExitCode);
        var foreign = await Run.ZkxAsync(
            "inclusion", "export", "--epoch", epochs.Second, "--pack", copy, "--out", epochs.In("y"));
        Assert.Equal(3, foreign.ExitCode);
        Assert.Contains("StatementMismatch", foreign.Error, StringComparison.Ordinal);
    }

    // Every secret in the forms in which it could be written: text, hexadecimal, bytes.
    static List<(string Name, byte[] Bytes)> SecretsOf(string folder)
    {
        var secrets = new List<(string, byte[])>();
        var statement = Verify(folder).Statement!;
        var path = PrivateFolder.PathOf(folder);
        foreach (var name in (string[])["account.secret", "epoch.secret"])
        {
            var hex = File.ReadAllText(Path.Combine(path, name)).Trim();
            secrets.Add((name, Encoding.ASCII.GetBytes(hex)));
            secrets.Add((name, Convert.FromHexString(hex)));
        }

        using var opened = PrivateFolder.Open(path);
        foreach (var name in (string[])["alice", "bob", "carol", "mallory"])
        {
            var file = opened.Find($"{name}@example.org", statement)!;
            secrets.Add(("id", Encoding.ASCII.GetBytes(file.Customer)));
            secrets.Add(("nonce", file.Nonce.ToArray()));
            secrets.Add(("nonce", Encoding.ASCII.GetBytes(file.Nonce.ToString())));
            secrets.Add(("salt", Convert.FromHexString(file.Salt.ToString())));
            secrets.Add(("salt", Encoding.ASCII.GetBytes(file.Salt.ToString())));
            var leaf = file.Leaf(file.Customer);
            secrets.Add(("leaf", leaf.ToBytes()));
            secrets.Add(("leaf", Encoding.ASCII.GetBytes(leaf.ToString())));
            foreach (var amount in file.Entries.SelectMany(entry => (UInt128[])[entry.Equity, entry.Debt]))
            {
                // The debt of one borrower is the total, which the second epoch discloses.
                if (amount == 0 || amount == 57731601) continue;
                secrets.Add(("amount", Encoding.ASCII.GetBytes($"\"{amount}\"")));
                var binary = new byte[16];
                BinaryPrimitives.WriteUInt128LittleEndian(binary, amount);
                secrets.Add(("amount", binary[..12]));
            }
        }

        return secrets;
    }

    [Fact]
    public async Task Customers_get_inclusion_files_that_they_can_check()
    {
        var output = epochs.In("bob.json");
        var run = await Run.ZkxAsync(
            "inclusion", "--epoch", epochs.Second, "--customer", "bob@example.org", "--out", output);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var file = await File.ReadAllBytesAsync(output);
        var statement = await File.ReadAllBytesAsync(Path.Combine(epochs.Second, Statement.FileName));
        var verdict = InclusionVerifier.Verify(file, statement, null, "bob@example.org");
        Assert.True(verdict.IsAccepted);
        Assert.Equal(
            [new(1, 17320508075, 5555555), new(1 << 16, 141421356, 0)], verdict.File!.Entries);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(output));
    }

    [Fact]
    public async Task A_customer_keeps_her_nonce_and_gets_new_salts()
    {
        var files = new List<InclusionFile>();
        foreach (var folder in (string[])[epochs.First, epochs.Second])
        {
            var output = epochs.In("alice.json");
            await Run.ZkxAsync("inclusion", "--epoch", folder, "--customer", "alice@example.org", "--out", output);
            files.Add(InclusionFile.Read(await File.ReadAllBytesAsync(output)).Document!);
        }

        Assert.Equal(files[0].Nonce, files[1].Nonce);
        Assert.NotEqual(files[0].Salt, files[1].Salt);
        Assert.Empty(files[0].Path.Siblings.Intersect(files[1].Path.Siblings).Except([NodeDigest.Empty]));
    }

    [Fact]
    public async Task Who_is_no_customer_gets_no_file()
    {
        var output = epochs.In("nobody.json");
        var run = await Run.ZkxAsync(
            "inclusion", "--epoch", epochs.First, "--customer", "broken@example.org", "--out", output, "--json");
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("InputId", (string?)JsonNode.Parse(run.Output)!["reason"]);
        Assert.False(Path.Exists(output));
    }

    [Fact]
    public async Task Show_tells_what_is_claimed_and_that_nothing_was_checked()
    {
        var text = await Run.ZkxAsync("epoch", "show", epochs.First);
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("Test Exchange", text.Output, StringComparison.Ordinal);
        Assert.Contains("65000.5", text.Output, StringComparison.Ordinal);
        Assert.Contains("hidden", text.Output, StringComparison.Ordinal);
        Assert.Contains("zkx-verify", text.Output, StringComparison.Ordinal);
        var json = JsonNode.Parse((await Run.ZkxAsync("epoch", "show", epochs.Second, "--json")).Output)!;
        Assert.False((bool)json["verified"]!);
        var told = JsonNode.Parse(epochs.SecondRun.Output)!;
        Assert.Equal((string?)told["statementDigest"], (string?)json["statementDigest"]);
    }

    [Theory]
    [InlineData("reserves.csv", "asset,amount\nbtc,6\nusd,700000\n", "HostSum", "the reserves of 'usd'")]
    [InlineData("assets.csv", "symbol,decimals,price\nbtc,8,0\nusd,2,1\n", "ConfigInvalid",
        "the price of 'btc' is zero")]
    [InlineData("accounts.csv", "customer_id,asset,equity,debt\nann,btc,1,1\n", "HostDebt",
        "the customer owes 65000.5 USD")]
    public async Task Input_that_cannot_be_proven_ends_with_3_and_leaves_nothing(
        string name, string content, string reason, string message)
    {
        using var other = new TempCopy(epochs.Folder, name, content);
        var output = Path.Combine(other.Folder, "out");
        var run = await Run.ZkxAsync(
            "epoch", "prove", "--accounts", other.In("accounts.csv"), "--assets", other.In("assets.csv"), "--reserves",
            other.In("reserves.csv"), "--exclude-invalid", other.In("left-out.csv"), "--out", output, "--json",
            name is "accounts.csv" ? "--production" : "--declare-bad-debt");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"{reason}: {message}", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was written.\n", run.Error, StringComparison.Ordinal);
        var errors = JsonNode.Parse(run.Output)!["errors"]!.AsArray();
        Assert.Contains(errors, error => reason.Equals((string?)error!["reason"], StringComparison.Ordinal));
        Assert.Equal(3, Directory.GetFileSystemEntries(other.Folder).Length);
    }

    [Theory]
    [InlineData("--exchange", "Other Exchange")]
    [InlineData("--epoch", "7")]
    [InlineData("--at", "2026-11-19T00:00:00Z")]
    [InlineData("--production", null)]
    public async Task An_epoch_that_does_not_follow_the_one_before_is_refused(string option, string? value)
    {
        var output = epochs.In("third");
        string[] at = option is "--at" ? [] : ["--at", "2026-11-20T00:00:00Z"];
        string[] changed = value is null ? [option] : [option, value];
        var run = await epochs.ProveAsync(output, [.. at, "--previous", epochs.First, .. changed]);
        Assert.Equal(2, run.ExitCode);
        Assert.False(Path.Exists(output));
    }

    [Fact]
    public async Task An_epoch_is_not_overwritten()
    {
        var before = await File.ReadAllBytesAsync(Path.Combine(epochs.First, Statement.FileName));
        Assert.Equal(2, (await epochs.ProveAsync(epochs.First)).ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(epochs.First, Statement.FileName)));
    }

    sealed class TempCopy : IDisposable
    {
        public TempCopy(string from, string changed, string content)
        {
            foreach (var name in (string[])["assets.csv", "accounts.csv", "reserves.csv"])
                File.Copy(Path.Combine(from, name), In(name));
            File.WriteAllText(In(changed), content);
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("zkx-test-").FullName;

        public string In(string name) => Path.Combine(Folder, name);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
