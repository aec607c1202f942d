// Every rule of specs/40-statements.md section 5 that a statement can be held to by itself.

using System.Globalization;
using System.Numerics;

namespace ZkExchange.Commitments;

static class StatementRules
{
    /// <summary>Values, amount times weight, are below 2^180.</summary>
    public const int ValueBits = 180;

    /// <summary>Tables of a circuit.</summary>
    public const int TablesMax = 255;

    /// <summary>Assets times pools with keys: two keys of an account are compared by one fifteen-bit limb
    /// (specs/41-circuits.md section 6).</summary>
    public const int KeysMax = 1 << 15;

    /// <summary>Tiers of all assets together: a verifier computes a row of public words for each.</summary>
    public const int TiersMax = 1 << 16;

    /// <summary>Ratios, shortfalls and bad debt are in 10^-4.</summary>
    public const int RatioOne = 10000;

    const int DecimalsMax = 30;
    const int ValueScaleMax = 60;
    const byte AbsentTable = 255;
    const int TableHeightMax = 24;

    static readonly BigInteger s_fieldP256 = BigInteger.Parse(
        "0ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    static readonly BigInteger s_curveB = BigInteger.Parse(
        "05ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static Refusal Check(Statement statement)
    {
        if (statement.ShardNodes.Count is 0 or > TreeShape.ShardsMax) return new(DocumentRule.ShardCount, "shardNodes");
        if (!statement.Tree.IsValid) return new(DocumentRule.TreeHeight, "shardHeight");
        if (statement.Accounts < 1 || statement.Accounts > statement.Tree.Positions)
            return new(DocumentRule.Accounts, "accounts");

        var refusal = CheckText(statement);
        if (!refusal.IsRefused) refusal = CheckAssets(statement);
        if (!refusal.IsRefused) refusal = CheckReserves(statement);
        if (!refusal.IsRefused) refusal = CheckDisclosed(statement);
        if (!refusal.IsRefused) refusal = CheckShape(statement.ShardShape, "shardShape");
        if (!refusal.IsRefused) refusal = CheckShape(statement.TopShape, "topShape");
        return refusal;
    }

    static Refusal CheckText(Statement statement)
    {
        if (statement.Beacon is { } beacon && !CanonicalText.IsFreeText(beacon.Source))
            return new(DocumentRule.FreeText, "beacon.source");
        if (!CanonicalText.IsFreeText(statement.Exchange, CanonicalText.ExchangeNameMax))
            return new(DocumentRule.FreeText, "exchange");
        if (statement.PoolNames.Count != Statement.Pools) return new(DocumentRule.Pools, "pools");
        for (var i = 0; i < Statement.Pools; i++)
        {
            if (statement.PoolNames[i].Length > 0 && !CanonicalText.IsFreeText(statement.PoolNames[i]))
                return new(DocumentRule.FreeText, $"pools[{i}]");
        }

        if (!CanonicalText.IsName(statement.Profile)) return new(DocumentRule.Name, "profile");
        if (statement.Signer is { } signer && !IsPoint(signer)) return new(DocumentRule.Signer, "signer");
        if (!CanonicalText.IsTime(statement.Snapshot)) return new(DocumentRule.Time, "snapshot");
        if (statement.Supersedes is { IsZero: true }) return new(DocumentRule.Supersedes, "supersedes");
        if (statement.Supersedes is { } superseded && superseded == statement.Previous)
            return new(DocumentRule.Supersedes, "supersedes");
        if (statement.ValueScale is < 0 or > ValueScaleMax) return new(DocumentRule.ValueScale, "valueScale");
        return CanonicalText.IsFreeText(statement.ValueUnit) ? default : new(DocumentRule.FreeText, "valueUnit");
    }

    static Refusal CheckAssets(Statement statement)
    {
        if (statement.Assets.Count is 0 or > EntryKey.AssetsMax) return new(DocumentRule.AssetCount, "assets");
        var pools = 1 + statement.PoolNames.Count(name => name.Length > 0);
        if (statement.Assets.Count * pools > KeysMax) return new(DocumentRule.KeyCount, "assets");
        if (statement.Assets.Sum(asset => (long)asset.Tiers.Count) > TiersMax)
            return new(DocumentRule.TierCount, "assets");

        var symbols = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < statement.Assets.Count; i++)
        {
            var asset = statement.Assets[i];
            var where = $"assets[{i}]";
            if (asset.Decimals is < 0 or > DecimalsMax) return new(DocumentRule.Decimals, where + ".decimals");
            if (!CanonicalText.IsFreeText(asset.PriceSource)) return new(DocumentRule.FreeText, where + ".priceSource");
            if (!CanonicalText.IsTime(asset.PriceTime)) return new(DocumentRule.Time, where + ".priceTime");
            if (!CanonicalText.IsName(asset.Symbol)) return new(DocumentRule.Name, where + ".symbol");
            if (!symbols.Add(asset.Symbol)) return new(DocumentRule.SymbolRepeated, where + ".symbol");
            var refusal = CheckTiers(asset.Tiers, statement.PoolNames, where + ".tiers");
            if (refusal.IsRefused) return refusal;
            if (asset.Weight < 1 || !Amount.IsValid(asset.Weight)) return new(DocumentRule.Weight, where + ".weight");
        }

        return default;
    }

    static Refusal CheckTiers(IReadOnlyList<Tier> tiers, IReadOnlyList<string> pools, string where)
    {
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            if (tier.Pool is < 1 or > EntryKey.PoolMax || pools[tier.Pool - 1].Length == 0)
                return new(DocumentRule.TierPool, $"{where}[{i}].pool");
            if (tier.Ratio is < 0 or > RatioOne) return new(DocumentRule.TierRatio, $"{where}[{i}].ratio");
            if (tier.UpTo.Sign < 1 || tier.UpTo.GetBitLength() > ValueBits)
                return new(DocumentRule.TierUpTo, $"{where}[{i}].upTo");
            if (i == 0) continue;
            var before = tiers[i - 1];
            if (tier.Pool < before.Pool || (tier.Pool == before.Pool && tier.UpTo <= before.UpTo))
                return new(DocumentRule.TierOrder, $"{where}[{i}]");
            if (tier.Pool == before.Pool && tier.Ratio > before.Ratio)
                return new(DocumentRule.TierRises, $"{where}[{i}].ratio");
        }

        return default;
    }

    static Refusal CheckReserves(Statement statement)
    {
        if (statement.Reserves is not { } reserves) return default;
        if (reserves.Assets.Count != statement.Assets.Count) return new(DocumentRule.ReserveCount, "reserves.assets");
        for (var i = 0; i < reserves.Assets.Count; i++)
        {
            var (amount, insurance, cap) = reserves.Assets[i];
            if (!Amount.IsValid(amount) || !Amount.IsValid(insurance) || !Amount.IsValid(cap))
                return new(DocumentRule.Amount, $"reserves.assets[{i}]");
            if (insurance > amount) return new(DocumentRule.Insurance, $"reserves.assets[{i}].insurance");
        }

        return CanonicalText.IsTime(reserves.Time) ? default : new(DocumentRule.Time, "reserves.time");
    }

    // What section 4 f says of the totals, where they are public.
    static Refusal CheckDisclosed(Statement statement)
    {
        if (statement.Disclosed is not { } disclosed) return default;
        if (disclosed.Totals.Count != statement.Assets.Count) return new(DocumentRule.Disclosed, "disclosed.totals");
        if (disclosed.BadDebt.Sign < 0 || disclosed.BadDebt.GetBitLength() > NodeTotals.BadDebtBits)
            return new(DocumentRule.Disclosed, "disclosed.badDebt");

        var funds = BigInteger.Zero;
        for (var i = 0; i < disclosed.Totals.Count; i++)
        {
            var (equity, debt) = disclosed.Totals[i];
            if (!Amount.IsValid(equity) || !Amount.IsValid(debt))
                return new(DocumentRule.Amount, $"disclosed.totals[{i}]");
            var (amount, insurance, cap) = statement.ReserveOf(i);
            if (equity + insurance > amount + debt || equity + insurance > amount + cap)
                return new(DocumentRule.TotalsExceedReserves, $"disclosed.totals[{i}]");
            funds += (BigInteger)insurance * statement.Assets[i].Weight;
        }

        return statement.Reserves is null || disclosed.BadDebt <= RatioOne * funds
            ? default
            : new(DocumentRule.BadDebtUncovered, "disclosed.badDebt");
    }

    static Refusal CheckShape(IReadOnlyList<byte> shape, string where)
    {
        if (shape.Count is 0 or > TablesMax) return new(DocumentRule.Shape, where);
        for (var i = 0; i < shape.Count; i++)
        {
            if (shape[i] is > TableHeightMax and not AbsentTable) return new(DocumentRule.Shape, $"{where}[{i}]");
        }

        return default;
    }

    // 04, x, y with y^2 = x^3 - 3 x + b over P-256 (FIPS 186-5, SP 800-186).
    static bool IsPoint(string hex)
    {
        Span<byte> bytes = stackalloc byte[65];
        if (!Hex.TryDecode(hex, bytes) || bytes[0] != 4) return false;
        var x = new BigInteger(bytes[1..33], isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(bytes[33..], isUnsigned: true, isBigEndian: true);
        return x < s_fieldP256 && y < s_fieldP256
            && ((y * y) - (x * x * x) + (3 * x) - s_curveB) % s_fieldP256 == 0;
    }
}
