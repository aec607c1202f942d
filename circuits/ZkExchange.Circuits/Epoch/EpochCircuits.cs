using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Epoch;

/// <summary>The circuits that a verifier holds for an epoch, and what a statement claims of each.</summary>
/// <param name="Shard">The key of the shard circuit.</param>
/// <param name="Top">The key of the top circuit.</param>
/// <param name="ShardClaims">The claim of each shard s, from the statement alone.</param>
/// <param name="TopClaim">The claim of the top, from the statement alone.</param>
public sealed record EpochCircuits(
    VerifyingKey Shard,
    VerifyingKey Top,
    Func<Statement, Func<int, Claim>> ShardClaims,
    Func<Statement, Claim> TopClaim)
{
    /// <summary>Those of this version: what zkexchange-statement-v1 stands for.</summary>
    public static EpochCircuits Standard { get; } =
        new(ShardCircuit.Key, TopCircuit.Key, ShardClaimsOf, Circuits.Top.TopClaim.Of);

    // The public tables are equal for all shards: made once.
    static Func<int, Claim> ShardClaimsOf(Statement statement)
    {
        var tables = ShardTables.Of(statement.Assets, statement.PoolNames);
        return shard => ShardClaim.Of(statement, shard, tables);
    }
}
