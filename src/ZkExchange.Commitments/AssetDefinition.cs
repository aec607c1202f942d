namespace ZkExchange.Commitments;

/// <summary>One asset of the statement's table (specs/40-statements.md sections 1 and 5).</summary>
/// <param name="Symbol">1 .. 32 characters of A-Z a-z 0-9 . _ -; unique without regard to case.</param>
/// <param name="Class">What it is.</param>
/// <param name="Decimals">0 .. 30: the smallest unit is 10^-decimals of a whole coin.</param>
/// <param name="Weight">1 .. 2^90 - 1: the value of a smallest unit on the scale common to all assets.</param>
/// <param name="PriceSource">Where the price comes from.</param>
/// <param name="PriceTime">When it was taken, YYYY-MM-DDTHH:MM:SSZ.</param>
/// <param name="Tiers">Ascending by (pool, upTo).</param>
public sealed record AssetDefinition(
    string Symbol,
    AssetClass Class,
    int Decimals,
    UInt128 Weight,
    string PriceSource,
    string PriceTime,
    IReadOnlyList<Tier> Tiers);
