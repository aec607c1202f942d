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

    [DoesNotReturn]
    public static void RowOutOfRange(long row, long rows) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"The matrix has {rows} rows.");

    [DoesNotReturn]
    public static void MatrixDisposed() => throw new ObjectDisposedException(nameof(Matrix));
}
