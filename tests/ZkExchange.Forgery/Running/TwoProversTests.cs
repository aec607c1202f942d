using System.Text;
using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Commitments;
using ZkExchange.Forgery.Books;
using ZkExchange.Stark;

namespace ZkExchange.Forgery.Running;

/// <summary>Two that make one epoch, each with secrets of its own.</summary>
public sealed class TwoProversTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("zkx-two-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Both begin before either ends. What is published is of one of them, whole, with its own secrets beside it.
    [Fact]
    public async Task M02_Two_provers_of_one_epoch_publish_it_once()
    {
        var target = Path.Combine(_folder, "epoch");
        using var both = new Barrier(2);
        var runs = Enumerable.Range(0, 2).Select(_ => Task.Run(() => RunAsync(target, both))).ToArray();
        var ends = await Task.WhenAll(runs);
        var won = Assert.Single(ends, end => end.Failure is null);
        Assert.IsType<IOException>(Assert.Single(ends, end => end.Failure is not null).Failure);

        var verdict = EpochVerifier.Verify(new EpochDirectory(target), EpochCircuits.Standard, won.Statement.Digest);
        Assert.Equal(EpochOutcome.Accepted, verdict.Outcome);
        using (var secrets = PrivateFolder.Open(PrivateFolder.PathOf(target)))
            Assert.Equal(won.Statement.Digest, secrets.Statement);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    static async Task<(Statement Statement, Exception? Failure)> RunAsync(string target, Barrier both)
    {
        var draft = EpochBuilder.Build(
            new()
            {
                Book = new(Encoding.ASCII.GetBytes("alice"), [0, 5], [SmallBook.Free(0, 7)], [0, 1]),
                Table = new(SmallBook.Assets, SmallBook.Pools, 6, "USD"),
                Exchange = "Forgery",
                Epoch = 1,
                Snapshot = "2026-11-20T00:00:00Z",
                Profile = Profile.S100,
                Threads = 1,
            },
            EpochSecrets.New(), EpochCircuits.Standard);
        using var prover = new InProcessShardProver(1);
        try
        {
            await EpochProver.ProveAsync(draft, new Together(prover, both), target);
            return (draft.Statement, null);
        }
        catch (IOException failure)
        {
            return (draft.Statement, failure);
        }
    }

    /// <summary>Proves in this process, when the other has come as far.</summary>
    sealed class Together(IShardProver prover, Barrier both) : IShardProver
    {
        public int ProofsAtOnce => 1;

        public Task<byte[]> ProveShardAsync(
            Statement statement, int shard, Func<ShardWitness> witness, Action<EpochPhase>? progress,
            CancellationToken cancellation)
        {
            both.SignalAndWait(cancellation);
            return prover.ProveShardAsync(statement, shard, witness, progress, cancellation);
        }

        public async Task<byte[]> ProveTopAsync(
            Statement statement, TopWitness witness, Action<EpochPhase>? progress, CancellationToken cancellation)
        {
            var proof = await prover.ProveTopAsync(statement, witness, progress, cancellation);
            both.SignalAndWait(cancellation);
            return proof;
        }
    }
}
