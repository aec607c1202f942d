using ZkExchange.Fields.Kernels;

namespace ZkExchange.Fields;

/// <summary>A linear combination of base-field columns with coefficients in E, row by row.</summary>
/// <remarks>Coefficients are independent, so they are a table that is read, not powers that are formed.</remarks>
public sealed unsafe class RowCombination : IDisposable
{
    // Row k: coordinate k of every column. Row 5 + k: the same, each odd word copied to the even place before it.
    readonly Matrix _coefficients;

    /// <param name="coefficients">One a column, at least one.</param>
    public RowCombination(ReadOnlySpan<Quintic> coefficients)
    {
        _coefficients = new(2 * Quintic.Degree, coefficients.Length);
        for (var c = 0; c < coefficients.Length; c++)
        {
            for (var k = 0; k < Quintic.Degree; k++)
            {
                _coefficients.Row(k)[c] = coefficients[c][k];
                _coefficients.Row(Quintic.Degree + k)[c & ~1] = coefficients[c][k];
            }
        }
    }

    /// <summary>sums[i] = sum_c coefficient_c m[first + i, c] for rows of a coset.</summary>
    /// <param name="matrix">As many columns as coefficients.</param>
    /// <param name="coset">0 .. B - 1.</param>
    /// <param name="first">The first row of the coset.</param>
    /// <param name="sums">One a row, within the coset.</param>
    public void Apply(ExtendedMatrix matrix, int coset, long first, Span<Quintic> sums)
    {
        Check.That((uint)coset < 1u << matrix.BlowupLog2 && first >= 0 && first + sums.Length <= matrix.Rows);
        Apply(matrix.Storage, coset * matrix.Rows + first, sums);
    }

    /// <summary>sums[i] = sum_c coefficient_c m[first + i, c].</summary>
    public void Apply(Matrix matrix, long first, Span<Quintic> sums)
    {
        Check.That(matrix.Columns == _coefficients.Columns);
        Check.That(first >= 0 && first + sums.Length <= matrix.Rows);
        fixed (Quintic* target = sums)
        {
            for (var done = 0; done < sums.Length;)
            {
                var row = first + done;
                var left = matrix.BlockRows - row % matrix.BlockRows;
                var count = (int)Math.Min(left, sums.Length - done);
                Vectors.CombineColumns(
                    (uint*)(target + done), matrix.Pointer(row), matrix.Stride, count, matrix.Stride,
                    _coefficients.Pointer(0));
                done += count;
            }
        }
    }

    public void Dispose() => _coefficients.Dispose();
}
