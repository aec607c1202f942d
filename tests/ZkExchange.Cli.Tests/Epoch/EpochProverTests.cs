using Xunit;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Commitments;

namespace ZkExchange.Cli.Tests.Epoch;

/// <summary>What is written, and when: proofs come from a prover that only pretends.</summary>
public sealed class EpochProverTests : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("zkx-test-").FullName;
    readonly EpochDraft _draft = Books.Build(Books.Input() with { ShardsMin = 3 });

    string Target => Path.Combine(_parent, "epoch");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public async Task The_published_folder_holds_exactly_what_the_statement_names()
    {
        await EpochProver.ProveAsync(_draft, new Pretender(), Target);
        Assert.Equal(
            [
                "proofs/shard-000000.zkp", "proofs/shard-000001.zkp", "proofs/shard-000002.zkp", "proofs/top.zkp",
                "reserves.json", "statement.json",
            ],
            Directory.GetFiles(Target, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Target, path)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task M01_a_prover_that_fails_or_is_stopped_leaves_nothing_behind(int good)
    {
        await Assert.ThrowsAsync<IOException>(
            () => EpochProver.ProveAsync(_draft, new Pretender(good, new IOException("gone")), Target));
        Assert.Empty(Directory.GetFileSystemEntries(_parent));

        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EpochProver.ProveAsync(
            _draft, new Pretender(good, null, stop), Target, cancellation: stop.Token));
        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public async Task An_epoch_or_its_secrets_are_never_overwritten()
    {
        Directory.CreateDirectory(PrivateFolder.PathOf(Target));
        await Assert.ThrowsAsync<IOException>(() => EpochProver.ProveAsync(_draft, new Pretender(), Target));
        Assert.Equal([PrivateFolder.PathOf(Target)], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public async Task Every_customer_gets_a_file_that_leads_to_the_root()
    {
        await EpochProver.ProveAsync(_draft, new Pretender(), Target);
        using var folder = PrivateFolder.Open(PrivateFolder.PathOf(Target));
        Assert.Equal(_draft.Statement.Digest, folder.Statement);
        var (book, lengths) = (_draft.Books.Input.Book, new HashSet<int>());
        for (var account = 0; account < book.Accounts; account++)
        {
            var id = System.Text.Encoding.ASCII.GetString(book.Id(account));
            var file = folder.Find(id, _draft.Statement)!;
            Assert.Equal(book.EntriesOf(account).ToArray(), file.Entries);
            var bytes = file.Write();
            lengths.Add(bytes.Length);
            var verdict = InclusionVerifier.Verify(
                bytes, _draft.Statement.Bytes.Span, _draft.Statement.Digest, id);
            Assert.True(verdict is { IsAccepted: true, IsCustomerKnown: true, IsPinned: true });
        }

        // K06: the length of a file is that of many others.
        Assert.True(lengths.Count <= 3);
        foreach (var stranger in (string[])["user-99999999", "user", "", "no such", "zzz"])
            Assert.Null(folder.Find(stranger, _draft.Statement));
    }

    [Fact]
    public async Task A_private_folder_that_was_changed_gives_no_file()
    {
        await EpochProver.ProveAsync(_draft, new Pretender(), Target);
        var path = Path.Combine(PrivateFolder.PathOf(Target), InclusionPack.FileName);
        var bytes = await File.ReadAllBytesAsync(path);
        var nodes = 3 * ((2 << _draft.Statement.ShardHeight) - 1);
        for (var i = 0; i < nodes; i++) bytes[52 + (32 * i)] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        using var folder = PrivateFolder.Open(PrivateFolder.PathOf(Target));
        Assert.Throws<InvalidDataException>(() => folder.Find("user-00000003", _draft.Statement));
    }

    [Fact]
    public async Task What_is_opened_of_the_sums_is_what_was_hidden()
    {
        await EpochProver.ProveAsync(_draft, new Pretender(), Target);
        var text = await File.ReadAllTextAsync(Path.Combine(PrivateFolder.PathOf(Target), "openings.json"));
        using var openings = System.Text.Json.JsonDocument.Parse(text);
        var nodes = openings.RootElement.EnumerateArray().ToList();
        Assert.Equal(3 + 2 + 1, nodes.Count);
        var root = nodes[^1];
        Assert.Equal(_draft.Books.Sums.Root.Blind.ToString(), root.GetProperty("blind").GetString());
        Assert.Equal(
            _draft.Books.Sums.Root.Totals.Assets.Select(asset => asset.Equity.ToString()),
            root.GetProperty("totals").EnumerateArray().Select(asset => asset.GetProperty("equity").GetString()));
    }

    /// <summary>Gives a few proofs that are none, then fails or stops.</summary>
    sealed class Pretender(int good = int.MaxValue, Exception? failure = null, CancellationTokenSource? stop = null)
        : IShardProver
    {
        int _made;

        public int ProofsAtOnce => 2;

        public Task<byte[]> ProveShardAsync(
            Statement statement, int shard, Func<ShardWitness> witness, Action<EpochPhase>? progress,
            CancellationToken cancellation) => Make(cancellation);

        public Task<byte[]> ProveTopAsync(
            Statement statement, TopWitness witness, Action<EpochPhase>? progress, CancellationToken cancellation) =>
            Make(cancellation);

        Task<byte[]> Make(CancellationToken cancellation)
        {
            if (_made++ == good)
            {
                stop?.Cancel();
                cancellation.ThrowIfCancellationRequested();
                throw failure!;
            }

            return Task.FromResult<byte[]>([1, 2, 3]);
        }
    }
}
