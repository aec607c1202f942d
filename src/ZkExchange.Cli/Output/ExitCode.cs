namespace ZkExchange.Cli.Output;

/// <summary>What a process says when it ends. Part of the interface: never renumber.</summary>
static class ExitCode
{
    public const int Success = 0;

    /// <summary>Something unforeseen, or stopped by the user.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file that was given cannot be used.</summary>
    public const int Input = 3;

    /// <summary>A proof could not be made, or something does not verify.</summary>
    public const int Proof = 4;
}
