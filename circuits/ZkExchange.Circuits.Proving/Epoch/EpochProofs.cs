// All proofs of an epoch, in order. A prover that says so gets the witness of the next proof before the last one is
// there: what one thread does (choosing rows, checking the finished proof, waiting for a disk) then falls into the time
// in which all threads are busy with another proof.

using ZkExchange.Circuits.Epoch;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Has the proofs of an epoch made.</summary>
public static class EpochProofs
{
    /// <summary>Makes the proofs of all shards, then of the top.</summary>
    /// <param name="draft">What to prove.</param>
    /// <param name="prover">Makes the proofs.</param>
    /// <param name="take">Gets the name of each proof's file and its bytes, one after the other, in order.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <remarks>No proof is still being made when this returns or throws.</remarks>
    public static async Task MakeAsync(
        EpochDraft draft, IShardProver prover, Action<string, byte[]> take, Action<EpochPhase>? progress,
        CancellationToken cancellation)
    {
        var shards = draft.Statement.ShardNodes.Count;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var making = new Queue<Task<byte[]>>();
        var (begun, done) = (0, 0);
        try
        {
            for (; done <= shards; done++)
            {
                while (begun <= shards && begun < done + prover.ProofsAtOnce) making.Enqueue(Begin(begun++));
                var proof = await making.Peek().ConfigureAwait(false);
                _ = making.Dequeue();
                take(done == shards ? EpochFiles.TopProof : EpochFiles.ShardProof(done), proof);
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (Task other in making)
                await other.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        Task<byte[]> Begin(int proof)
        {
            if (proof == shards)
            {
                return prover.ProveTopAsync(
                    draft.Statement, draft.Books.WitnessOfTop(), phase => Report(proof, "proving the top", phase),
                    stop.Token);
            }

            var name = shards == 1 ? "proving the shard" : $"proving shard {proof + 1} of {shards}";
            return prover.ProveShardAsync(
                draft.Statement, proof, () => draft.Books.WitnessOf(proof), phase => Report(proof, name, phase),
                stop.Token);
        }

        // Only the proof that is waited for speaks.
        void Report(int proof, string name, EpochPhase phase)
        {
            if (proof == Volatile.Read(ref done))
                progress?.Invoke(new($"{name}: {phase.Phase}", (proof + phase.Fraction) / (shards + 1)));
        }
    }
}
