namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>Splits rows over threads.</summary>
static class Threads
{
    const int ItemsMin = 512;                                  // below it, starting a thread costs more than it saves

    /// <summary>Calls body(from, to, counts) on disjoint pieces that cover 0 .. items - 1; adds up the
    /// counts.</summary>
    public static void Split(int items, int threads, LookupCounts counts, Action<int, int, LookupCounts> body)
    {
        if (threads <= 1 || items < 2 * ItemsMin)
        {
            body(0, items, counts);
            return;
        }

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var mine = counts.Anew();
            body((int)((long)items * piece / threads), (int)((long)items * (piece + 1) / threads), mine);
            lock (counts) counts.Add(mine);
        });
    }
}
