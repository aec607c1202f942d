using System.Numerics;

namespace ZkExchange.Commitments;

/// <summary>Whether an epoch is one to rely on.</summary>
public enum ExchangeEnvironment : byte
{
    Test = 0,
    Production = 1,
}

/// <summary>A public random value from which the snapshot time was drawn.</summary>
/// <param name="Round">Its number at the source.</param>
/// <param name="Source">Free text.</param>
/// <param name="Value">The value itself.</param>
public sealed record Beacon(long Round, string Source, FileDigest Value);

/// <summary>The totals, where the exchange discloses them.</summary>
/// <param name="BadDebt">In 10^-4 of a value, below 2^240.</param>
/// <param name="Totals">In asset order.</param>
public sealed record DisclosedTotals(BigInteger BadDebt, IReadOnlyList<AssetTotals> Totals);

/// <summary>Input rows that the exchange left out as invalid.</summary>
/// <param name="Commitment">HMAC-SHA-256 of the file of these rows under a key of 32 random bytes.</param>
/// <param name="Rows">How many.</param>
public sealed record ExcludedRows(FileDigest Commitment, long Rows);

/// <summary>What is set against the liabilities.</summary>
/// <param name="Assets">In asset order.</param>
/// <param name="Report">SHA-256 of reserves.json.</param>
/// <param name="Time">When the reserves were counted.</param>
public sealed record ReserveStatement(IReadOnlyList<ReserveAmounts> Assets, FileDigest Report, string Time);

/// <summary>Hashes of the verifying keys of the two circuits; compared with the verifier's own.</summary>
public sealed record CircuitKeys(FileDigest Shard, FileDigest Top);
