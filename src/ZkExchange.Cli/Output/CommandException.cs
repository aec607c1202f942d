namespace ZkExchange.Cli.Output;

/// <summary>Ends a command with a sentence and an exit code.</summary>
/// <param name="exitCode">Of <see cref="Output.ExitCode"/>.</param>
/// <param name="reason">The name of the reason.</param>
/// <param name="message">What is wrong and what to do about it.</param>
sealed class CommandException(int exitCode, string reason, string message) : Exception(message)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The name of the reason.</summary>
    public string Reason { get; } = reason;

    /// <summary>The command line is wrong.</summary>
    public static CommandException Usage(string message) => new(Output.ExitCode.Usage, "Usage", message);
}
