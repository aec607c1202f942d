using System.Numerics;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Parts;

/// <summary>Integers in limbs, the least significant first.</summary>
static class Limbs
{
    /// <summary>Splits a non-negative integer; what does not fit into the limbs breaks a check.</summary>
    public static void Split(BigInteger value, int bits, Span<uint> limbs)
    {
        Check.That(value.Sign >= 0 && value.GetBitLength() <= bits * limbs.Length);
        Wrap(value, bits, limbs);
    }

    /// <summary>Splits an integer modulo 2^(bits * limbs).</summary>
    public static void Wrap(BigInteger value, int bits, Span<uint> limbs)
    {
        var mask = (BigInteger.One << bits) - 1;
        for (var i = 0; i < limbs.Length; i++, value >>= bits) limbs[i] = (uint)(value & mask);
    }
}
