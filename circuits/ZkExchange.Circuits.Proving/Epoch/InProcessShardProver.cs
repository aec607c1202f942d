using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Makes the proofs in this process.</summary>
/// <param name="threads">Threads that work at once.</param>
/// <param name="timing">Told how long each phase of each proof took.</param>
public sealed class InProcessShardProver(int threads, Action<string, TimeSpan>? timing = null) : IShardProver
{
    /// <inheritdoc/>
    public Task<byte[]> ProveShardAsync(
        Statement statement, int shard, ShardWitness witness, Action<EpochPhase>? progress,
        CancellationToken cancellation) => Task.Run(
        () =>
        {
            progress?.Invoke(new("writing the trace", 0));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var tables = ShardTables.Of(statement.Assets, statement.PoolNames);
            var traces = ShardTrace.Write(
                ShardPlan.Of(witness, tables), [.. statement.ShardShape], threads, Profile.Find(statement.Profile));
            timing?.Invoke("Trace", clock.Elapsed);
            return Prove(
                ShardCircuit.Key, statement, ShardClaim.Of(statement, shard, tables), traces.Tables, progress,
                cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<byte[]> ProveTopAsync(
        Statement statement, TopWitness witness, Action<EpochPhase>? progress, CancellationToken cancellation) =>
        Task.Run(
            () =>
            {
                progress?.Invoke(new("writing the trace", 0));
                var traces = TopTrace.Write(witness, TopReserves.Of(statement), [.. statement.TopShape]);
                return Prove(
                    TopCircuit.Key, statement, TopClaim.Of(statement), traces.Tables, progress, cancellation);
            }, cancellation);

    byte[] Prove(
        VerifyingKey key, Statement statement, Claim claim, IReadOnlyList<Fields.Matrix?> traces,
        Action<EpochPhase>? progress, CancellationToken cancellation) => StarkProver.Prove(
        key, Profile.Find(statement.Profile)!, claim, traces, new()
        {
            Threads = threads,
            Cancellation = cancellation,
            Progress = phase => progress?.Invoke(new(NameOf(phase.Phase), phase.Fraction)),
            Timing = (phase, time) => timing?.Invoke(phase.ToString(), time),
        });

    /// <summary>What a phase does, for people.</summary>
    public static string NameOf(ProverPhase phase) => phase switch
    {
        ProverPhase.MainExtension or ProverPhase.MainTree => "committing to the rows",
        ProverPhase.AuxiliaryTrace or ProverPhase.AuxiliaryExtension or ProverPhase.AuxiliaryTree => "balancing buses",
        ProverPhase.Constraints or ProverPhase.QuotientExtension or ProverPhase.QuotientTree => "dividing constraints",
        ProverPhase.Openings => "opening at a random point",
        ProverPhase.Codewords or ProverPhase.Folding => "folding",
        ProverPhase.Grinding or ProverPhase.Queries => "answering queries",
        _ => "verifying the proof",
    };
}
