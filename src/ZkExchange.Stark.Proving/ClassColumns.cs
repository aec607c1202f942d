// The columns of one class in one tree, on their evaluation domain, and what they are beyond the n values of a coset:
//
//   f = g + (x^n - s^n) r on the coset s <w_n>,   g of degree < n,   r: the mask, or the high coefficients
//
// The quotient is wanted at a few points more than 2n (see Quotient). From a blow-up of four these are rows of the
// second coset; at a blow-up of two no coset is left, and they are evaluated from the coefficients.

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
        if (!surplus.AreOutside) return new(CosetExtension.Extend(trace, mask, blowupLog2, work.Threads), mask, null, null);

        // f = (trace - r) + x^n r, coefficient by coefficient.
        CosetExtension.Interpolate(trace, KoalaBear.One, work.Threads);
        for (var k = 0L; k < mask.Rows; k++)
        {
            var low = trace.Row(k);
            var high = mask.Row(k);
            for (var c = 0; c < low.Length; c++) low[c] -= high[c];
        }

        var here = surplus.Evaluate(trace, mask, 0, work);
        var next = surplus.Evaluate(trace, mask, 1, work);
        return new(CosetExtension.Evaluate(trace, mask, blowupLog2, work.Threads), mask, here, next);
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
