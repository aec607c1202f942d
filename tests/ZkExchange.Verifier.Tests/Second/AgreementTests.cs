using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Tests.Second;

/// <summary>Two verifiers agree on every file (specs/30-proof-system.md section 14): the library and the program under
/// verifier/second, which shares nothing with it but the specification.</summary>
public sealed class AgreementTests(MadeEpoch epoch) : IClassFixture<MadeEpoch>
{
    [NodeFact]
    public void Both_accept_an_epoch_and_its_customers()
    {
        using var second = new NodeVerifier();
        var pin = epoch.Statement.Digest;
        Assert.Equal((true, "Accepted"), Both(second, epoch.Folder, pin));
        Assert.Equal((true, "Accepted"), Both(second, epoch.Folder, null));
        Assert.Equal((false, "StatementMismatch"), Both(second, epoch.Folder, FileDigest.Of("other"u8)));
        Assert.Equal((true, "Accepted"), Both(second, epoch.PlainFolder, null));

        var own = epoch.Inclusion.Write();
        Assert.Equal("Accepted", Both(second, own, epoch.Inclusion.Customer));
        Assert.Equal("Accepted", Both(second, own, null));
        Assert.Equal("InclusionLeaf", Both(second, own, epoch.Other.Customer));
        Assert.Equal("Accepted", Both(second, epoch.Other.Write(), epoch.Other.Customer));
        Assert.Equal("Accepted", Both(second, epoch.Other.ToShare().Write(), null));
    }

    [NodeFact]
    public void The_second_verifier_reproduces_the_vectors()
    {
        var (code, output) = NodeVerifier.RunOwnTests();
        Assert.True(code == 0, output);
    }

    [NodeFact]
    public void Both_refuse_the_same_changed_documents()
    {
        using var second = new NodeVerifier();
        var (accepted, refused) = (0, 0);
        foreach (var name in new[] { Statement.FileName, ReservesReport.FileName, StatementSignature.FileName })
        {
            var bytes = File.ReadAllBytes(Path.Combine(epoch.Folder, name));
            foreach (var changed in Flips(bytes, name, 40).Concat(Lengths(bytes)))
                Count(WithFile(second, name, changed), ref accepted, ref refused);
        }

        foreach (var edit in Edits())
            Count(WithFile(second, Statement.FileName, edit.Bytes.ToArray()), ref accepted, ref refused);
        foreach (var (old, replacement) in Replacements())
        {
            var text = Encoding.ASCII.GetString(epoch.Statement.Bytes.Span);
            Assert.Contains(old, text, StringComparison.Ordinal);
            var changed = Encoding.Latin1.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
            Count(WithFile(second, Statement.FileName, changed), ref accepted, ref refused);
        }

        Assert.Equal(0, accepted);
        Assert.InRange(refused, 150, int.MaxValue);
    }

    [NodeFact]
    public void Both_refuse_the_same_changed_proofs()
    {
        using var second = new NodeVerifier();
        var (accepted, refused) = (0, 0);
        string[] names = [EpochFiles.ShardProof(0), EpochFiles.ShardProof(1), EpochFiles.TopProof];
        foreach (var name in names)
        {
            var bytes = File.ReadAllBytes(Path.Combine(epoch.Folder, name));
            foreach (var changed in Flips(bytes, name, 7).Concat(Heads(bytes)).Concat(Lengths(bytes)))
                Count(WithFile(second, name, changed), ref accepted, ref refused);
            foreach (var other in names.Where(other => !string.Equals(other, name, StringComparison.Ordinal)))
            {
                var foreign = File.ReadAllBytes(Path.Combine(epoch.Folder, other));
                Count(WithFile(second, name, foreign), ref accepted, ref refused);
            }
        }

        Assert.Equal(0, accepted);
        Assert.InRange(refused, 50, int.MaxValue);
    }

    [NodeFact]
    public void Both_refuse_the_same_sets_of_files()
    {
        using var second = new NodeVerifier();
        foreach (var name in EpochVerifier.FileNames(epoch.Statement))
        {
            var path = Path.Combine(epoch.Folder, name);
            File.Move(path, path + ".away");
            Assert.Equal((false, "FileSet"), Both(second, epoch.Folder, null));
            File.Move(path + ".away", Path.Combine(epoch.Scratch, "away"));
            Assert.Equal((false, "FileSet"), Both(second, epoch.Folder, null));
            Directory.CreateDirectory(path);
            Assert.Equal((false, "FileSet"), Both(second, epoch.Folder, null));
            Directory.Delete(path);
            File.CreateSymbolicLink(path, Path.Combine(epoch.Scratch, "nowhere"));
            Assert.False(Both(second, epoch.Folder, null).Accepted);
            File.Delete(path);
            File.Move(Path.Combine(epoch.Scratch, "away"), path);
        }

        foreach (var name in new[] { "more", ".hidden", "proofs/more", "proofs/shard-000002.zkp", "proofs/TOP.zkp" })
        {
            var path = Path.Combine(epoch.Folder, name);
            File.WriteAllBytes(path, []);
            Assert.Equal((false, "FileSet"), Both(second, epoch.Folder, null));
            File.Delete(path);
        }

        Assert.Equal((true, "Accepted"), Both(second, epoch.Folder, null));
    }

    [NodeFact]
    public void Both_refuse_the_same_changed_inclusion_files()
    {
        using var second = new NodeVerifier();
        var (own, share) = (epoch.Inclusion.Write(), epoch.Inclusion.ToShare().Write());
        foreach (var file in new[] { own, share })
        {
            foreach (var changed in Flips(file, "inclusion", 60).Concat(Lengths(file)))
                Assert.NotEqual("Accepted", Both(second, changed, null));
        }

        var path = epoch.Inclusion.Path;
        foreach (var edit in new[]
        {
            epoch.Inclusion with { Entries = [.. epoch.Inclusion.Entries.Skip(1)] },
            epoch.Inclusion with { Entries = [.. epoch.Inclusion.Entries, new(EntryKey.Of(3, 7), 0, 0)] },
            epoch.Inclusion with { Customer = epoch.Other.Customer },
            epoch.Inclusion with { Customer = "zkexchange-inclusion-share-v1" },
            epoch.Inclusion with { Statement = FileDigest.Of("other"u8) },
            epoch.Inclusion with { Path = path with { Position = path.Position ^ 1 } },
            epoch.Inclusion with { Path = path with { Position = epoch.Statement.Tree.Positions } },
            epoch.Inclusion with { Path = path with { Siblings = [.. path.Siblings.Skip(1)] } },
            epoch.Inclusion with { Path = path with { Sums = [.. path.Sums, path.Sums[0]] } },
        })
            Assert.NotEqual("Accepted", Both(second, edit.Write(), null));

        // A second form of an account, or none.
        foreach (var entries in new AccountEntry[][]
        {
            [],
            [new(EntryKey.Of(0, 1), 5, 1)],
            [new(0, 5, 0), new(EntryKey.Of(0, 1), 0, 1)],
            [new(0, 5, 0), new(0, 0, 1)],
            [new(0, 0, 1), new(0, 5, 0)],
            [new(1, 5, 0), new(0, 6, 0)],
            [new(8 << 16, 5, 0)],
            [new(1 << 19, 5, 0)],
            [new(AccountItem.Debt, 5, 0)],
            [new(AccountItem.Debt, 0, 5)],
            [new(AccountItem.First, 5, 0)],
            [new(HashDomain.None, 5, 0)],
            [new(0, Amount.Limit, 0)],
            [new(0, 0, Amount.Limit)],
            [new(4, 5, 0)],
            [new(EntryKey.Of(0, 2), 5, 0)],
        })
        {
            var changed = epoch.Inclusion with { Entries = entries };
            Assert.Equal("InclusionFormat", Both(second, changed.Write(), null));
        }

        // What is no id is another's, of a file for this statement.
        Assert.Equal("InclusionLeaf", Both(second, own, "a b"));
        var elsewhere = epoch.Inclusion with { Statement = FileDigest.Of("other"u8) };
        foreach (var id in new[] { "a b", "", epoch.Other.Customer, epoch.Inclusion.Customer })
            Assert.Equal("StatementMismatch", Both(second, elsewhere.Write(), id));

        // Who gives an id asks for her own account: a form that names no customer is no answer.
        Assert.Equal("InclusionLeaf", Both(second, share, epoch.Inclusion.Customer));
    }

    static void Count((bool Accepted, string Outcome) verdict, ref int accepted, ref int refused)
    {
        if (verdict.Accepted) accepted++;
        else refused++;
    }

    /// <summary>The epoch with other bytes in one file.</summary>
    (bool Accepted, string Outcome) WithFile(NodeVerifier second, string name, byte[] bytes)
    {
        var path = Path.Combine(epoch.Folder, name);
        var whole = File.ReadAllBytes(path);
        if (bytes.AsSpan().SequenceEqual(whole)) return (false, "");
        File.WriteAllBytes(path, bytes);
        try
        {
            return Both(second, epoch.Folder, null);
        }
        finally
        {
            File.WriteAllBytes(path, whole);
        }
    }

    static (bool Accepted, string Outcome) Both(NodeVerifier second, string folder, FileDigest? pin)
    {
        string[] arguments = ["epoch", folder, .. pin is { } digest ? ["--statement-hash", $"{digest}"] : (string[])[]];
        var asking = Task.Run(() => second.Ask(arguments));
        var first = EpochVerifier.Verify(new EpochDirectory(folder), EpochCircuits.Standard, pin);
        var theirs = asking.GetAwaiter().GetResult();
        Assert.Equal((first.IsAccepted, first.Outcome.ToString()), theirs);
        return theirs;
    }

    string Both(NodeVerifier second, byte[] file, string? customer)
    {
        var path = Path.Combine(epoch.Scratch, "inclusion.json");
        var statement = Path.Combine(epoch.Folder, Statement.FileName);
        File.WriteAllBytes(path, file);
        string[] given = customer is null ? [] : ["--customer", customer];
        var theirs = second.Ask(["inclusion", path, "--statement", statement, .. given]);
        var first = InclusionVerifier.Verify(file, epoch.Statement.Bytes.Span, null, customer);
        Assert.Equal((first.IsAccepted, first.Outcome.ToString()), theirs);
        return theirs.Outcome;
    }

    /// <summary>One bit changed, at places that are always the same.</summary>
    static IEnumerable<byte[]> Flips(byte[] bytes, string seed, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var random = SHA256.HashData(Encoding.ASCII.GetBytes($"{seed} {i}"));
            var changed = (byte[])bytes.Clone();
            var place = BinaryPrimitives.ReadUInt32LittleEndian(random) % (uint)bytes.Length;
            changed[place] ^= (byte)(1 << (random[4] & 7));
            yield return changed;
        }
    }

    /// <summary>One byte changed in each part at the beginning of a proof: shape, roots, terminals, openings.</summary>
    static IEnumerable<byte[]> Heads(byte[] bytes)
    {
        foreach (var place in new[] { 0, 1, 4, 12, 50, 80, 150, 300, 1000, 9000 })
        {
            var changed = (byte[])bytes.Clone();
            changed[place] ^= 1;
            yield return changed;
            if (place is not 300) continue;
            changed = (byte[])bytes.Clone();
            changed.AsSpan(place - (place % 4), 64).Fill(0xFF);
            yield return changed;
        }
    }

    static IEnumerable<byte[]> Lengths(byte[] bytes) =>
        [[], bytes[..1], bytes[..(bytes.Length / 2)], bytes[..^1], [.. bytes, 0], [.. bytes, .. bytes, .. bytes]];

    /// <summary>Statements that keep every rule, or break one, and say something else.</summary>
    IEnumerable<Statement> Edits()
    {
        var s = epoch.Statement;
        var reserves = s.Reserves!;
        yield return s with { Accounts = s.Accounts + 1 };
        yield return s with { Accounts = 0 };
        yield return s with { Exchange = "Another" };
        yield return s with { Epoch = s.Epoch + 1 };
        yield return s with { Profile = "S100-fast" };
        yield return s with { Profile = "S120" };
        yield return s with { Profile = "S80" };
        yield return s with { Root = s.ShardNodes[0] };
        yield return s with { ShardNodes = [s.ShardNodes[1], s.ShardNodes[0]] };
        yield return s with { ShardNodes = [s.ShardNodes[0]] };
        yield return s with { ShardHeight = s.ShardHeight + 1 };
        yield return s with { ShardHeight = 25 };
        yield return s with { Disclosed = null };
        yield return s with { Disclosed = s.Disclosed! with { BadDebt = s.Disclosed.BadDebt + 1 } };
        yield return s with { Disclosed = s.Disclosed! with { BadDebt = s.Disclosed.BadDebt * 1000 } };
        yield return s with { Excluded = null };
        yield return s with { PoolNames = ["loan", "", "margin", "", "", "x", ""] };
        yield return s with { PoolNames = ["loan", "", "", "", "", "", ""] };
        yield return s with { PoolNames = ["loan"] };
        yield return s with { Previous = FileDigest.Of("x"u8), Supersedes = FileDigest.Of("x"u8) };
        yield return s with { Supersedes = default(FileDigest) };
        yield return s with { Signer = null };
        yield return s with { Signer = s.Signer![..^1] + (s.Signer[^1] == '0' ? '1' : '0') };
        yield return s with { Snapshot = "2026-02-29T00:00:00Z" };
        yield return s with { Snapshot = "0000-01-01T00:00:00Z" };
        yield return s with { Snapshot = "2028-02-29T23:59:60Z" };
        yield return s with { Reserves = null };
        yield return s with { Reserves = reserves with { Time = "2026-11-20T00:00:01Z" } };
        yield return s with { Reserves = reserves with { Report = FileDigest.Of("x"u8) } };
        yield return s with { Reserves = reserves with { Assets = [.. reserves.Assets.Skip(1)] } };
        yield return s with { Reserves = reserves with { Assets = [.. reserves.Assets.Reverse()] } };
        yield return s with { Assets = [.. s.Assets.Take(3), s.Assets[3] with { Symbol = "usdt" }] };
        yield return s with { Assets = [.. s.Assets.Take(3), s.Assets[3] with { Weight = 0 }] };
        yield return s with { Assets = [.. s.Assets.Take(3), s.Assets[3] with { Decimals = 31 }] };
        yield return s with { Assets = [.. s.Assets.Take(3), s.Assets[3] with { Tiers = [new(2, 50, 1000)] }] };
        yield return s with { Assets = [.. s.Assets.Take(3), s.Assets[3] with { Tiers = [new(3, 50, 10001)] }] };
        yield return s with
        {
            Assets = [.. s.Assets.Take(3), s.Assets[3] with { Tiers = [new(3, 50, 10), new(3, 60, 11)] }],
        };
        yield return s with
        {
            Assets = [.. s.Assets.Take(3), s.Assets[3] with { Tiers = [new(3, 50, 10), new(1, 60, 1)] }],
        };
        yield return s with { ShardShape = [.. s.ShardShape, 14] };
        yield return s with { ShardShape = [.. s.ShardShape.Select(height => (byte)(height == 255 ? 14 : 255))] };
        yield return s with { TopShape = [] };
        yield return s with { TopShape = [.. s.TopShape.Select(height => (byte)25)] };
        yield return s with { TopShape = [.. s.TopShape.Select(height => (byte)(height + 1))] };
        yield return s with { ValueScale = 61 };
        yield return s with { ValueUnit = " USD" };
    }

    /// <summary>What a writer of canonical text does not write.</summary>
    static IEnumerable<(string Old, string New)> Replacements() =>
    [
        ("{\"accounts\":", "{ \"accounts\":"), ("\"accounts\":300", "\"accounts\":0300"),
        ("\"accounts\":300", "\"accounts\":3e2"), ("\"accounts\":300", "\"accounts\":300.0"),
        ("\"accounts\":300", "\"accounts\":-300"), ("\"accounts\":300", "\"accounts\":9007199254740992"),
        ("\"accounts\":300", "\"accounts\":99999999999999999999"), ("\"accounts\":300", "\"accounts\":\"300\""),
        ("\"accounts\":300", "\"accounts\":null"), ("\"accounts\":300,", ""),
        ("\"accounts\":300", "\"accounts\":300,\"accounts\":300"), ("\"epoch\":3", "\"epoch\":3,\"extra\":0"),
        ("\"beacon\":null", "\"beacon\":{\"round\":1,\"source\":\"drand\",\"value\":\"00\"}"),
        ("\"settlement\":null", "\"settlement\":0"), ("Example Exchange", "Example\\u0020Exchange"),
        ("Example Exchange", "Example\u00e9Exchange"), ("Example Exchange", " Example Exchange"),
        ("Example Exchange", ""), ("zkexchange-statement-v1", "zkexchange-statement-v2"),
        ("\"test\"", "\"testing\""), ("\"native\"", "\"coin\""), ("\"BTC\"", "\"B TC\""), ("\"65000\"", "\"065000\""),
        ("\"65000\"", "\"\""), ("\"65000\"", "\"1237940039285380274899124224\""), ("\"400000\"", "\"-1\""),
        ("\"400000\"", "\"1532495540865888858358347027150309183618739122183602176\""),
        ("2026-11-20T00:00:00Z", "2026-11-20 00:00:00Z"), ("\"ratio\":9000", "\"ratio\":true"),
    ];
}
