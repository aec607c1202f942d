using System.Text;
using Xunit;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Tests.Epoch;

/// <summary>One file for all customers, and the files that come out of it.</summary>
public sealed class InclusionPackTests : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("zkx-test-").FullName;
    readonly EpochDraft _draft = Books.Build(Books.Input() with { ShardsMin = 3 });

    string PackPath => Path.Combine(_parent, "private", InclusionPack.FileName);

    public InclusionPackTests() => WritePack(_draft, "private");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_file_from_a_pack_is_the_one_that_the_books_make(int shards)
    {
        var draft = Books.Build(Books.Input() with { ShardsMin = shards });
        WritePack(draft, "other");
        using var folder = PrivateFolder.Open(Path.Combine(_parent, "other"));
        Assert.Equal((draft.Statement.Digest, draft.Statement.Tree), (folder.Statement, folder.Pack.Tree));
        foreach (var (id, expected) in FilesOf(draft))
            Assert.Equal(expected, folder.Find(id, draft.Statement)!.Write());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_export_is_one_file_for_each_customer_and_nothing_else(int threads)
    {
        var target = Path.Combine(_parent, "files");
        using (var pack = PrivateFolder.OpenPack(PackPath))
        using (var folder = PendingFolder.Begin(target, isPrivate: true))
        {
            var seen = 0.0;
            var bytes = InclusionExport.Write(
                pack, _draft.Statement, folder, threads, phase => seen = Math.Max(seen, phase.Fraction));
            Assert.Equal(FilesOf(_draft).Sum(file => file.Bytes.Length), bytes);
            Assert.Equal(1, seen);
            folder.Commit();
        }

        var expected = FilesOf(_draft).ToDictionary(file => InclusionExport.NameOf(file.Id), file => file.Bytes);
        var names = Directory.GetFiles(target, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(target, path)).ToList();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        foreach (var name in names) Assert.Equal(expected[name], File.ReadAllBytes(Path.Combine(target, name)));
        Assert.Matches("^([0-9a-f]{2})/\\1[0-9a-f]{62}[.]json$", InclusionExport.NameOf("../etc/passwd"));
    }

    [Fact]
    public void M01_an_export_that_is_stopped_leaves_nothing_behind()
    {
        using var stop = new CancellationTokenSource();
        using var pack = PrivateFolder.OpenPack(PackPath);
        var target = Path.Combine(_parent, "files");
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            using var folder = PendingFolder.Begin(target, isPrivate: true);
            InclusionExport.Write(pack, _draft.Statement, folder, 2, _ => stop.Cancel(), stop.Token);
        });
        Assert.Equal(["private"], Directory.GetFileSystemEntries(_parent).Select(Path.GetFileName));
    }

    // Nodes of the tree and the index may be wrong without a file being so; what comes out is right, or nothing is.
    [Fact]
    public void A_pack_that_was_changed_anywhere_gives_the_right_file_or_none()
    {
        var good = File.ReadAllBytes(PackPath);
        var files = FilesOf(_draft).ToList();
        var (random, refused) = (new Random(1), 0);
        for (var run = 0; run < 3000; run++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(run % 3 == 0 ? 64 : bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (run % 10 == 0) bytes = bytes[..random.Next(bytes.Length)];
            using var stream = new MemoryStream(bytes);
            var (pack, refusal) = InclusionPack.Open(stream);
            Assert.Equal(pack is null, refusal.IsRefused);
            var (id, expected) = files[random.Next(files.Count)];
            try
            {
                var found = pack is null || pack.Statement != _draft.Statement.Digest
                    ? null
                    : PrivateFolder.Find(pack, id, _draft.Statement);
                if (found is null) refused++;
                else Assert.Equal(expected, found.Write());
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 2999);
    }

    [Fact]
    public void A_pack_that_was_changed_anywhere_is_exported_right_or_not_at_all()
    {
        var good = File.ReadAllBytes(PackPath);
        var expected = FilesOf(_draft).ToDictionary(file => InclusionExport.NameOf(file.Id), file => file.Bytes);
        var (random, refused) = (new Random(2), 0);
        for (var run = 0; run < 100; run++)
        {
            var bytes = good.ToArray();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            using var stream = new MemoryStream(bytes);
            if (InclusionPack.Open(stream).Document is not { } pack) continue;
            var target = Path.Combine(_parent, $"run{run}");
            using var folder = PendingFolder.Begin(target, isPrivate: true);
            try
            {
                InclusionExport.Write(pack, _draft.Statement, folder, 1);
            }
            catch (InvalidDataException)
            {
                refused++;
                continue;
            }

            folder.Commit();
            foreach (var (name, file) in expected)
                Assert.Equal(file, File.ReadAllBytes(Path.Combine(target, name)));
        }

        Assert.InRange(refused, 20, 99);
    }

    [Fact]
    public void A_pack_of_another_statement_is_not_exported()
    {
        using var pack = PrivateFolder.OpenPack(PackPath);
        using var folder = PendingFolder.Begin(Path.Combine(_parent, "files"), isPrivate: true);
        foreach (var other in (Statement[])
            [
                _draft.Statement with { Epoch = 8 }, _draft.Statement with { Accounts = 59 },
                _draft.Statement with { ShardHeight = _draft.Statement.ShardHeight + 1 },
            ])
            Assert.Throws<InvalidDataException>(() => InclusionExport.Write(pack, other, folder, 1));
    }

    void WritePack(EpochDraft draft, string name)
    {
        using var folder = PendingFolder.Begin(Path.Combine(_parent, name), isPrivate: true);
        PrivateFolder.Write(folder, draft);
        folder.Commit();
    }

    // By definition: one nonce, one salt and one path at a time.
    static IEnumerable<(string Id, byte[] Bytes)> FilesOf(EpochDraft draft)
    {
        var (books, accounts) = (draft.Books, new Salts(draft.Secrets.Account));
        var epoch = new Salts(draft.Secrets.Epoch);
        for (var account = 0; account < books.Input.Book.Accounts; account++)
        {
            var id = Encoding.ASCII.GetString(books.Input.Book.Id(account));
            var position = books.Positions[account];
            yield return (id, new InclusionFile
            {
                Customer = id,
                Entries = books.Input.Book.EntriesOf(account).ToArray(),
                Nonce = new(accounts.Nonce(id)),
                Path = InclusionPath.Of(books.Trees[position >> books.Sums.Shape.ShardHeight], books.Sums, position),
                Salt = epoch.Leaf((ulong)draft.Statement.Epoch, (ulong)position),
                Statement = draft.Statement.Digest,
            }.Write());
        }
    }
}
