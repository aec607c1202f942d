namespace ZkExchange.Prover.Rpc;

/// <summary>A status with a text that the other side is meant to read.</summary>
/// <remarks>Thrown by a handler, it reaches the caller as it is; every other exception reaches it as Internal, without
/// detail.</remarks>
public sealed class RpcException : Exception
{
    public RpcException(GrpcStatus status, string detail)
        : base(detail) => Status = status;

    public RpcException(GrpcStatus status, string detail, Exception inner)
        : base(detail, inner) => Status = status;

    public GrpcStatus Status { get; }
}
