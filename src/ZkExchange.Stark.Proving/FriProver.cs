// The low-degree test from the prover's side (specs/30-proof-system.md section 9, step 5). A layer is five planes, one
// for each coordinate, in the order of the natural index: what is folded together then lies at one distance.
//
// A fold by a = 2^A with beta is A folds by two with beta, beta^2, beta^4:
//
//   u'[j] = (u[j] + u[j + N/2]) / 2 + beta (u[j] - u[j + N/2]) / (2 y),   y = w_N^j

using ZkExchange.Fields;
using ZkExchange.Stark.Fri;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Stark.Proving;

/// <summary>Folding of layers.</summary>
static unsafe class FriProver
{
    /// <summary>The leaves of a layer: u[j], u[j + N/a], .., five words each.</summary>
    public static Matrix Leaves(Matrix planes, FriLayer layer, Work work)
    {
        var leaves = new Matrix(1L << layer.LeavesLog2, layer.Arity * Quintic.Degree);
        var padded = leaves.Stride;
        var group = leaves.BlockRows < Matrix.Lanes ? 1 : Matrix.Lanes;      // rows that lie one stride apart
        work.Ranges(leaves.Rows, 256, (from, to) =>
        {
            // Words behind a row repeat its last one; nobody reads them.
            var sources = stackalloc uint*[padded];
            for (var word = 0; word < padded; word++)
            {
                var (member, coordinate) = Math.DivRem(Math.Min(word, leaves.Columns - 1), Quintic.Degree);
                sources[word] = planes.Pointer(coordinate) + ((long)member << layer.LeavesLog2);
            }

            for (var leaf = from; leaf < to; leaf += group)
            {
                var target = leaves.Pointer(leaf);
                for (var word = 0; word < padded && group > 1; word += Matrix.Lanes)
                    TileMath.Transpose(sources + word, (int)leaf, target + word, padded);
                for (var word = 0; word < leaves.Columns && group == 1; word++) target[word] = sources[word][leaf];
            }
        });
        return leaves;
    }

    /// <summary>The layer after a fold by 2^<paramref name="arityLog2"/>.</summary>
    public static Matrix Fold(Matrix layer, int domainLog2, int arityLog2, Quintic beta, Work work)
    {
        var current = layer;
        for (var k = 0; k < arityLog2; k++, beta *= beta)
        {
            var folded = Halve(current, domainLog2 - k, beta, work);
            if (current != layer) current.Dispose();
            current = folded;
        }

        return current;
    }

    /// <summary>layer += factor codeword.</summary>
    public static void Enter(Matrix layer, Matrix codeword, Quintic factor, Work work)
    {
        Check.That(layer.Columns == codeword.Columns);
        var weights = Weights(factor);
        work.Ranges(layer.Columns, Tile.Points, (from, to) =>
        {
            var terms = stackalloc uint*[Quintic.Degree];
            for (var k = 0; k < Quintic.Degree; k++) terms[k] = codeword.Pointer(k) + from;
            fixed (uint* w = weights)
            {
                TileMath.Dot(layer.Pointer(0) + from, layer.Stride, terms, Quintic.Degree, w, (int)(to - from));
            }
        });
    }

    /// <summary>The coefficients of the last layer; those above the final polynomial are zero for honest
    /// layers.</summary>
    public static Quintic[] Interpolate(Matrix layer)
    {
        var coordinates = new KoalaBear[Quintic.Degree][];
        for (var c = 0; c < Quintic.Degree; c++)
        {
            coordinates[c] = layer.Row(c).ToArray();
            Ntt.Inverse(coordinates[c]);
        }

        var coefficients = new Quintic[Profile.FinalCoefficients];
        for (var k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] = new(
                coordinates[0][k], coordinates[1][k], coordinates[2][k], coordinates[3][k], coordinates[4][k]);
        }

        return coefficients;
    }

    static Matrix Halve(Matrix layer, int domainLog2, Quintic beta, Work work)
    {
        var half = layer.Columns / 2;
        var result = new Matrix(Quintic.Degree, half);
        var weights = Weights(beta);
        var ratio = KoalaBear.RootOfUnity(domainLog2).Inverse();
        var two = KoalaBear.From(2).Inverse();
        work.Ranges(half, Math.Min(half, Tile.Points), () => new Tile(Quintic.Degree + 1), (tile, from, to) =>
        {
            var terms = stackalloc uint*[Quintic.Degree];
            for (var k = 0; k < Quintic.Degree; k++) terms[k] = tile[k];
            var power = tile[Quintic.Degree];
            var count = (int)Math.Min(half, Tile.Points);
            for (var j = from; j < to; j += count)
            {
                PointPlanes.Powers(power, two * ratio.Power((ulong)j), ratio, count);
                for (var c = 0; c < Quintic.Degree; c++)
                {
                    var (left, right) = ((nint)(layer.Pointer(c) + j), (nint)(layer.Pointer(c) + half + j));
                    var target = result.Pointer(c) + j;
                    TileMath.Subtract(terms[c], (uint*)left, (uint*)right, count);
                    TileMath.Multiply(terms[c], terms[c], power, count);
                    TileMath.Add(target, (uint*)left, (uint*)right, count);
                    TileMath.MultiplyConstant(target, target, two.Residue, count);
                }

                fixed (uint* w = weights)
                {
                    TileMath.Dot(result.Pointer(0) + j, result.Stride, terms, Quintic.Degree, w, count);
                }
            }
        }, tile => tile.Dispose());
        return result;
    }

    /// <summary>beta X^k for a product with five planes.</summary>
    static uint[] Weights(Quintic beta)
    {
        var words = new uint[Quintic.Degree * Quintic.Degree];
        for (var k = 0; k < Quintic.Degree; k++, beta *= Quintic.X)
        {
            for (var c = 0; c < Quintic.Degree; c++) words[k * Quintic.Degree + c] = beta[c].Residue;
        }

        return words;
    }
}
