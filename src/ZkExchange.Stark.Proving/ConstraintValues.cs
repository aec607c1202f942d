// C / Z_H at the points of a class (specs/30-proof-system.md sections 6 and 9, step 3):
//
//   C / Z_H = ( every + (x - g^-1) transition ) / Z_H + first / (x - 1) + last / (x - g^-1)
//
// where each word stands for the sum of the weighted constraints of its kind. Z_H = x^n - 1 is constant on a coset.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Evaluates the combined constraints of one class.</summary>
sealed unsafe class ConstraintValues(HeightClass rows, IReadOnlyList<TableConstraints> tables, Work work)
{
    const int Kinds = 4;

    /// <summary>Evaluates at shift ratio^i, i = 0, 1, ..</summary>
    /// <param name="main">Main rows at the points.</param>
    /// <param name="auxiliary">Auxiliary rows, if the class has any.</param>
    /// <param name="shift">The first point.</param>
    /// <param name="ratio">From a point to the next; its order divides n.</param>
    /// <param name="count">How many points, a power of two.</param>
    /// <param name="target">Receives five words a point.</param>
    /// <param name="word">The first of them.</param>
    public void Evaluate(
        RowSource main, RowSource? auxiliary, KoalaBear shift, KoalaBear ratio, long count, Matrix target, int word)
    {
        var chunk = (int)Math.Min(count, TileInversion.Points);
        var vanishing = (shift.Power(1UL << rows.HeightLog2) - KoalaBear.One).Inverse();
        var planes = tables.Max(table => table.Planes);
        work.Ranges(count, chunk, () => new Scratch(planes), (scratch, from, to) =>
        {
            for (var point = from; point < to; point += chunk)
            {
                scratch.Place(shift * ratio.Power((ulong)point), ratio, KoalaBear.RootOfUnity(rows.HeightLog2), chunk);
                for (var i = 0; i < chunk; i += Tile.Points)
                {
                    TileMath.Fill(scratch.Sums, 0, Kinds * Tile.Extension);
                    foreach (var table in tables) table.Add(scratch.Tile, main, auxiliary, point + i, scratch.Sums);
                    scratch.Combine(i, vanishing);
                    Write(scratch.Sums, target, point + i, word);
                }
            }
        }, scratch => scratch.Dispose());
    }

    static void Write(uint* planes, Matrix target, long point, int word)
    {
        for (var i = 0; i < Tile.Points; i++)
        {
            var row = target.Pointer(point + i) + word;
            for (var c = 0; c < Quintic.Degree; c++) row[c] = planes[c * Tile.Points + i];
        }
    }

    /// <summary>What a thread works on: the tile of the programs, sums by kind, and selectors of a chunk.</summary>
    sealed class Scratch(int planes) : IDisposable
    {
        const int ChunkPlanes = TileInversion.Points / Tile.Points;

        readonly Tile _sums = new(Kinds * Quintic.Degree);
        readonly Tile _points = new(4 * ChunkPlanes);
        readonly Tile _inversion = new(TileInversion.BaseWords / Tile.Points);

        public Tile Tile { get; } = new(planes);

        public uint* Sums => _sums[0];

        uint* X => _points[0];

        /// <summary>x - g^-1.</summary>
        uint* FromLast => _points[ChunkPlanes];

        /// <summary>1 / (x - 1).</summary>
        uint* First => _points[2 * ChunkPlanes];

        /// <summary>1 / (x - g^-1).</summary>
        uint* Last => _points[3 * ChunkPlanes];

        /// <summary>Selectors of a chunk.</summary>
        public void Place(KoalaBear start, KoalaBear ratio, KoalaBear generator, int count)
        {
            var last = generator.Inverse();
            PointPlanes.Powers(X, start, ratio, count);
            TileMath.AddConstant(FromLast, X, (-last).Residue, count);
            PointPlanes.InverseDifference(First, X, KoalaBear.One, count, _inversion[0]);
            PointPlanes.InverseDifference(Last, X, last, count, _inversion[0]);
        }

        /// <summary>The quotient's values from the sums, in place of the sum over every row.</summary>
        public void Combine(int point, KoalaBear vanishing)
        {
            for (var c = 0; c < Quintic.Degree; c++)
            {
                var every = Plane(Rows.Every, c);
                var transition = Plane(Rows.Transition, c);
                var first = Plane(Rows.First, c);
                var last = Plane(Rows.Last, c);
                TileMath.Multiply(transition, transition, FromLast + point, Tile.Points);
                TileMath.Add(every, every, transition, Tile.Points);
                TileMath.MultiplyConstant(every, every, vanishing.Residue, Tile.Points);
                TileMath.Multiply(first, first, First + point, Tile.Points);
                TileMath.Add(every, every, first, Tile.Points);
                TileMath.Multiply(last, last, Last + point, Tile.Points);
                TileMath.Add(every, every, last, Tile.Points);
            }
        }

        public void Dispose()
        {
            Tile.Dispose();
            _sums.Dispose();
            _points.Dispose();
            _inversion.Dispose();
        }

        uint* Plane(Rows kind, int coordinate) => Sums + ((int)kind * Quintic.Degree + coordinate) * Tile.Points;
    }
}
