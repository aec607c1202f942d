using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Books;

/// <summary>A shard's traces and the claim that a verifier would make of its node.</summary>
sealed class ShardFixture : IDisposable
{
    readonly ShardTraces _traces;

    /// <summary>Writes a book down, true or not.</summary>
    /// <param name="witness">The book.</param>
    /// <param name="tables">The statement's tables.</param>
    /// <param name="checks">Off: the writer refuses nothing.</param>
    /// <param name="heightLog2">The least height of a table; small ones do for a check of the constraints.</param>
    public ShardFixture(
        ShardWitness witness, ShardTables? tables = null, HostChecks checks = HostChecks.Off, int heightLog2 = 5)
    {
        tables ??= SmallBook.Tables;
        var plan = ShardPlan.Of(witness, tables, checks);
        _traces = ShardTrace.Write(plan, plan.HeightsLog2(heightLog2), threads: 1);
        Totals = plan.Totals;
        Claim = ClaimOf(witness.Height, tables, _traces.ShardNode);
    }

    /// <summary>What the verifier computes from the statement.</summary>
    public Claim Claim { get; }

    /// <summary>One for each table of the key.</summary>
    public Matrix?[] Tables => _traces.Tables;

    public NodeTotals Totals { get; }

    public NodeDigest Node => _traces.ShardNode;

    /// <summary>The claim about shard 3 of a statement of digest 1, 1, ..</summary>
    public static Claim ClaimOf(int height, ShardTables tables, NodeDigest node) => new(
        new([.. Enumerable.Repeat((byte)1, Digest32.Bytes)]),
        ShardClaim.PublicInputs(3, height, tables.Assets),
        ShardClaim.PublicMessages(height, tables, node));

    /// <summary>The laws that the traces break.</summary>
    public IReadOnlyList<BrokenLaw> Broken() =>
        TraceChecker.Check(ShardCircuit.Definition, Tables, Claim.PublicInputs, Claim.PublicMessages);

    public void Dispose() => _traces.Dispose();
}
