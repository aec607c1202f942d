using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Prover.Rpc.V1;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Prover;

/// <summary>What the proofs of shards and of the top have in common.</summary>
abstract class StarkProofTask(Stark.Shape shape, Claim claim, byte[]? seed) : IProofTask
{
    /// <inheritdoc/>
    public abstract long MemoryBytes { get; }

    /// <inheritdoc/>
    public abstract void Add(ProveRequest part);

    /// <inheritdoc/>
    public byte[] Prove(int threads, Action<string, int> progress, CancellationToken cancellation)
    {
        try
        {
            progress("writing the trace", 0);
            var traces = Write(threads);
            cancellation.ThrowIfCancellationRequested();
            return StarkProver.Prove(shape.Key, shape.Profile, claim, traces, new()
            {
                Threads = threads,
                Cancellation = cancellation,
                Seed = seed,
                Progress = phase => progress(
                    InProcessShardProver.NameOf(phase.Phase), (int)Math.Round(1000 * phase.Fraction)),
            });
        }
        catch (WitnessException exception)
        {
            throw new RpcException(GrpcStatus.InvalidArgument, "witness: " + exception.Message, exception);
        }
        catch (ProverException exception) when (exception.Verdict.Outcome != Outcome.Unchecked)
        {
            throw new RpcException(GrpcStatus.InvalidArgument, "witness: " + exception.Message, exception);
        }
    }

    public void Dispose()
    {
    }

    /// <summary>The tables of the witness, which is then no longer needed.</summary>
    /// <exception cref="WitnessException">The statement is false of this witness.</exception>
    /// <exception cref="RpcException">The witness is not complete, or of something else than the statement.</exception>
    private protected abstract IReadOnlyList<Matrix?> Write(int threads);

    /// <summary>What the rows, their extensions and their trees take at the peak: an estimate from above.</summary>
    private protected static long ProvingBytes(Stark.Shape shape)
    {
        const int WordBytes = 4;
        const int NodeBytes = 3 * 2 * 32;                    // three trees with as many inner nodes as leaves
        long bytes = 64 << 20;
        foreach (var rows in shape.Classes)
        {
            var (height, domain) = (1L << rows.HeightLog2, 1L << rows.DomainLog2);
            bytes += (height + domain) * WordBytes * (rows.MainWidth + rows.AuxiliaryWidth + rows.QuotientWidth);
            bytes += domain * NodeBytes;
        }

        return bytes;
    }
}
