using ZkExchange.Prover.Rpc.HealthV1;

namespace ZkExchange.Prover;

/// <summary>grpc.health.v1: what load balancers and orchestrators ask.</summary>
sealed class StandardHealth(ProofQueue queue, IHostApplicationLifetime lifetime)
{
    const string Service = "zkexchange.prover.v1.Prover";

    public Task<HealthCheckResponse> CheckAsync(HealthCheckRequest request, RpcContext rpc)
    {
        if (!IsKnown(request)) throw new RpcException(GrpcStatus.NotFound, "no such service");
        return Task.FromResult(Now());
    }

    /// <summary>The state now and after each change; there is one change, the last.</summary>
    public async Task WatchAsync(
        HealthCheckRequest request, MessageWriter<HealthCheckResponse> replies, RpcContext rpc)
    {
        if (!IsKnown(request))
        {
            var unknown = HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
            await replies.WriteAsync(new() { Status = unknown }, rpc.Cancellation);
            await Task.Delay(Timeout.InfiniteTimeSpan, rpc.Cancellation);
        }

        await replies.WriteAsync(Now(), rpc.Cancellation);
        if (!queue.IsClosed)
        {
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
            await stopping.Task.WaitAsync(rpc.Cancellation);
            await replies.WriteAsync(
                new() { Status = HealthCheckResponse.Types.ServingStatus.NotServing }, rpc.Cancellation);
        }

        throw new RpcException(GrpcStatus.Unavailable, "the prover is shutting down");
    }

    static bool IsKnown(HealthCheckRequest request) => request.Service is "" or Service;

    HealthCheckResponse Now() => new()
    {
        Status = queue.IsClosed
            ? HealthCheckResponse.Types.ServingStatus.NotServing
            : HealthCheckResponse.Types.ServingStatus.Serving,
    };
}
