namespace ZkExchange.Fields;

/// <summary>Divides loops among threads; which thread does what never shows in a result.</summary>
public static class Workers
{
    /// <summary>Runs <paramref name="body"/> on [from, to) ranges that cover 0 .. items - 1 once.</summary>
    /// <param name="items">Any number.</param>
    /// <param name="chunk">Items that a thread takes at a time, at least 1.</param>
    /// <param name="threads">At least 1; with 1, or with a single chunk, the caller does all the work.</param>
    /// <param name="body">Called with the range; ranges run in any order and at the same time.</param>
    public static void Share(long items, long chunk, int threads, Action<long, long> body) =>
        Share(items, chunk, threads, () => 0, (_, from, to) => body(from, to), _ => { });

    /// <summary>The same with something of its own for each thread, such as scratch memory.</summary>
    public static void Share<TLocal>(
        long items, long chunk, int threads, Func<TLocal> open, Action<TLocal, long, long> body, Action<TLocal> close)
    {
        Check.That(chunk >= 1 && threads >= 1);
        var chunks = (items + chunk - 1) / chunk;
        var workers = (int)Math.Min(threads, chunks);
        if (workers <= 0) return;

        var next = 0L;
        void Work()
        {
            var local = open();
            try
            {
                for (var c = Interlocked.Increment(ref next) - 1; c < chunks; c = Interlocked.Increment(ref next) - 1)
                {
                    body(local, c * chunk, Math.Min(items, (c + 1) * chunk));
                }
            }
            finally
            {
                close(local);
            }
        }

        if (workers == 1) Work();
        else Parallel.For(0, workers, new() { MaxDegreeOfParallelism = workers }, _ => Work());
    }
}
