using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Parts;

/// <summary>Blocks of hashes from integers that may be out of range: the constraints, not the writer, refuse those.
/// </summary>
static class Words
{
    /// <summary>Words of 30 bits, modulo 2^(30 * count).</summary>
    public static uint[] Of(BigInteger value, int count)
    {
        var words = new uint[count];
        Limbs.Wrap(value, Amount.WordBits, words);
        return words;
    }

    /// <summary>[i, E0, E1, E2, D0, D1, D2, 0].</summary>
    public static NodeDigest AssetBlock(int index, AssetTotals totals) =>
        Block([(uint)index, .. Of(totals.Equity, Amount.Words), .. Of(totals.Debt, Amount.Words)]);

    /// <summary>Up to eight canonical integers, the rest zero.</summary>
    public static NodeDigest Block(ReadOnlySpan<uint> words) => NodeDigest.Of(words);
}
