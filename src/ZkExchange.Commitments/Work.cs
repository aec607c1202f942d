using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>Splits a range over threads.</summary>
static class Work
{
    const int ItemsPerThreadMin = 256;                         // below it, starting a thread costs more than it saves

    /// <summary>Calls body(first, count) on disjoint pieces of 0 .. items - 1 that cover it.</summary>
    public static void Split(int items, int threads, Action<int, int> body)
    {
        Check.That(items >= 0 && threads >= 1);
        var pieces = Math.Min(threads, Math.Max(1, items / ItemsPerThreadMin));
        if (pieces == 1)
        {
            body(0, items);
            return;
        }

        Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece =>
        {
            var first = (int)((long)items * piece / pieces);
            body(first, (int)((long)items * (piece + 1) / pieces) - first);
        });
    }
}
