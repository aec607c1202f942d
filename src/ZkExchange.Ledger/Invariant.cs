using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ZkExchange.Ledger;

/// <summary>
/// The core's own promises, checked in every build. A broken one stops the process: it is never an answer.
/// </summary>
public static class Invariant
{
    /// <summary>Throws, quoting the expression, if the condition does not hold.</summary>
    public static void Holds(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string expression = "")
    {
        if (!condition)
            Fail(expression);
    }

    /// <summary>Stops with a reason, where the code has nowhere legal to go.</summary>
    [DoesNotReturn]
    public static void Fail(string reason) =>
        throw new InvalidOperationException($"The core broke a promise of its own: {reason}");
}
