namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>The honest prover refuses to make a proof that no verifier would accept, and says why.</summary>
/// <param name="reason">The name of the reason (specs/60-threat-model.md): HostCount, HostSum, ...</param>
/// <param name="message">What, and where.</param>
public sealed class EpochRefusedException(string reason, string message) : Exception(message)
{
    /// <summary>The name of the reason.</summary>
    public string Reason { get; } = reason;
}
