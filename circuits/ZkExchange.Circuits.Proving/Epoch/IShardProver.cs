using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Makes the proofs of an epoch: here, or on another machine.</summary>
public interface IShardProver
{
    /// <summary>How many proofs may be asked for before the first of them is there: 1 or more.</summary>
    int ProofsAtOnce { get; }

    /// <summary>The proof of a shard.</summary>
    /// <param name="statement">What is claimed.</param>
    /// <param name="shard">0 .. k - 1.</param>
    /// <param name="witness">Gives what only the exchange knows about it: asked once, when it is needed, so that it
    /// lives no longer than its proof.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<byte[]> ProveShardAsync(
        Statement statement, int shard, Func<ShardWitness> witness, Action<EpochPhase>? progress,
        CancellationToken cancellation);

    /// <summary>The proof of the top.</summary>
    /// <inheritdoc cref="ProveShardAsync"/>
    Task<byte[]> ProveTopAsync(
        Statement statement, TopWitness witness, Action<EpochPhase>? progress, CancellationToken cancellation);
}
