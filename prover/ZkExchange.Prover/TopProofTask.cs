using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;

namespace ZkExchange.Prover;

/// <summary>The proof of the top.</summary>
sealed class TopProofTask(Statement statement, Stark.Shape shape, Claim claim, byte[]? seed)
    : StarkProofTask(shape, claim, seed)
{
    const int AmountBytes = 48;

    readonly TopWitnessReader _witness = new(statement.Tree, statement.Assets.Count);

    /// <inheritdoc/>
    public override long MemoryBytes { get; } = ProvingBytes(shape)
        + ((long)AmountBytes * statement.Assets.Count * TopWitnessReader.NodesOf(statement.Tree));

    /// <inheritdoc/>
    public override void Add(ProveRequest part)
    {
        if (part.PartCase != ProveRequest.PartOneofCase.Node) throw Witnesses.Invalid("a node of the tree is due");
        _witness.Add(part.Node);
    }

    private protected override IReadOnlyList<Matrix?> Write(int threads)
    {
        var traces = TopTrace.Write(_witness.Complete(), TopReserves.Of(statement), [.. statement.TopShape]);
        var isOfStatement = traces.Root == statement.Root && traces.Totals.Accounts == statement.Accounts
            && traces.ShardNodes.SequenceEqual(statement.ShardNodes);
        if (isOfStatement) return traces.Tables;
        traces.Dispose();
        throw Witnesses.Invalid("witness: it makes another tree than the statement's");
    }
}
