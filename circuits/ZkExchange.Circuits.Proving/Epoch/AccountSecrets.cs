using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>What is derived for each account of a book.</summary>
/// <param name="Tags">Of id and nonce.</param>
/// <param name="Salts">Of the position.</param>
/// <param name="Leaves">Of tag, entries and salt.</param>
public sealed record AccountSecrets(NodeDigest[] Tags, Salt[] Salts, NodeDigest[] Leaves);
