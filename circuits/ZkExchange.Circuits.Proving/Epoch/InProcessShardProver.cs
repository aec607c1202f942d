using System.Diagnostics;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Makes the proofs in this process, one at a time; the rows of the next one are chosen meanwhile, and the
/// one before is verified.</summary>
/// <param name="threads">Threads that work at once.</param>
/// <param name="timing">Told how long each phase of each proof took.</param>
public sealed class InProcessShardProver(int threads, Action<string, TimeSpan>? timing = null)
    : IShardProver, IDisposable
{
    readonly SemaphoreSlim _machine = new(1);
    readonly Lock _gate = new();
    (Statement? Of, ShardTables? Tables) _last;

    /// <inheritdoc/>
    public int ProofsAtOnce => 2;

    /// <inheritdoc/>
    public async Task<byte[]> ProveShardAsync(
        Statement statement, int shard, Func<ShardWitness> witness, Action<EpochPhase>? progress,
        CancellationToken cancellation)
    {
        var tables = TablesOf(statement);
        var plan = await Aside(() => ShardPlan.Of(witness(), tables), cancellation).ConfigureAwait(false);
        var claim = ShardClaim.Of(statement, shard, tables);
        var proof = await WithMachineAsync(() =>
        {
            progress?.Invoke(new("writing the trace", 0));
            var clock = Stopwatch.StartNew();
            var traces = ShardTrace.Write(
                plan, [.. statement.ShardShape], threads, Profile.Find(statement.Profile));
            timing?.Invoke("Trace", clock.Elapsed);
            return Prove(ShardCircuit.Key, statement, claim, traces.Tables, progress, cancellation);
        }, cancellation).ConfigureAwait(false);
        return await Aside(() => Verified(ShardCircuit.Key, statement, claim, proof), cancellation)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<byte[]> ProveTopAsync(
        Statement statement, TopWitness witness, Action<EpochPhase>? progress, CancellationToken cancellation)
    {
        var traces = await Aside(
            () => TopTrace.Write(witness, TopReserves.Of(statement), [.. statement.TopShape]), cancellation)
            .ConfigureAwait(false);
        var claim = TopClaim.Of(statement);
        var proof = await WithMachineAsync(
            () => Prove(TopCircuit.Key, statement, claim, traces.Tables, progress, cancellation), cancellation)
            .ConfigureAwait(false);
        return await Aside(() => Verified(TopCircuit.Key, statement, claim, proof), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Nothing may be under way.</summary>
    public void Dispose() => _machine.Dispose();

    // The shards of an epoch have the same tables.
    ShardTables TablesOf(Statement statement)
    {
        lock (_gate)
        {
            if (_last.Tables is null || !ReferenceEquals(_last.Of, statement))
                _last = (statement, ShardTables.Of(statement.Assets, statement.PoolNames));
            return _last.Tables;
        }
    }

    // A thread of its own: those of the pool belong to the proof that is being made.
    static Task<T> Aside<T>(Func<T> work, CancellationToken cancellation) => Task.Factory.StartNew(
        work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    async Task<byte[]> WithMachineAsync(Func<byte[]> work, CancellationToken cancellation)
    {
        await _machine.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _machine.Release();
        }
    }

    byte[] Prove(
        VerifyingKey key, Statement statement, Claim claim, IReadOnlyList<Fields.Matrix?> traces,
        Action<EpochPhase>? progress, CancellationToken cancellation) => StarkProver.Prove(
        key, Profile.Find(statement.Profile)!, claim, traces, new()
        {
            Threads = threads,
            Cancellation = cancellation,
            SelfVerify = false,                                // Verified does it, beside the next proof
            Progress = phase => progress?.Invoke(new(NameOf(phase.Phase), phase.Fraction)),
            Timing = (phase, time) => timing?.Invoke(phase.ToString(), time),
        });

    byte[] Verified(VerifyingKey key, Statement statement, Claim claim, byte[] proof)
    {
        var clock = Stopwatch.StartNew();
        var verdict = StarkVerifier.Verify(key, Profile.Find(statement.Profile)!, claim, proof);
        timing?.Invoke(nameof(ProverPhase.Verification), clock.Elapsed);
        return verdict.IsAccepted
            ? proof
            : throw new ProverException(
                verdict, $"The books break the circuit: the proof ends in {verdict.Outcome} {verdict.Where}.");
    }

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
