// The hidden sums of a node (specs/40-statements.md section 3):
//
//   s_0 = [HSUM, level, accounts, A, blind0 .. blind3] ;  s_1 = Compress(s_0, badDebt in eight limbs of 30 bits)
//   s_{2+i} = Compress(s_{1+i}, [i, E0, E1, E2, D0, D1, D2, 0]) ;  S = s_{A+1}
//
// A path shows S, never what is in it; the blind is fresh for every node and epoch.

using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Commitments;

/// <summary>The digest S that hides the totals of a node.</summary>
public static class HiddenSums
{
    /// <summary>S of a node at a level, over valid totals.</summary>
    public static NodeDigest Of(int level, NodeTotals totals, in Salt blind)
    {
        Check.That(totals.IsValid);
        var state = Poseidon2.Compress(OpeningBlock(level, totals, blind), BadDebtBlock(totals.BadDebt));
        for (var i = 0; i < totals.Assets.Count; i++)
            state = Poseidon2.Compress(state, AssetBlock(i, totals.Assets[i]));
        return state;
    }

    /// <summary>[HSUM, level, accounts, A, blind0 .. blind3].</summary>
    public static NodeDigest OpeningBlock(int level, NodeTotals totals, in Salt blind)
    {
        Check.That(level is >= 0 and <= TreeShape.HeightMax);
        return new(
        [
            KoalaBear.From(HashDomain.HiddenSum), KoalaBear.From((uint)level), KoalaBear.From(totals.Accounts),
            KoalaBear.From((uint)totals.Assets.Count), blind.Word0, blind.Word1, blind.Word2, blind.Word3,
        ]);
    }

    /// <summary>[i, E0, E1, E2, D0, D1, D2, 0].</summary>
    static NodeDigest AssetBlock(int asset, AssetTotals totals) => NodeDigest.Of(
        (uint)asset,
        Amount.Word(totals.Equity, 0), Amount.Word(totals.Equity, 1), Amount.Word(totals.Equity, 2),
        Amount.Word(totals.Debt, 0), Amount.Word(totals.Debt, 1), Amount.Word(totals.Debt, 2));

    /// <summary>Eight limbs of 30 bits, the least significant first.</summary>
    public static NodeDigest BadDebtBlock(BigInteger badDebt)
    {
        Check.That(badDebt.Sign >= 0 && badDebt.GetBitLength() <= NodeTotals.BadDebtBits);
        Span<uint> limbs = stackalloc uint[NodeDigest.Length];
        for (var i = 0; i < limbs.Length; i++)
            limbs[i] = (uint)((badDebt >> (Amount.WordBits * i)) & ((1 << Amount.WordBits) - 1));
        return NodeDigest.Of(limbs);
    }
}
