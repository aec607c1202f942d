using ZkExchange.Commitments;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Epoch;

/// <summary>The circuits that a verifier holds for an epoch, and what a statement claims of each.</summary>
/// <param name="Shard">The key of the shard circuit.</param>
/// <param name="Top">The key of the top circuit.</param>
/// <param name="ShardClaim">The claim of shard s, from the statement alone.</param>
/// <param name="TopClaim">The claim of the top, from the statement alone.</param>
public sealed record EpochCircuits(
    VerifyingKey Shard,
    VerifyingKey Top,
    Func<Statement, int, Claim> ShardClaim,
    Func<Statement, Claim> TopClaim);
