namespace ZkExchange.Prover;

/// <summary>Exit codes of zkx-prover.</summary>
static class ExitCode
{
    /// <summary>Served until it was told to stop.</summary>
    public const int Success = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The address is taken, or the certificate cannot be used.</summary>
    public const int Input = 3;
}
