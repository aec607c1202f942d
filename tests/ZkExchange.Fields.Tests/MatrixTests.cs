using Xunit;

namespace ZkExchange.Fields.Tests;

public sealed class MatrixTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 17)]
    [InlineData(64, 16)]
    [InlineData(1 << 16, 20)]
    public void A_matrix_is_zero_when_made_and_its_rows_are_apart(long rows, int columns)
    {
        using var matrix = new Matrix(rows, columns);
        Assert.Equal(0, matrix.Stride % Matrix.Lanes);
        for (var r = 0L; r < rows; r++)
        {
            Assert.False(matrix.Row(r).ContainsAnyExcept(KoalaBear.Zero));
            matrix.Row(r).Fill(KoalaBear.From((ulong)r));
        }

        for (var r = 0L; r < rows; r++)
        {
            Assert.False(matrix.Row(r).ContainsAnyExcept(KoalaBear.From((ulong)r)));
        }
    }

    [Fact]
    public void Rows_outside_the_matrix_and_after_its_end_are_refused()
    {
        var matrix = new Matrix(4, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(4)[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Row(-1)[0]);
        matrix.Dispose();
        matrix.Dispose();
        Assert.Throws<ObjectDisposedException>(() => matrix.Row(0)[0]);
    }

    [Fact]
    public void A_shared_loop_visits_every_item_once_and_closes_what_it_opens()
    {
        foreach (var threads in new[] { 1, 2, 5 })
        {
            var visits = new int[1000];
            var (opened, closed) = (0, 0);
            Workers.Share(
                visits.Length, 7, threads, () => Interlocked.Increment(ref opened),
                (_, from, to) =>
                {
                    for (var i = from; i < to; i++) Interlocked.Increment(ref visits[i]);
                },
                _ => Interlocked.Increment(ref closed));
            Assert.All(visits, count => Assert.Equal(1, count));
            Assert.True(opened == closed && opened >= 1 && opened <= threads);
        }

        Workers.Share(0, 1, 2, (_, _) => Assert.Fail("There is nothing to do."));
    }
}
