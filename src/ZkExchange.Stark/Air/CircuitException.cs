namespace ZkExchange.Stark.Air;

/// <summary>A circuit breaks a rule of the constraint language: our own mistake, found when its key is made.</summary>
public sealed class CircuitException : Exception
{
    public CircuitException()
    {
    }

    public CircuitException(string message)
        : base(message)
    {
    }

    public CircuitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
