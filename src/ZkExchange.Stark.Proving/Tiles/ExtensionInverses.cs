// Inverses of x - z for many x in F and one z in E without an inversion in E: with mu the minimal polynomial of z,
//
//   1 / (x - z) = q(x) / mu(x),   q(x) = mu(x) / (x - z), of degree four with coefficients in E
//
// and mu(x) lies in F. mu has no root in F because z is not in F and five is a prime.

using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving.Tiles;

/// <summary>1 / (x - z) at points of F.</summary>
sealed unsafe class ExtensionInverses
{
    /// <summary>Words of work space for <see cref="Evaluate"/> at one batch of points.</summary>
    public const int WorkWords = Quintic.Degree * TileInversion.Points + TileInversion.BaseWords;

    readonly KoalaBear[] _minimal = new KoalaBear[Quintic.Degree + 1];
    readonly uint[] _quotient = new uint[Quintic.Degree * Quintic.Degree];

    /// <param name="z">Outside the base field.</param>
    public ExtensionInverses(Quintic z)
    {
        Check.That(!z.IsBase);

        // mu = prod (x - z^(p^k)), lowest coefficient first.
        var product = new Quintic[Quintic.Degree + 1];
        product[0] = Quintic.One;
        var conjugate = z;
        for (var k = 0; k < Quintic.Degree; k++, conjugate = conjugate.Frobenius())
        {
            for (var i = k + 1; i > 0; i--) product[i] = product[i - 1] - conjugate * product[i];
            product[0] = -conjugate * product[0];
        }

        for (var k = 0; k <= Quintic.Degree; k++)
        {
            Check.That(product[k].IsBase);
            _minimal[k] = product[k].C0;
        }

        // Division by x - z, from the top.
        var coefficient = Quintic.One;
        for (var k = Quintic.Degree - 1; k >= 0; k--)
        {
            for (var c = 0; c < Quintic.Degree; c++) _quotient[k * Quintic.Degree + c] = coefficient[c].Residue;
            coefficient = coefficient * z + Quintic.From(_minimal[k]);
        }

        Check.That(coefficient == Quintic.Zero);
    }

    /// <summary>Writes the inverses.</summary>
    /// <param name="inverses">Receives five planes.</param>
    /// <param name="stride">Words from plane to plane.</param>
    /// <param name="x">Points of F.</param>
    /// <param name="count">A power of two, 16 .. <see cref="TileInversion.Points"/>.</param>
    /// <param name="work"><see cref="WorkWords"/> words.</param>
    public void Evaluate(uint* inverses, int stride, uint* x, int count, uint* work)
    {
        // powers[k] = x^k / mu(x)
        var powers = stackalloc uint*[Quintic.Degree];
        for (var k = 0; k < Quintic.Degree; k++) powers[k] = work + k * TileInversion.Points;

        var norm = powers[0];
        TileMath.AddConstant(norm, x, _minimal[Quintic.Degree - 1].Residue, count);
        for (var k = Quintic.Degree - 2; k >= 0; k--)
        {
            TileMath.Multiply(norm, norm, x, count);
            TileMath.AddConstant(norm, norm, _minimal[k].Residue, count);
        }

        TileInversion.Base(norm, count, work + Quintic.Degree * TileInversion.Points);
        for (var k = 1; k < Quintic.Degree; k++) TileMath.Multiply(powers[k], powers[k - 1], x, count);

        for (var c = 0; c < Quintic.Degree; c++) TileMath.Fill(inverses + c * stride, 0, count);
        fixed (uint* quotient = _quotient)
        {
            TileMath.Dot(inverses, stride, powers, Quintic.Degree, quotient, count);
        }
    }
}
