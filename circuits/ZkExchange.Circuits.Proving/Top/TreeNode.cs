using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Top;

/// <summary>A node that has been written.</summary>
sealed record TreeNode(NodeTotals Totals, NodeDigest Digest);
