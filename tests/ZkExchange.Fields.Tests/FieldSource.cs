namespace ZkExchange.Fields.Tests;

/// <summary>Drawn field elements, edges of the range one time in four; a function of the seed.</summary>
sealed class FieldSource(int seed)
{
    static readonly uint[] s_edges =
        [0, 1, 2, KoalaBear.Modulus - 1, KoalaBear.Modulus - 2, 33554430, (KoalaBear.Modulus - 1) / 2, 1 << 24];

    readonly Random _random = new(seed);

    public KoalaBear Element() => _random.Next(4) == 0
        ? KoalaBear.From(s_edges[_random.Next(s_edges.Length)])
        : KoalaBear.From((uint)_random.NextInt64(KoalaBear.Modulus));

    public KoalaBear[] Elements(int count) => [.. Enumerable.Range(0, count).Select(_ => Element())];

    public Quintic Extension() =>
        new(Element(), Element(), Element(), Element(), KoalaBear.From(_random.Next(1, 1000)));

    public long Below(long bound) => _random.NextInt64(bound);

    public Matrix Matrix(long rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        for (var r = 0L; r < rows; r++)
        {
            foreach (ref var cell in matrix.Row(r)) cell = Element();
        }

        return matrix;
    }
}
