using ZkExchange.Cli.Input;

namespace ZkExchange.Cli.Output;

/// <summary>Ends a command because of what is wrong with its input files.</summary>
/// <param name="errors">At least one.</param>
sealed class InputException(InputErrors errors) : Exception("The input cannot be used.")
{
    /// <summary>What is wrong.</summary>
    public InputErrors Errors { get; } = errors;
}
