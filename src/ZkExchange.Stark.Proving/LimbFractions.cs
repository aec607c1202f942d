// Most fractions of a proof are looked-up limbs: messages of one word below 2^15, sent once or not at all. There are
// few different ones, so the inverses of all their fingerprints are computed before and read where a general fraction
// takes a division in E.

using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>1 / D of every limb w, D = start + slope w.</summary>
/// <remarks>Shared by threads.</remarks>
sealed unsafe class LimbFractions
{
    /// <summary>Limbs are the words below it.</summary>
    public const int Limit = 1 << 15;

    // The last one is zero, for what is not sent.
    readonly uint[] _inverses = new uint[(Limit + 1) * Quintic.Degree];

    LimbFractions()
    {
    }

    /// <summary>Null where there is no such table: -start / slope is a word, perhaps that of a limb.</summary>
    public static LimbFractions? Of(Quintic start, Quintic slope)
    {
        if (slope == Quintic.Zero) return null;

        // 1 / (start + slope w) = (1 / slope) / (w - zero)
        var scale = slope.Inverse();
        var zero = -start * scale;
        if (zero.IsBase) return null;

        var result = new LimbFractions();
        result.Fill(new(zero), scale);
        return result;
    }

    /// <summary>m / D + m' / D' at the points of a tile; false, and nothing is written, if some m is neither 0 nor 1,
    /// or some word that is sent is no limb.</summary>
    /// <param name="planes">Plane 0 of the tile.</param>
    /// <param name="left">w and m.</param>
    /// <param name="right">w' and m'.</param>
    /// <param name="sums">Receives five planes.</param>
    /// <param name="stride">Words from plane to plane.</param>
    /// <param name="work">Four planes of work space.</param>
    public bool TrySum(uint* planes, SentWord left, SentWord right, uint* sums, int stride, uint* work)
    {
        var first = work;
        var second = work + 2 * Tile.Points;
        if (!TryPlace(planes, left, first) || !TryPlace(planes, right, second)) return false;

        fixed (uint* inverses = _inverses)
        {
            for (var i = 0; i < Tile.Points; i++, sums++)
            {
                var a = inverses + first[i];
                var b = inverses + second[i];
                sums[0] = KoalaBear.Add(a[0], b[0]);
                sums[stride] = KoalaBear.Add(a[1], b[1]);
                sums[2 * stride] = KoalaBear.Add(a[2], b[2]);
                sums[3 * stride] = KoalaBear.Add(a[3], b[3]);
                sums[4 * stride] = KoalaBear.Add(a[4], b[4]);
            }
        }

        return true;
    }

    /// <summary>Where the inverses of a tile's words are.</summary>
    static bool TryPlace(uint* planes, SentWord sent, uint* places)
    {
        const int count = Tile.Points;
        var weight = planes + (long)sent.Weight * count;
        var weights = places + count;

        // Words and multiplicities as integers: products with 1, not with the residue of 1.
        TileMath.Multiply(places, planes + (long)sent.Word * count, weight, count);
        TileMath.MultiplyConstant(places, places, 1, count);
        TileMath.MultiplyConstant(weights, weight, 1, count);
        var (allWords, allWeights) = (0U, 0U);
        for (var i = 0; i < count; i++)
        {
            allWords |= places[i];
            allWeights |= weights[i];
            places[i] = (places[i] + (1 - weights[i]) * Limit) * Quintic.Degree;
        }

        return allWords < Limit && allWeights <= 1;
    }

    void Fill(ExtensionInverses zero, Quintic scale)
    {
        const int points = TileInversion.Points;
        const int planes = points / Tile.Points;
        using var tile = new Tile((1 + 2 * Quintic.Degree) * planes);
        using var work = new Tile(ExtensionInverses.WorkWords / Tile.Points);
        var words = tile[0];
        var values = tile[planes];
        var factor = tile[(1 + Quintic.Degree) * planes];
        TileMath.Fill(factor, points, scale, points);
        for (var start = 0; start < Limit; start += points)
        {
            for (var i = 0; i < points; i++) words[i] = KoalaBear.From((uint)(start + i)).Residue;
            zero.Evaluate(values, points, words, points, work[0]);
            TileMath.MultiplyExtension(values, points, values, points, factor, points, points);
            for (var i = 0; i < points; i++)
            {
                for (var c = 0; c < Quintic.Degree; c++)
                    _inverses[(start + i) * Quintic.Degree + c] = values[c * points + i];
            }
        }
    }
}
