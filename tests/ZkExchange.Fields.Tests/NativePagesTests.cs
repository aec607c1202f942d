using Xunit;

namespace ZkExchange.Fields.Tests;

/// <summary>Memory that was freed is used again, and nothing shows of it.</summary>
public sealed class NativePagesTests
{
    const int Columns = 40;

    static Matrix Fill(long rows, uint seed)
    {
        var matrix = new Matrix(rows, Columns);
        Fill(matrix, seed);
        return matrix;
    }

    static void Fill(Matrix matrix, uint seed)
    {
        for (var row = 0L; row < matrix.Rows; row++)
        {
            var cells = matrix.Row(row);
            for (var c = 0; c < cells.Length; c++) cells[c] = At(seed, row, c);
        }
    }

    static KoalaBear At(uint seed, long row, int column) =>
        KoalaBear.From((uint)((seed + row * 7919 + column + 1) % KoalaBear.Modulus));

    static void AssertZero(Matrix matrix, long from)
    {
        for (var row = from; row < matrix.Rows; row++)
            Assert.False(matrix.Row(row).ContainsAnyExcept(KoalaBear.Zero), $"row {row} is not zero");
    }

    [Fact]
    public void Freed_pages_are_zero_when_they_are_used_again()
    {
        // Smaller, larger and equal blocks: pages are split, joined and given out whole.
        foreach (var rows in new long[] { 1 << 14, 1 << 16, 50_000, 1 << 15, 1 << 17, 1 << 14 })
        {
            using (var first = Fill(rows, 1))
            {
                using var second = Fill(rows / 2, 2);
            }

            using var again = new Matrix(rows + rows / 3, Columns);
            AssertZero(again, 0);
        }
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(14, 1)]
    [InlineData(14, 8)]
    [InlineData(16, 2)]
    public void A_matrix_grows_into_the_room_that_it_has(int rowsLog2, int factor)
    {
        Fill(1 << 16, 3).Dispose();                          // pages to be used again
        var rows = 1L << rowsLog2;
        using var matrix = new Matrix(rows, Columns, rows * factor, Columns + 20);
        Fill(matrix, 4);
        Assert.Null(matrix.TryGrow(rows, Columns + 25));
        Assert.Null(matrix.TryGrow(2 * rows * factor, Columns));
        using var grown = matrix.TryGrow(rows * factor, Columns + 20);
        Assert.NotNull(grown);
        Assert.Equal((rows * factor, Columns + 20), (grown.Rows, grown.Columns));
        for (var row = 0L; row < rows; row++)
        {
            for (var c = 0; c < Columns; c++) Assert.Equal(At(4, row, c), grown[row, c]);
            Assert.False(grown.Row(row)[Columns..].ContainsAnyExcept(KoalaBear.Zero));
        }

        AssertZero(grown, rows);
        Assert.Throws<ObjectDisposedException>(() => matrix.Row(0).Length);
    }

    [Fact]
    public void A_matrix_without_room_does_not_grow()
    {
        using var matrix = Fill(16, 5);
        Assert.Null(matrix.TryGrow(64, Columns));
        Assert.Equal(At(5, 3, 2), matrix[3, 2]);
    }

    [Fact]
    public void A_matrix_that_has_grown_is_disposed_once()
    {
        var matrix = new Matrix(1 << 14, Columns, 1 << 15, Columns);
        var grown = matrix.TryGrow(1 << 15, Columns);
        Assert.NotNull(grown);
        matrix.Dispose();
        Assert.Equal(KoalaBear.Zero, grown[(1 << 15) - 1, 0]);
        grown.Dispose();
        grown.Dispose();
    }

    [Fact]
    public void Threads_that_share_the_pages_never_share_a_page() => Parallel.For(0, 16, seed =>
    {
        for (var round = 0; round < 4; round++)
        {
            var rows = 1L << (14 + (seed + round) % 3);
            using var matrix = new Matrix(rows, Columns, 2 * rows, Columns);
            Fill(matrix, (uint)seed);
            using var grown = matrix.TryGrow(2 * rows, Columns);
            Assert.NotNull(grown);
            for (var row = 0L; row < rows; row++) Assert.Equal(At((uint)seed, row, 1), grown[row, 1]);
            AssertZero(grown, rows);
        }
    });
}
