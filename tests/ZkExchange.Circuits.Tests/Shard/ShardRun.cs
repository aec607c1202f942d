using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Circuits.Tests.Shard;

/// <summary>A shard's traces with the claim that belongs to them, in tables as small as can be.</summary>
sealed class ShardRun : IDisposable
{
    readonly ShardTraces _traces;

    public ShardRun(ShardWitness witness, ShardTables tables, HostChecks checks = HostChecks.On, int threads = 2)
    {
        var plan = ShardPlan.Of(witness, tables, checks);
        Heights = plan.HeightsLog2(5);
        _traces = ShardTrace.Write(plan, Heights, threads);
        PublicInputs = ShardClaim.PublicInputs(3, witness.Height, tables.Assets);
        PublicMessages = ShardClaim.PublicMessages(witness.Height, tables, _traces.ShardNode);
    }

    public byte[] Heights { get; }

    public Matrix?[] Tables => _traces.Tables;

    public Commitments.NodeDigest ShardNode => _traces.ShardNode;

    public uint[] PublicInputs { get; }

    public uint[][] PublicMessages { get; }

    public IReadOnlyList<BrokenLaw> Check(Predicate<string>? without = null) =>
        TraceChecker.Check(ShardCircuit.Definition, Tables, PublicInputs, PublicMessages, without);

    public void Dispose() => _traces.Dispose();
}
