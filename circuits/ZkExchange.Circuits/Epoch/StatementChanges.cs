using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Epoch;

/// <summary>What one statement lays down differently from another, books and prices apart.</summary>
static class StatementChanges
{
    public static IEnumerable<string> Of(Statement last, Statement next)
    {
        var old = last.Assets.Select((asset, index) => (asset, index))
            .ToDictionary(item => item.asset.Symbol, StringComparer.Ordinal);
        for (var i = 0; i < next.Assets.Count; i++)
        {
            var asset = next.Assets[i];
            if (!old.Remove(asset.Symbol, out var was))
            {
                yield return $"asset {asset.Symbol} is new";
                continue;
            }

            if (was.index != i) yield return $"asset {asset.Symbol} moves from place {was.index} to {i}";
            foreach (var change in Of(was.asset, asset)) yield return change;
            var (cap, capWas) = (CapOf(next, i), CapOf(last, was.index));
            if (cap != capWas) yield return $"netting cap of {asset.Symbol}: {capWas} becomes {cap}";
        }

        foreach (var gone in old.Keys.Order(StringComparer.Ordinal)) yield return $"asset {gone} is gone";
        for (var i = 0; i < Statement.Pools; i++)
        {
            if (Differ(last.PoolNames[i], next.PoolNames[i]))
                yield return $"pool {i + 1}: \"{last.PoolNames[i]}\" becomes \"{next.PoolNames[i]}\"";
        }

        if (Differ(last.ValueUnit, next.ValueUnit)) yield return $"unit: {last.ValueUnit} becomes {next.ValueUnit}";
        if (last.ValueScale != next.ValueScale) yield return $"scale: {last.ValueScale} becomes {next.ValueScale}";
        if (Differ(last.Signer ?? "none", next.Signer ?? "none"))
            yield return $"signer: {last.Signer ?? "none"} becomes {next.Signer ?? "none"}";
        if (Differ(last.Profile, next.Profile)) yield return $"profile: {last.Profile} becomes {next.Profile}";
        if (last.Keys != next.Keys) yield return "circuits";
        if (last.Reserves is null != next.Reserves is null)
            yield return next.Reserves is null ? "reserves are no longer stated" : "reserves are stated";
    }

    static IEnumerable<string> Of(AssetDefinition last, AssetDefinition next)
    {
        if (last.Class != next.Class) yield return $"class of {next.Symbol}: {last.Class} becomes {next.Class}";
        if (last.Decimals != next.Decimals)
            yield return $"decimals of {next.Symbol}: {last.Decimals} becomes {next.Decimals}";
        if (Differ(last.PriceSource, next.PriceSource))
            yield return $"price source of {next.Symbol}: {last.PriceSource} becomes {next.PriceSource}";
        if (!last.Tiers.SequenceEqual(next.Tiers)) yield return $"tiers of {next.Symbol}";
    }

    static UInt128? CapOf(Statement statement, int asset) => statement.Reserves?.Assets[asset].NettingCap;

    static bool Differ(string last, string next) => !string.Equals(last, next, StringComparison.Ordinal);
}
