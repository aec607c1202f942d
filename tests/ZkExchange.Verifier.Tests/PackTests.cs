using System.Globalization;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Verifier.Commands;

namespace ZkExchange.Verifier.Tests;

/// <summary>zkx-verify inclusion with a pack in place of a file.</summary>
public sealed class PackTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-test-").FullName;
    readonly string _pack;
    readonly string _statement;

    public PackTests()
    {
        AccountEntry[] entries = [new(0, 5, 0), new(0, 7, 0), new(0, 9, 0)];
        var draft = EpochBuilder.Build(
            new()
            {
                Book = new("alicebobcarol"u8.ToArray(), [0, 5, 8, 13], entries, [0, 1, 2, 3]),
                Table = new(
                    [new("usd", AssetClass.Fiat, 2, 1, "test", "2026-11-20T00:00:00Z", [])],
                    ["", "", "", "", "", "", ""], 0, "USD"),
                Exchange = "Test",
                Epoch = 1,
                Snapshot = "2026-11-20T00:00:00Z",
                Profile = Profile.S100,
            },
            EpochSecrets.New(), EpochCircuits.Standard);
        using (var secret = PendingFolder.Begin(Path.Combine(_folder, "private"), isPrivate: true))
        {
            PrivateFolder.Write(secret, draft);
            secret.Commit();
        }

        _pack = Path.Combine(_folder, "private", InclusionPack.FileName);
        _statement = Path.Combine(_folder, "statement.json");
        File.WriteAllBytes(_statement, draft.Statement.Bytes.ToArray());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("alice", "0.05")]
    [InlineData("bob", "0.07")]
    [InlineData("carol", "0.09")]
    public void A_customer_is_found_in_a_pack(string customer, string amount)
    {
        var (code, output) = Run(_pack, "--customer", customer);
        Assert.Equal(0, code);
        Assert.Contains("INCLUDED", output, StringComparison.Ordinal);
        Assert.Contains($"usd        {amount}", output, StringComparison.Ordinal);
        Assert.Contains($"{customer}, the id that you gave", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_is_not_and_a_pack_alone_answers_nothing()
    {
        foreach (var (customer, outcome) in ((string?, string)[])
            [("dave", "InclusionLeaf"), ("", "InclusionLeaf"), ("al ice", "InclusionLeaf"), (null, "InclusionFormat")])
        {
            var (code, output) = customer is null ? Run(_pack) : Run(_pack, "--customer", customer);
            Assert.Equal(4, code);
            Assert.Contains($"REFUSED ({outcome})", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_pack_of_another_statement_or_with_another_balance_is_refused()
    {
        var bytes = File.ReadAllBytes(_pack);
        var other = Path.Combine(_folder, "other.pack");
        foreach (var (at, outcome) in ((int, string)[])[(8, "StatementMismatch"), (bytes.Length - 24, "InclusionPath")])
        {
            var changed = bytes.ToArray();
            changed[at] ^= 1;
            File.WriteAllBytes(other, changed);
            var last = "alice bob carol".Split(' ').Select(customer => Run(other, "--customer", customer)).ToList();
            Assert.Contains(last, run => run.Output.Contains($"REFUSED ({outcome})", StringComparison.Ordinal));
        }

        File.WriteAllBytes(other, bytes[..40]);
        var (code, output) = Run(other, "--customer", "alice");
        Assert.Equal(4, code);
        Assert.Contains("REFUSED (InclusionFormat)", output, StringComparison.Ordinal);
    }

    (int Code, string Output) Run(params string[] arguments)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = VerifierProgram.Run(
            ["inclusion", .. arguments, "--statement", _statement], output, output, () => ToyEpoch.Circuits);
        return (code, output.ToString());
    }
}
