using System.Numerics;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Circuits.Tests.Top;

/// <summary>The top proof's traces with the claim that belongs to them, in tables as small as can be.</summary>
sealed class TopRun : IDisposable
{
    readonly TopTraces _traces;

    public TopRun(
        TopWitness witness, TopReserves reserves, bool disclosed = false, HostChecks checks = HostChecks.On)
    {
        Heights = TopTrace.HeightsLog2(witness.Shape, witness.Assets, 5);
        _traces = TopTrace.Write(witness, reserves, Heights, checks);
        PublicInputs = TopClaim.PublicInputs(
            witness.Shape, witness.Assets, _traces.Totals.Accounts, disclosed, _traces.Root);
        PublicMessages = TopClaim.Messages(
            _traces.ShardNodes, reserves,
            disclosed ? new(_traces.Totals.BadDebt, _traces.Totals.Assets) : null);
    }

    public byte[] Heights { get; }

    public Matrix?[] Tables => _traces.Tables;

    public NodeDigest Root => _traces.Root;

    public uint[] PublicInputs { get; }

    public uint[][] PublicMessages { get; }

    public IReadOnlyList<BrokenLaw> Check(Predicate<string>? without = null) =>
        TraceChecker.Check(TopCircuit.Definition, Tables, PublicInputs, PublicMessages, without);

    public void Dispose() => _traces.Dispose();

    /// <summary>A tree over shards with totals that are a function of their index.</summary>
    public static SumTree Tree(int shards, int assets = 3, int shardHeight = 4) => SumTree.Build(
        shardHeight,
        [.. Enumerable.Range(0, shards).Select(s => new ShardSummary(
            NodeDigest.Of(77, (uint)s), Totals((uint)s, assets)))],
        (level, index) => Salt.Of((uint)level, (uint)index, 3, 4));

    static NodeTotals Totals(uint shard, int assets) => new(
        shard + 1, (BigInteger.One << 100) * shard + shard,
        [.. Enumerable.Range(0, assets).Select(i => new AssetTotals(
            ((UInt128)0xFFFF_FFFF << 40) + shard + (uint)i, ((UInt128)0xFFFF << (10 * (i % 4))) + shard))]);
}
