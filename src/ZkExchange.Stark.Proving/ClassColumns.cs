// The columns of one class in one tree, on their evaluation domain, and what they are beyond the n values of a coset:
//
//   f = g + (x^n - s^n) r on the coset s <w_n>,   g of degree < n,   r: the mask, or the high coefficients
//
// The quotient is wanted at a few points more than 2n (see Quotient). From a blow-up of four these are rows of the
// second coset; at a blow-up of two no coset is left, and they are evaluated beside the extension.

using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Extended columns with their masks.</summary>
sealed class ClassColumns : IDisposable
{
    readonly Matrix? _surplus;
    readonly Matrix? _surplusNext;

    ClassColumns(ExtendedMatrix extension, Matrix high, Matrix? surplus, Matrix? surplusNext)
    {
        Extension = extension;
        High = high;
        _surplus = surplus;
        _surplusNext = surplusNext;
    }

    public ExtendedMatrix Extension { get; }

    /// <summary>r: row k is the coefficients of x^k.</summary>
    public Matrix High { get; }

    /// <summary>Columns given by their values on the trace domain, which are lost.</summary>
    /// <param name="trace">n rows.</param>
    /// <param name="mask">r, which then belongs to the result.</param>
    /// <param name="blowupLog2">lg B.</param>
    /// <param name="surplus">The points beyond.</param>
    /// <param name="work">Threads.</param>
    public static ClassColumns Extend(Matrix trace, Matrix mask, int blowupLog2, SurplusPoints surplus, Work work)
    {
        if (!surplus.AreOutside)
            return new(CosetExtension.Extend(trace, mask, blowupLog2, work.Threads), mask, null, null);

        var root = KoalaBear.RootOfUnity(System.Numerics.BitOperations.Log2((ulong)trace.Rows));
        Matrix[] values = [new(surplus.Count, trace.Columns), new(surplus.Count, trace.Columns)];
        KoalaBear[] shifts = [surplus.Shift, surplus.Shift * root];
        var extension = CosetExtension.Extend(trace, mask, blowupLog2, work.Threads, shifts, values);
        return new(extension, mask, values[0], values[1]);
    }

    /// <summary>Columns given by their coefficients.</summary>
    public static ClassColumns Evaluate(Matrix low, Matrix high, int blowupLog2, Work work) =>
        new(CosetExtension.Evaluate(low, high, blowupLog2, work.Threads), high, null, null);

    /// <summary>The rows of one coset.</summary>
    public RowSource Coset(int coset) => new(Extension, coset);

    /// <summary>The rows at the surplus points.</summary>
    public RowSource Surplus(SurplusPoints points) => _surplus is null
        ? new(Extension, 1, Extension.Rows / points.Count)
        : new(_surplus, 0, _surplus.Rows, 1, _surplusNext);

    public void Dispose()
    {
        Extension.Dispose();
        High.Dispose();
        DropSurplus();
    }

    /// <summary>Nothing needs the surplus points once the quotient is known.</summary>
    public void DropSurplus()
    {
        _surplus?.Dispose();
        _surplusNext?.Dispose();
    }
}
