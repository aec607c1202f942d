using System.Numerics;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Points c w_m^i at which the quotient is evaluated beside the two cosets 3 &lt;w_2n&gt;.</summary>
/// <remarks>
/// With columns of degree below n + h the quotient has degree below 2n + 3h (masks make a product of three columns as
/// much longer, and a selector adds one): so m = 3h rounded up to a power of two is enough (specs/30-proof-system.md
/// section 10 takes n/8, which is never less).
/// </remarks>
sealed class SurplusPoints
{
    /// <summary>The points for a class.</summary>
    public SurplusPoints(Profile profile, int heightLog2)
    {
        var least = Math.Max(1 << (heightLog2 / 2), Math.Max(Tile.Points, 3 * profile.MaskCoefficients));
        Count = (int)BitOperations.RoundUpToPowerOf2((uint)least);
        Check.That(Count <= 1 << heightLog2);

        // Outside the domain where two cosets are all there is; 9^(2n) differs from 3^(2n) because 3 has full order.
        AreOutside = profile.BlowupLog2 == 1;
        Shift = AreOutside
            ? KoalaBear.Generator * KoalaBear.Generator
            : CosetExtension.Point(heightLog2 + profile.BlowupLog2, 1);
    }

    /// <summary>m.</summary>
    public int Count { get; }

    /// <summary>c.</summary>
    public KoalaBear Shift { get; }

    /// <summary>True where the points are in no coset of the evaluation domain.</summary>
    public bool AreOutside { get; }
}
