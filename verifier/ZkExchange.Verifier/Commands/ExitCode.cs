namespace ZkExchange.Verifier.Commands;

/// <summary>What the program ends with. Part of its contract.</summary>
static class ExitCode
{
    public const int Accepted = 0;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Everything else.</summary>
    public const int Refused = 4;
}
