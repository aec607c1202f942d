namespace ZkExchange.Stark.Proving;

/// <summary>How to make a proof; nothing here changes what it says.</summary>
public sealed class ProverOptions
{
    /// <summary>Threads of the heavy phases, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told when a phase begins, on the thread that proves.</summary>
    public Action<ProverProgress>? Progress { get; init; }

    /// <summary>Told how long each phase took, in the order of the phases.</summary>
    public Action<ProverPhase, TimeSpan>? Timing { get; init; }

    /// <summary>Stops the work between pieces of it.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Instead of 32 bytes of the platform's generator. For tests: a seed that is known hides nothing.
    /// </summary>
    public byte[]? Seed { get; init; }

    /// <summary>Whether the prover verifies its own proof before it lets it go.</summary>
    public bool SelfVerify { get; init; } = true;

    /// <summary>What a malicious prover does; null for an honest one.</summary>
    internal Tampering? Tampering { get; init; }
}
