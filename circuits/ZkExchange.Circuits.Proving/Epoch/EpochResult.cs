using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>An epoch that is proven and written.</summary>
/// <param name="Statement">What was proven.</param>
/// <param name="ShardProofBytes">The length of each shard's proof.</param>
/// <param name="TopProofBytes">The length of the top's.</param>
public sealed record EpochResult(Statement Statement, IReadOnlyList<int> ShardProofBytes, int TopProofBytes)
{
    /// <summary>All proofs.</summary>
    public long ProofBytes => ShardProofBytes.Sum(bytes => (long)bytes) + TopProofBytes;
}
