using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>Planes that depend on the points alone: x on a coset, and inverses of differences.</summary>
static unsafe class PointPlanes
{
    /// <summary>plane[i] = first ratio^i.</summary>
    /// <param name="plane">Receives residues.</param>
    /// <param name="first">The first value.</param>
    /// <param name="ratio">From one to the next.</param>
    /// <param name="count">A multiple of sixteen times a power of two.</param>
    public static void Powers(uint* plane, KoalaBear first, KoalaBear ratio, int count)
    {
        var value = first;
        for (var i = 0; i < Matrix.Lanes; i++, value *= ratio) plane[i] = value.Residue;

        var power = ratio.Power(Matrix.Lanes);
        for (var done = Matrix.Lanes; done < count; done *= 2, power *= power)
            TileMath.MultiplyConstant(plane + done, plane, power.Residue, Math.Min(done, count - done));
    }

    /// <summary>inverse[i] = 1 / (x[i] - constant).</summary>
    /// <param name="inverse">Receives residues.</param>
    /// <param name="x">Points, none of them the constant.</param>
    /// <param name="constant">Of the base field.</param>
    /// <param name="count">A power of two, 16 .. <see cref="TileInversion.Points"/>.</param>
    /// <param name="work"><see cref="TileInversion.BaseWords"/> words.</param>
    public static void InverseDifference(uint* inverse, uint* x, KoalaBear constant, int count, uint* work)
    {
        TileMath.AddConstant(inverse, x, (-constant).Residue, count);
        TileInversion.Base(inverse, count, work);
    }
}
