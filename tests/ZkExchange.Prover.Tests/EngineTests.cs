using System.Numerics;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Cli.Remote;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Prover.Tests;

/// <summary>The real engine: witnesses on the wire, proofs that verify, and what is refused.</summary>
public sealed class EngineTests : IDisposable
{
    static readonly byte[] s_seed = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    static readonly EpochDraft s_draft = Draft();
    static readonly Statement s_statement = s_draft.Statement;

    readonly string _folder = Directory.CreateTempSubdirectory("zkx-engine").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_epoch_proven_remotely_verifies_and_its_proofs_are_those_made_here()
    {
        var options = new ServiceOptions { Listen = new("http://127.0.0.1:0") };
        await using var app = ProverHost.Build(options, new StarkProofEngine(s_seed), _ => { });
        await app.StartAsync();
        using var remote = new RemoteShardProver(new GrpcChannel(ProverHost.Address(app, options)));
        var phases = new List<string>();
        var target = Path.Combine(_folder, "epoch");
        await EpochProver.ProveAsync(s_draft, remote, target, progress: phase => phases.Add(phase.Phase));

        var verdict = EpochVerifier.Verify(new EpochDirectory(target), EpochCircuits.Standard);
        Assert.True(verdict.IsAccepted, verdict.ToString());
        Assert.Equal(Local(0), await File.ReadAllBytesAsync(Path.Combine(target, EpochFiles.ShardProof(0))));
        Assert.Contains("proving shard 2 of 2: sending the witness", phases);
        Assert.Contains("proving the top: folding", phases);
        await app.StopAsync();
    }

    [Fact]
    public void A_cancelled_proof_stops_in_its_middle()
    {
        using var cancellation = new CancellationTokenSource();
        using var task = Begin(0, s_draft.Books.WitnessOf(0));
        var phases = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => task.Prove(2, Report, cancellation.Token));
        Assert.InRange(phases, 2, 5);

        void Report(string phase, int permille)
        {
            if (++phases == 3) cancellation.Cancel();
        }
    }

    public static TheoryData<string, string> FalseWitnesses => new()
    {
        { "other shard", "the shard node" },
        { "other salt", "the shard node" },
        { "other blind", "the shard node" },
        { "other amount", "the shard node" },
        { "other position", "the shard node" },
        { "one account less", "the shard node" },
        { "position twice", "HostIdentity" },
        { "unknown asset", "HostIdentity" },
        { "pool without a name", "HostIdentity" },
        { "keys that descend", "HostIdentity" },
        { "debt alone", "HostDebt" },
    };

    [Theory]
    [MemberData(nameof(FalseWitnesses))]
    public void A_witness_of_something_else_is_refused_before_the_proof(string change, string reason)
    {
        var failure = Assert.Throws<RpcException>(() =>
        {
            using var task = Begin(0, Change(s_draft.Books.WitnessOf(0), change));
            task.Prove(2, (_, _) => { }, CancellationToken.None);
        });
        Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blind")]
    [InlineData("totals")]
    [InlineData("root")]
    public void A_top_of_another_tree_is_refused_before_the_proof(string change)
    {
        var witness = s_draft.Books.WitnessOfTop();
        var first = witness.Shards[0];
        var more = first.Totals with { Accounts = first.Totals.Accounts + 1 };
        witness = change switch
        {
            "blind" => witness with { Blinds = [witness.Blinds[0], [Salt.Of(1, 2, 3, 4)]] },
            "totals" => witness with { Shards = [first with { Totals = more }, witness.Shards[1]] },
            _ => witness with { Shards = [first with { PlainRoot = NodeDigest.Empty }, witness.Shards[1]] },
        };
        var failure = Assert.Throws<RpcException>(() =>
        {
            using var task = new StarkProofEngine().Begin(s_statement.Bytes.ToArray(), Top(3));
            foreach (var part in WitnessParts.Of(witness)) task.Add(part);
            task.Prove(2, (_, _) => { }, CancellationToken.None);
        });
        Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
        Assert.Contains("another tree", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_no_verifier_admits_is_refused_before_the_witness()
    {
        var key = new FileDigest(new byte[32]);
        var rows = 1 << s_statement.ShardShape[ShardCircuit.EntryTableIndex];
        var full = AccountLeaf.ItemsPerBlock * (rows - 1 - s_statement.Assets.Count);
        (string Reason, byte[] Statement, ProveHeader Header)[] cases =
        [
            ("statement: ", [1, 2, 3], Shard(0)),
            ("statement: ", [.. s_statement.Bytes.Span, (byte)'\n'], Shard(0)),
            ("vk.shard", Edit(s_statement with { Keys = s_statement.Keys with { Shard = key } }), Shard(0)),
            ("vk.top", Edit(s_statement with { Keys = s_statement.Keys with { Top = key } }), Shard(0)),
            ("BadHeight", Edit(s_statement with { ShardShape = [13, .. s_statement.ShardShape.Skip(1)] }), Shard(0)),
            ("BadShape", Edit(s_statement with { ShardShape = [.. s_statement.ShardShape, 14] }), Shard(0)),
            ("BadShape", Edit(s_statement with { TopShape = [14] }), Top(3)),
            ("index is 2", s_statement.Bytes.ToArray(), Shard(2)),
            ("positions", s_statement.Bytes.ToArray(), Shard(0, accounts: (1u << s_statement.ShardHeight) + 1)),
            ("has rows for", s_statement.Bytes.ToArray(), Shard(0, entries: 1 << 15)),
            ("has rows for", s_statement.Bytes.ToArray(), Shard(0, entries: (uint)full)),
            ("blind", s_statement.Bytes.ToArray(), Shard(0, blindBytes: 15)),
            ("nodes is 2", s_statement.Bytes.ToArray(), Top(2)),
        ];
        foreach (var (reason, statement, header) in cases)
        {
            var failure = Assert.Throws<RpcException>(() => new StarkProofEngine().Begin(statement, header));
            Assert.Equal(GrpcStatus.InvalidArgument, failure.Status);
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Memory_grows_with_the_shape_and_covers_the_columns()
    {
        using var task = Begin(0, s_draft.Books.WitnessOf(0));
        long cells = 0;
        for (var i = 0; i < ShardCircuit.TableCount; i++)
        {
            if (s_statement.ShardShape[i] != Stark.Shape.Absent)
                cells += (long)ShardCircuit.Key.Tables[i].Table.Width << s_statement.ShardShape[i];
        }

        Assert.InRange(task.MemoryBytes, 4 * 3 * cells, (4 * 6 * cells) + (256 << 20));
    }

    static EpochDraft Draft()
    {
        var sample = BookGenerator.Make(new(60, 4));
        var input = new EpochInput
        {
            Book = sample.Book,
            Table = sample.Assets.Table,
            Exchange = "Test Exchange",
            Epoch = 1,
            Snapshot = "2026-11-20T00:00:00Z",
            Profile = Profile.S100Fast,
            ShardsMin = 2,
            Threads = 2,
        };
        return EpochBuilder.Build(input, new(s_seed, [.. s_seed.Reverse()]), EpochCircuits.Standard);
    }

    static byte[] Local(int shard)
    {
        var tables = ShardTables.Of(s_statement.Assets, s_statement.PoolNames);
        var plan = ShardPlan.Of(s_draft.Books.WitnessOf(shard), tables);
        return StarkProver.Prove(
            ShardCircuit.Key, Profile.S100Fast, ShardClaim.Of(s_statement, shard),
            ShardTrace.Write(plan, [.. s_statement.ShardShape]).Tables, new() { Seed = s_seed, Threads = 1 });
    }

    static IProofTask Begin(uint shard, ShardWitness witness)
    {
        var header = new ProveHeader
        {
            Shard = new()
            {
                Index = shard,
                Accounts = (uint)witness.Accounts.Count,
                Entries = (uint)witness.Accounts.Sum(account => account.Entries.Length),
                Blind = WitnessParts.Bytes(witness.Blind),
            },
        };
        var task = new StarkProofEngine().Begin(s_statement.Bytes.ToArray(), header);
        foreach (var part in WitnessParts.Of(witness)) task.Add(part);
        return task;
    }

    static ShardWitness Change(ShardWitness witness, string change)
    {
        var first = witness.Accounts[0];
        var free = Enumerable.Range(0, 1 << witness.Height)
            .First(position => witness.Accounts.All(account => account.Position != position));
        return change switch
        {
            "other shard" => s_draft.Books.WitnessOf(1),
            "other blind" => witness with { Blind = Salt.Of(1, 2, 3, 4) },
            "one account less" => witness with { Accounts = [.. witness.Accounts.Skip(1)] },
            "other salt" => First(first with { Salt = Salt.Of(1, 2, 3, 4) }),
            "other amount" => First(first with
            {
                Entries = [.. first.Entries.Select((entry, i) => i == 0
                ? entry with { Equity = entry.Equity + 1 }
                : entry)]
            }),
            "other position" => First(first with { Position = free }),
            "position twice" => First(first with { Position = witness.Accounts[1].Position }),
            "unknown asset" => First(first with { Entries = [new(4, 1, 0)] }),
            "pool without a name" => First(first with { Entries = [new(7 << 16, 1, 0)] }),
            "keys that descend" => First(first with { Entries = [new(1, 1, 0), new(0, 1, 0)] }),
            _ => First(first with { Entries = [new(0, 0, 1)], BadDebt = BigInteger.Zero }),
        };

        ShardWitness First(ShardAccount account) =>
            witness with { Accounts = [account, .. witness.Accounts.Skip(1)] };
    }

    static byte[] Edit(Statement statement) => statement.Bytes.ToArray();

    static ProveHeader Shard(uint index, uint accounts = 1, uint entries = 1, int blindBytes = 16) => new()
    {
        Shard = new()
        {
            Index = index,
            Accounts = accounts,
            Entries = Math.Max(accounts, entries),
            Blind = Google.Protobuf.ByteString.CopyFrom(new byte[blindBytes]),
        },
    };

    static ProveHeader Top(uint nodes) => new() { Top = new() { Nodes = nodes } };
}
