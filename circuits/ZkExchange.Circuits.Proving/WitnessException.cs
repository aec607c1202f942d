namespace ZkExchange.Circuits.Proving;

/// <summary>A witness that an honest prover does not prove, because the statement is false of it.</summary>
public sealed class WitnessException : Exception
{
    public WitnessException()
    {
    }

    public WitnessException(string message)
        : base(message)
    {
    }

    public WitnessException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public WitnessException(HostReason reason, string message)
        : base($"{reason}: {message}") => Reason = reason;

    /// <summary>The rule that is broken.</summary>
    public HostReason Reason { get; }
}
