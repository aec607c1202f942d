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
sealed unsafe class SurplusPoints
{
    readonly int _heightLog2;

    /// <summary>The points for a class.</summary>
    public SurplusPoints(Profile profile, int heightLog2)
    {
        _heightLog2 = heightLog2;
        Count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Tile.Points, 3 * profile.MaskCoefficients));
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

    /// <summary>Values of polynomials at the points, or at g times the points.</summary>
    /// <param name="low">n rows of coefficients.</param>
    /// <param name="high">Coefficients of x^n and above, at most m rows.</param>
    /// <param name="ahead">1: at g times the points.</param>
    /// <param name="work">Threads.</param>
    public Matrix Evaluate(Matrix low, Matrix high, int ahead, Work work)
    {
        Check.That(high.Rows <= Count);
        var shift = ahead == 0 ? Shift : Shift * KoalaBear.RootOfUnity(_heightLog2);
        var power = shift.Power((ulong)Count).Residue;

        // Modulo x^m - shift^m first, then a transform of m points; that one starts at 3.
        var ratio = shift * KoalaBear.Generator.Inverse();
        using var residues = new Matrix(Count, low.Columns);
        work.Ranges(Count, 16, (from, to) =>
        {
            for (var k = from; k < to; k++)
            {
                var sum = residues.Pointer(k);
                var words = low.Stride;
                if (k < high.Rows) Buffer.MemoryCopy(high.Pointer(k), sum, words * 4L, words * 4L);
                for (var row = low.Rows - Count + k; row >= 0; row -= Count)
                {
                    TileMath.MultiplyConstant(sum, sum, power, words);
                    TileMath.Add(sum, sum, low.Pointer(row), words);
                }

                TileMath.MultiplyConstant(sum, sum, ratio.Power((ulong)k).Residue, words);
            }
        });

        using var values = CosetExtension.Evaluate(residues, null, 0, work.Threads);
        var result = new Matrix(Count, low.Columns);
        for (var i = 0L; i < Count; i++)
            Buffer.MemoryCopy(values.Storage.Pointer(i), result.Pointer(i), low.Stride * 4L, low.Stride * 4L);

        return result;
    }
}
