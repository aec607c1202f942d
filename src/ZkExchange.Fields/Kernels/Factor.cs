namespace ZkExchange.Fields.Kernels;

/// <summary>A constant factor as the kernels of transforms want it.</summary>
/// <param name="Word">The canonical integer w, 0 .. p - 1.</param>
/// <param name="Quotient">floor(w 2^32 / p).</param>
readonly record struct Factor(uint Word, uint Quotient)
{
    /// <summary>The factor of an element. w 2^32 - residue is a multiple of p, so the quotient is -residue / p mod
    /// 2^32.</summary>
    public static Factor Of(KoalaBear value) =>
        new(value.ToUInt32(), unchecked(0 - value.Residue * KoalaBear.ModulusInverse));

    /// <summary>word * w mod p; any word.</summary>
    public uint Times(uint word)
    {
        var multiple = (uint)((ulong)word * Quotient >> 32);
        var rest = word * Word - multiple * KoalaBear.Modulus;               // < 2p
        return Math.Min(rest, rest - KoalaBear.Modulus);
    }
}
