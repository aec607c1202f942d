using System.Runtime.ExceptionServices;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Work in pieces on several threads.</summary>
static class Pieces
{
    /// <summary>Calls body(0) .. body(count - 1); the first exception comes out as it was thrown.</summary>
    public static void For(int count, int threads, Action<int> body, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
