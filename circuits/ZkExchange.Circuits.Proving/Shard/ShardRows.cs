namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>How many rows a shard has, as far as its accounts decide; the statement decides the rest.</summary>
/// <param name="Blocks">Of all accounts: rows of two items each.</param>
/// <param name="Height">g: the plain tree has 2^g positions.</param>
/// <param name="Sums">Blocks of sums.</param>
/// <param name="Values">Two for each valued amount and one for each declaration of bad debt.</param>
public readonly record struct ShardRows(long Blocks, int Height, long Sums, long Values);
