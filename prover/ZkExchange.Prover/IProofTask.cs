using ZkExchange.Prover.Rpc.V1;

namespace ZkExchange.Prover;

/// <summary>One proof to be made: first its witness, part by part, then the work.</summary>
interface IProofTask : IDisposable
{
    /// <summary>What the work will need at its peak, in bytes, from the shape and the counts: an estimate from
    /// above.</summary>
    long MemoryBytes { get; }

    /// <summary>Takes a part of the witness.</summary>
    /// <exception cref="RpcException">InvalidArgument: not the part that is due, or a value out of its
    /// range.</exception>
    void Add(ProveRequest part);

    /// <summary>Makes the proof and verifies it.</summary>
    /// <param name="threads">How many threads the work may use.</param>
    /// <param name="progress">Called when a phase begins, with its name and the permille of the whole that is
    /// done.</param>
    /// <param name="cancellation">Ends the work soon, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="RpcException">InvalidArgument: the witness is not complete or does not fit the
    /// statement.</exception>
    byte[] Prove(int threads, Action<string, int> progress, CancellationToken cancellation);
}
