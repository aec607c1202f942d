namespace ZkExchange.Fields.Tests;

static class MatrixExtensions
{
    public static KoalaBear[] Column(this Matrix matrix, int column)
    {
        var result = new KoalaBear[matrix.Rows];
        for (var r = 0; r < result.Length; r++) result[r] = matrix[r, column];
        return result;
    }

    public static Matrix Copy(this Matrix matrix)
    {
        var copy = new Matrix(matrix.Rows, matrix.Columns);
        for (var r = 0L; r < matrix.Rows; r++) matrix.Row(r).CopyTo(copy.Row(r));
        return copy;
    }
}
