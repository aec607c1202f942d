using System.Numerics;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>An account of a shard.</summary>
/// <param name="Position">0 .. 2^g - 1 inside the shard, no two alike.</param>
/// <param name="Tag">Of the customer.</param>
/// <param name="Salt">Fresh for this epoch.</param>
/// <param name="Entries">At least one, keys strictly ascending, debts under keys of pool 0.</param>
/// <param name="BadDebt">What is declared as lost, in 10^-4 of a value: at least the shortfall.</param>
public sealed record ShardAccount(
    int Position, NodeDigest Tag, Salt Salt, AccountEntry[] Entries, BigInteger BadDebt = default);

/// <summary>What only the exchange knows about a shard.</summary>
/// <param name="Height">g.</param>
/// <param name="Accounts">In any order.</param>
/// <param name="Blind">Of the shard's hidden sums.</param>
public sealed record ShardWitness(int Height, IReadOnlyList<ShardAccount> Accounts, Salt Blind);
