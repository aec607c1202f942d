using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ZkExchange.Fields;

/// <summary>The cold paths. A method that calls one stays small enough to be inlined.</summary>
[StackTraceHidden]
static class Throw
{
    [DoesNotReturn]
    public static void Broken(string law) => throw new InvalidOperationException($"This must hold: [{law}].");

    [DoesNotReturn]
    public static void ZeroHasNoInverse() => throw new DivideByZeroException("Zero has no inverse in a field.");
}
