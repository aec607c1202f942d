using System.Numerics;

namespace ZkExchange.Commitments;

/// <summary>One haircut tier of an asset in a pool.</summary>
/// <param name="Pool">1 .. 7.</param>
/// <param name="UpTo">The value at which the tier ends: 1 .. 2^180 - 1; the tier begins where the one before it ends.
/// </param>
/// <param name="Ratio">The part of the value that counts, in 1/10000; 0 .. 10000, not rising inside a pool.</param>
public readonly record struct Tier(int Pool, BigInteger UpTo, int Ratio);
