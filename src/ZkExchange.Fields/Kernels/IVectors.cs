namespace ZkExchange.Fields.Kernels;

/// <summary>Arithmetic on runs of residues, and on runs of elements of E as five runs, one a coordinate.</summary>
/// <remarks>
/// <c>count</c> is a multiple of 16 and all words are canonical residues; a target may be a source. Coordinate k of an
/// element of E lies k strides behind coordinate 0. Sums of products are kept in 64 bits below p 2^32: four products
/// fit a word beside nothing, two beside a sum, and x -&gt; min(x, x - p 2^32) makes room again.
/// </remarks>
unsafe interface IVectors
{
    /// <summary>d = a + b.</summary>
    static abstract void Add(uint* d, uint* a, uint* b, int count);

    /// <summary>d = a - b.</summary>
    static abstract void Subtract(uint* d, uint* a, uint* b, int count);

    /// <summary>d = a b.</summary>
    static abstract void Multiply(uint* d, uint* a, uint* b, int count);

    /// <summary>d = a factor.</summary>
    static abstract void Scale(uint* d, uint* a, uint factor, int count);

    /// <summary>d += a factor.</summary>
    static abstract void AddScaled(uint* d, uint* a, uint factor, int count);

    /// <summary>d = a b in E.</summary>
    static abstract void MultiplyQuintic(uint* d, long ds, uint* a, long sa, uint* b, long sb, int count);

    /// <summary>d = 1 / a in E, or false where some a is zero; d is then undefined.</summary>
    /// <param name="d">May not be a.</param>
    static abstract bool InvertQuintic(uint* d, long ds, uint* a, long sa, int count);

    /// <summary>sum += weight_r row_r over rows of base columns, weights in E.</summary>
    /// <param name="sums">Five runs, one a coordinate, of <paramref name="words"/> 64-bit sums: for every sixteen
    /// columns first the even ones, then the odd ones.</param>
    /// <param name="rows">Rows of <paramref name="words"/> columns, a multiple of 16.</param>
    /// <param name="stride">Words from a row to the next.</param>
    /// <param name="count">Any number of rows.</param>
    /// <param name="words">Columns.</param>
    /// <param name="weights">Coordinate k of the weight of row r at weights[k ws + r].</param>
    /// <param name="ws">Words between coordinates.</param>
    static abstract void AccumulateRows(
        ulong* sums, uint* rows, long stride, int count, int words, uint* weights, long ws);

    /// <summary>results[5 r + k] = coordinate k of sum_c coefficient_c row_r[c].</summary>
    /// <param name="coefficients">Five runs of <paramref name="words"/> words, then the same with each odd word copied
    /// to the even place before it.</param>
    static abstract void CombineColumns(
        uint* results, uint* rows, long stride, int count, int words, uint* coefficients);
}
