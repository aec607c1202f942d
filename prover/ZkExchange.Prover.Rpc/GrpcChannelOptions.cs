using System.Security.Cryptography.X509Certificates;

namespace ZkExchange.Prover.Rpc;

/// <summary>How a client reaches a prover.</summary>
public sealed record GrpcChannelOptions
{
    /// <summary>The root that the server's certificate must lead to, in place of the system's roots.</summary>
    public X509Certificate2? TrustedRoot { get; init; }

    /// <summary>What the prover asks its clients for, or null.</summary>
    public BearerToken? Token { get; init; }

    /// <summary>The longest wait for a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest reply message, in bytes.</summary>
    public int ReplyBytesMax { get; init; } = ProverLimits.ReplyBytesMax;
}
