using System.Runtime.ExceptionServices;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>Threads for the phases of a proof, and the wish to stop.</summary>
/// <remarks>Every piece writes where no other does, so results do not depend on how work is divided.</remarks>
sealed class Work(int threads, CancellationToken cancellation)
{
    /// <summary>Pieces a thread gets on average: enough that a slow one does not make the others wait.</summary>
    const int PiecesPerThread = 16;

    public int Threads { get; } = threads;

    /// <summary>Runs over 0 .. count - 1 in pieces whose bounds are multiples of a grain.</summary>
    public void Ranges(long count, int grain, Action<long, long> body) =>
        Ranges(count, grain, static () => 0, (_, from, to) => body(from, to), static _ => { });

    /// <summary>The same with something of its own for each thread.</summary>
    public void Ranges<TLocal>(
        long count, int grain, Func<TLocal> open, Action<TLocal, long, long> body, Action<TLocal> close)
    {
        Check.That(count >= 0 && grain > 0);
        var grains = (count + grain - 1) / grain;
        var chunk = Math.Max(1, grains / ((long)Threads * PiecesPerThread)) * grain;
        try
        {
            Workers.Share(count, chunk, Threads, open, (local, from, to) =>
            {
                cancellation.ThrowIfCancellationRequested();
                body(local, from, to);
            }, close);
        }
        catch (AggregateException all)
        {
            // What one thread met is what the caller meets.
            ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
    }

    public void ThrowIfCancelled() => cancellation.ThrowIfCancellationRequested();
}
