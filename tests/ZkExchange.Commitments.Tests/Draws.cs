using FsCheck;
using FsCheck.Fluent;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests;

/// <summary>What the laws are tried on; edges one time in four.</summary>
static class Draws
{
    /// <summary>A canonical word of the field.</summary>
    public static Gen<uint> Word { get; } = Gen.Frequency(
        (1, Gen.Elements(0u, 1u, KoalaBear.Modulus - 1, (KoalaBear.Modulus - 1) / 2, 1u << 30)),
        (3, Gen.Choose(0, (int)(KoalaBear.Modulus - 1)).Select(word => (uint)word)));

    /// <summary>An amount.</summary>
    public static Gen<UInt128> Value { get; } = Gen.Frequency(
        (1, Gen.Elements(UInt128.Zero, UInt128.One, Amount.Limit - 1, (UInt128)1 << 60, ((UInt128)1 << 30) - 1)),
        (3, Gen.Choose(0, int.MaxValue).Three().Select(t =>
            (((UInt128)(uint)t.Item1 << 60) | ((UInt128)(uint)t.Item2 << 30) | (uint)t.Item3) % Amount.Limit)));
}
