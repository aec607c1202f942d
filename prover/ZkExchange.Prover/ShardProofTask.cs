using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;

namespace ZkExchange.Prover;

/// <summary>The proof of a shard.</summary>
sealed class ShardProofTask : StarkProofTask
{
    const int AccountBytes = 256;
    const int EntryBytes = 64;

    readonly Statement _statement;
    readonly ShardTables _tables;
    readonly int _shard;
    ShardWitnessReader? _witness;

    public ShardProofTask(
        Statement statement, Stark.Shape shape, Claim claim, byte[]? seed, ShardTables tables, ShardSubject subject)
        : base(shape, claim, seed)
    {
        _statement = statement;
        _tables = tables;
        _shard = (int)subject.Index;
        MemoryBytes = ProvingBytes(shape)
            + ((long)AccountBytes * subject.Accounts) + ((long)EntryBytes * subject.Entries);
        _witness = new ShardWitnessReader(statement.ShardHeight, subject);
    }

    /// <inheritdoc/>
    public override long MemoryBytes { get; }

    /// <inheritdoc/>
    public override void Add(ProveRequest part)
    {
        Check.That(_witness is not null);
        if (part.PartCase != ProveRequest.PartOneofCase.Accounts) throw Witnesses.Invalid("a batch of accounts is due");
        _witness.Add(part.Accounts);
    }

    private protected override IReadOnlyList<Matrix?> Write(int threads)
    {
        Check.That(_witness is not null);
        var plan = ShardPlan.Of(_witness.Complete(), _tables);
        _witness = null;                                     // the plan holds the accounts, and no longer than needed
        var traces = ShardTrace.Write(
            plan, [.. _statement.ShardShape], threads, Profile.Find(_statement.Profile));
        if (traces.ShardNode == _statement.ShardNodes[_shard]) return traces.Tables;
        traces.Dispose();
        throw Witnesses.Invalid(
            $"witness: it makes the shard node {traces.ShardNode}, the statement says {_statement.ShardNodes[_shard]}");
    }
}
