namespace ZkExchange.Prover.Rpc;

/// <summary>Limits and names of the service, for both sides: specs/65-prover-service.md.</summary>
public static class ProverLimits
{
    /// <summary>The longest part of a witness, in bytes: room for one account with every key there can be.</summary>
    public const int RequestBytesMax = 24 << 20;

    /// <summary>The longest request of any other method, in bytes.</summary>
    public const int ShortRequestBytesMax = 64 << 10;

    /// <summary>The longest reply, in bytes: what gRPC clients accept unless told otherwise.</summary>
    public const int ReplyBytesMax = 4 << 20;

    /// <summary>The size of the parts in which long byte strings travel.</summary>
    public const int ChunkBytes = 1 << 20;

    /// <summary>The longest statement, in bytes: the limit of canonical JSON, specs/50-wire-formats.md.</summary>
    public const int StatementBytesMax = 64 << 20;

    /// <summary>The longest proof a client takes, in bytes. The largest profile's proofs are below 8 MiB.</summary>
    public const int ProofBytesMax = 64 << 20;

    /// <summary>The version of <c>ProveHeader</c> and what follows it.</summary>
    public const uint Format = 1;

    public const string Prove = "/zkexchange.prover.v1.Prover/Prove";
    public const string Describe = "/zkexchange.prover.v1.Prover/Describe";
    public const string Health = "/zkexchange.prover.v1.Prover/Health";
    public const string HealthCheck = "/grpc.health.v1.Health/Check";
    public const string HealthWatch = "/grpc.health.v1.Health/Watch";
}
