using System.Numerics;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Books;

/// <summary>The traces of the top proof of a few shards and the claim that a verifier would make of them.</summary>
sealed class TopFixture : IDisposable
{
    readonly TopTraces _traces;

    /// <summary>Writes the top of a tree down, true or not.</summary>
    /// <param name="tree">The shards.</param>
    /// <param name="reserves">What the totals are compared with.</param>
    /// <param name="isDisclosed">Whether the totals are public.</param>
    /// <param name="checks">Off: the writer refuses nothing.</param>
    /// <param name="heightLog2">The least height of a table.</param>
    public TopFixture(
        SumTree tree, TopReserves reserves, bool isDisclosed = false, HostChecks checks = HostChecks.Off,
        int heightLog2 = 5)
    {
        var witness = TopWitness.Of(tree);
        _traces = TopTrace.Write(
            witness, reserves, TopTrace.HeightsLog2(witness.Shape, witness.Assets, heightLog2), checks);
        Totals = _traces.Totals;
        Claim = new(
            new([.. Enumerable.Repeat((byte)2, Digest32.Bytes)]),
            TopClaim.PublicInputs(witness.Shape, witness.Assets, Totals.Accounts, isDisclosed, _traces.Root),
            TopClaim.Messages(
                _traces.ShardNodes, reserves, isDisclosed ? new(Totals.BadDebt, Totals.Assets) : null));
    }

    /// <summary>What the verifier computes from the statement.</summary>
    public Claim Claim { get; }

    /// <summary>One for each table of the key.</summary>
    public Matrix?[] Tables => _traces.Tables;

    public NodeTotals Totals { get; }

    /// <summary>Shards of height 4 with totals that follow from their index; two assets.</summary>
    public static SumTree Tree(int shards) => SumTree.Build(
        4, [.. Enumerable.Range(0, shards).Select(s => new ShardSummary(NodeDigest.Of(31, (uint)s), TotalsOf(s)))],
        (level, index) => Salt.Of((uint)level, (uint)index, 55, 56));

    /// <summary>Totals with a full limb, so that sums carry.</summary>
    public static NodeTotals TotalsOf(int shard) => new(
        (uint)shard + 2, ((BigInteger)32_767 << 15) + shard,
        [new(((UInt128)32_767 << 60) + (uint)shard, 32_767 * (1 + (uint)shard)), new(1000 + (uint)shard, 10)]);

    /// <summary>Reserves that cover the totals of a tree exactly.</summary>
    public static TopReserves Exact(NodeTotals totals) => new(
        [.. totals.Assets.Select(asset => new ReserveAmounts(asset.Equity, 0, 0))], totals.BadDebt);

    /// <summary>The laws that the traces break.</summary>
    public IReadOnlyList<BrokenLaw> Broken() =>
        TraceChecker.Check(TopCircuit.Definition, Tables, Claim.PublicInputs, Claim.PublicMessages);

    public void Dispose() => _traces.Dispose();
}
