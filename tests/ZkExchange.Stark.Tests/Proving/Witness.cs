using ZkExchange.Fields;
using ZkExchange.Stark.Tests.Reference;

namespace ZkExchange.Stark.Tests.Proving;

static class Witness
{
    /// <summary>The traces of a toy as the prover takes them.</summary>
    public static Matrix?[] Of(Toy toy) => [.. toy.Traces.Select(columns => columns is null ? null : Of(columns))];

    /// <summary>Columns as rows.</summary>
    public static Matrix Of(KoalaBear[][] columns)
    {
        var matrix = new Matrix(columns[0].Length, columns.Length);
        for (var row = 0; row < matrix.Rows; row++)
        {
            for (var c = 0; c < columns.Length; c++) matrix.Row(row)[c] = columns[c][row];
        }

        return matrix;
    }
}
