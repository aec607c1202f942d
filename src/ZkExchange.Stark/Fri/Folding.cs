// One fold (specs/30-proof-system.md section 9, step 5). A codeword u of a points u_0 .. u_(a-1) over one point of the
// next domain is split into a polynomials of the a-th power and these are joined with powers of beta:
//
//   U_m = 1/a sum_k w_a^(-m k) u_k        result = sum_m (beta / y)^m U_m,   y = w_N^j, the point of member 0

using ZkExchange.Fields;

namespace ZkExchange.Stark.Fri;

/// <summary>The definition of a fold, for both sides; the prover's lanes are tested against it.</summary>
public static class Folding
{
    // Powers of the roots of order 2, 4, 8, inverted.
    static readonly KoalaBear[][] s_inverseRoots = [[KoalaBear.One], Roots(1), Roots(2), Roots(3)];

    static readonly KoalaBear[] s_inverseArity =
        [KoalaBear.One, KoalaBear.From(2).Inverse(), KoalaBear.From(4).Inverse(), KoalaBear.From(8).Inverse()];

    /// <summary>The value after the fold at leaf j.</summary>
    /// <param name="members">The a = 2, 4 or 8 members of the leaf, in order.</param>
    /// <param name="ratio">beta / w_N^j, with N the points of the layer and j the index of the leaf.</param>
    public static Quintic Fold(ReadOnlySpan<Quintic> members, Quintic ratio)
    {
        var arityLog2 = System.Numerics.BitOperations.Log2((uint)members.Length);
        Check.That(members.Length == 1 << arityLog2 && arityLog2 is >= 1 and <= Profile.FoldArityLog2Max);

        var roots = s_inverseRoots[arityLog2];
        var result = Quintic.Zero;
        for (var m = members.Length - 1; m >= 0; m--)
        {
            var part = members[0];
            for (var k = 1; k < members.Length; k++) part += members[k] * roots[m * k % members.Length];
            result = result * ratio + part;
        }

        return result * s_inverseArity[arityLog2];
    }

    static KoalaBear[] Roots(int log2)
    {
        var inverse = KoalaBear.RootOfUnity(log2).Inverse();
        var roots = new KoalaBear[1 << log2];
        for (var k = 0; k < roots.Length; k++) roots[k] = inverse.Power((ulong)k);
        return roots;
    }
}
