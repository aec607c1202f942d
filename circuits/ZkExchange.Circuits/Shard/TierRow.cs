using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Shard;

/// <summary>One row of the tier table: how a value between Low and Low + Width counts.</summary>
/// <param name="Key">The key of a pledge; the asset of a debt.</param>
/// <param name="IsDebt">Debts count in full, negative, in one row an asset.</param>
/// <param name="Weight">The value of a smallest unit.</param>
/// <param name="Low">The lower end, below 2^180.</param>
/// <param name="Width">To the upper end, below 2^180.</param>
/// <param name="Base">What a value of Low counts for, in 10^-4; below 2^195.</param>
/// <param name="Ratio">What a unit above Low counts for, in 10^-4: 0 .. 10000, -10000 for a debt.</param>
public sealed record TierRow(
    uint Key, bool IsDebt, UInt128 Weight, BigInteger Low, BigInteger Width, BigInteger Base, int Ratio)
{
    /// <summary>2^180 - 1: no value is larger.</summary>
    public static BigInteger ValueMax { get; } = (BigInteger.One << (2 * Amount.Bits)) - 1;

    /// <summary>What is divided by to come from 10^-4 to whole values.</summary>
    public const int RatioUnit = 10_000;

    /// <summary>True if the row is for this value.</summary>
    public bool Covers(BigInteger value) => value >= Low && value <= Low + Width;

    /// <summary>What a value counts for in this row, in 10^-4.</summary>
    public BigInteger Counts(BigInteger value) => Base + Ratio * (value - Low);

    /// <summary>Writes the words of the message: key, kind, weight, low, width, base, ratio; canonical
    /// integers.</summary>
    internal void WriteWords(Span<uint> words)
    {
        words[0] = Key;
        words[1] = IsDebt ? 1u : 0;
        var at = TierTable.Content + 1;
        Limbs.Split(Weight, 10, words.Slice(at, ValueTable.TenLimbs));
        Limbs.Split(Low, 15, words.Slice(at += ValueTable.TenLimbs, ValueTable.ValueLimbs));
        Limbs.Split(Width, 15, words.Slice(at += ValueTable.ValueLimbs, ValueTable.ValueLimbs));
        Limbs.Split(Base, 15, words.Slice(at += ValueTable.ValueLimbs, ValueTable.BaseLimbs));
        words[at + ValueTable.BaseLimbs] = Fields.KoalaBear.From(Ratio).ToUInt32();
    }
}
