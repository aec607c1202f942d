// The order of statement.json, twice: read and written. Fields ascend by byte.

namespace ZkExchange.Commitments;

static class StatementFormat
{
    const int ClassNameMax = 16;
    const int SignerDigits = 130;

    static readonly string[] s_classes = ["native", "stable", "wrapped", "staked", "own", "fiat", "other"];
    static readonly string[] s_environments = ["test", "production"];

    /// <summary>The name of a class in documents.</summary>
    public static string NameOf(AssetClass assetClass) => s_classes[(int)assetClass];

    /// <summary>The name of an environment in documents.</summary>
    public static string NameOf(ExchangeEnvironment environment) => s_environments[(int)environment];

    /// <summary>Reads the fields; the braces around them are the caller's.</summary>
    public static Statement ReadFields(ref CanonicalReader reader)
    {
        var accounts = reader.Integer("accounts");
        var assets = ReadAssets(ref reader, "assets");
        var beacon = ReadBeacon(ref reader, "beacon");
        var disclosed = ReadDisclosed(ref reader, "disclosed");
        var environment = ReadEnvironment(ref reader);
        var epoch = reader.Integer("epoch");
        var exchange = reader.Text("exchange", CanonicalText.ExchangeNameMax);
        var excluded = ReadExcluded(ref reader, "excluded");
        ReadFormat(ref reader, Statement.Format);
        var pools = ReadPools(ref reader, "pools");
        var previous = reader.Hash("previous");
        var profile = reader.Text("profile", CanonicalText.NameMax);
        var reserves = ReadReserves(ref reader, "reserves");
        var root = reader.Digest("root");
        ReadSettlement(ref reader);
        var shardHeight = reader.Int32("shardHeight");
        var shardNodes = ReadShardNodes(ref reader, "shardNodes");
        var shardShape = ReadShape(ref reader, "shardShape");
        var signer = reader.TryNull("signer") ? null : reader.Text(null, SignerDigits);
        var snapshot = reader.Text("snapshot", CanonicalText.FreeTextMax);
        FileDigest? supersedes = reader.TryNull("supersedes") ? null : reader.Hash(null);
        var topShape = ReadShape(ref reader, "topShape");
        var valueScale = reader.Int32("valueScale");
        var valueUnit = reader.Text("valueUnit", CanonicalText.FreeTextMax);
        var keys = ReadKeys(ref reader, "vk");
        return new()
        {
            Accounts = accounts,
            Assets = assets,
            Beacon = beacon,
            Disclosed = disclosed,
            Environment = environment,
            Epoch = epoch,
            Exchange = exchange,
            Excluded = excluded,
            PoolNames = pools,
            Previous = previous,
            Profile = profile,
            Reserves = reserves,
            Root = root,
            ShardHeight = shardHeight,
            ShardNodes = shardNodes,
            ShardShape = shardShape,
            Signer = signer,
            Snapshot = snapshot,
            Supersedes = supersedes,
            TopShape = topShape,
            ValueScale = valueScale,
            ValueUnit = valueUnit,
            Keys = keys,
        };
    }

    public static void Write(Statement statement, CanonicalWriter writer)
    {
        writer.BeginObject();
        writer.Field("accounts").Integer(statement.Accounts);
        WriteAssets(statement.Assets, writer.Field("assets"));
        WriteBeacon(statement.Beacon, writer.Field("beacon"));
        WriteDisclosed(statement.Disclosed, writer.Field("disclosed"));
        writer.Field("environment").Text(NameOf(statement.Environment));
        writer.Field("epoch").Integer(statement.Epoch);
        writer.Field("exchange").Text(statement.Exchange);
        WriteExcluded(statement.Excluded, writer.Field("excluded"));
        writer.Field("format").Text(Statement.Format);
        writer.Field("pools").BeginArray();
        foreach (var name in statement.PoolNames) writer.Text(name);
        writer.EndArray();
        writer.Field("previous").Text(statement.Previous.ToString());
        writer.Field("profile").Text(statement.Profile);
        WriteReserves(statement.Reserves, writer.Field("reserves"));
        writer.Field("root").Text(statement.Root.ToString());
        writer.Field("settlement").Null();
        writer.Field("shardHeight").Integer(statement.ShardHeight);
        writer.Field("shardNodes").BeginArray();
        foreach (var node in statement.ShardNodes) writer.Text(node.ToString());
        writer.EndArray();
        WriteShape(statement.ShardShape, writer.Field("shardShape"));
        WriteOptional(statement.Signer, writer.Field("signer"));
        writer.Field("snapshot").Text(statement.Snapshot);
        WriteOptional(statement.Supersedes?.ToString(), writer.Field("supersedes"));
        WriteShape(statement.TopShape, writer.Field("topShape"));
        writer.Field("valueScale").Integer(statement.ValueScale);
        writer.Field("valueUnit").Text(statement.ValueUnit);
        writer.Field("vk").BeginObject();
        writer.Field("shard").Text(statement.Keys.Shard.ToString());
        writer.Field("top").Text(statement.Keys.Top.ToString());
        writer.EndObject().EndObject();
    }

    /// <summary>Reads the format and refuses every other.</summary>
    public static void ReadFormat(ref CanonicalReader reader, string format)
    {
        if (!string.Equals(reader.Text("format", CanonicalText.FreeTextMax), format, StringComparison.Ordinal))
            reader.Refuse(DocumentRule.Format, $"{reader.Place()}: this program reads {format}");
    }

    public static ExchangeEnvironment ReadEnvironment(ref CanonicalReader reader)
    {
        var index = Array.IndexOf(s_environments, reader.Text("environment", ClassNameMax));
        if (index < 0) reader.Refuse(DocumentRule.Environment, reader.Place());
        return (ExchangeEnvironment)Math.Max(index, 0);
    }

    static void ReadSettlement(ref CanonicalReader reader)
    {
        if (!reader.TryNull("settlement")) reader.Refuse(DocumentRule.Settlement, reader.Place());
    }

    static List<AssetDefinition> ReadAssets(ref CanonicalReader reader, string field)
    {
        var assets = new List<AssetDefinition>();
        reader.BeginArray(field);
        while (reader.NextItem())
        {
            if (assets.Count == EntryKey.AssetsMax) reader.Refuse(DocumentRule.AssetCount, reader.Place());
            reader.BeginObject();
            var assetClass = Array.IndexOf(s_classes, reader.Text("class", ClassNameMax));
            if (assetClass < 0) reader.Refuse(DocumentRule.AssetClass, reader.Place());
            var decimals = reader.Int32("decimals");
            var priceSource = reader.Text("priceSource", CanonicalText.FreeTextMax);
            var priceTime = reader.Text("priceTime", CanonicalText.FreeTextMax);
            var symbol = reader.Text("symbol", CanonicalText.NameMax);
            var tiers = ReadTiers(ref reader, "tiers");
            var weight = reader.Amount("weight", DocumentRule.Weight);
            reader.EndObject();
            assets.Add(new(
                symbol, (AssetClass)Math.Max(assetClass, 0), decimals, weight, priceSource, priceTime, tiers));
        }

        return assets;
    }

    static void WriteAssets(IReadOnlyList<AssetDefinition> assets, CanonicalWriter writer)
    {
        writer.BeginArray();
        foreach (var asset in assets)
        {
            writer.BeginObject();
            writer.Field("class").Text(NameOf(asset.Class));
            writer.Field("decimals").Integer(asset.Decimals);
            writer.Field("priceSource").Text(asset.PriceSource);
            writer.Field("priceTime").Text(asset.PriceTime);
            writer.Field("symbol").Text(asset.Symbol);
            writer.Field("tiers").BeginArray();
            foreach (var tier in asset.Tiers)
            {
                writer.BeginObject().Field("pool").Integer(tier.Pool).Field("ratio").Integer(tier.Ratio);
                writer.Field("upTo").Decimal(tier.UpTo).EndObject();
            }

            writer.EndArray().Field("weight").Decimal(asset.Weight).EndObject();
        }

        writer.EndArray();
    }

    static List<Tier> ReadTiers(ref CanonicalReader reader, string field)
    {
        var tiers = new List<Tier>();
        reader.BeginArray(field);
        while (reader.NextItem())
        {
            reader.BeginObject();
            var pool = reader.Int32("pool");
            var ratio = reader.Int32("ratio");
            var upTo = reader.Decimal("upTo", StatementRules.ValueBits, DocumentRule.TierUpTo);
            reader.EndObject();
            tiers.Add(new(pool, upTo, ratio));
        }

        return tiers;
    }

    static Beacon? ReadBeacon(ref CanonicalReader reader, string field)
    {
        if (reader.TryNull(field)) return null;
        reader.BeginObject();
        var round = reader.Integer("round");
        var source = reader.Text("source", CanonicalText.FreeTextMax);
        var value = reader.Hash("value");
        reader.EndObject();
        return new(round, source, value);
    }

    static void WriteBeacon(Beacon? beacon, CanonicalWriter writer)
    {
        if (beacon is null)
        {
            writer.Null();
            return;
        }

        writer.BeginObject().Field("round").Integer(beacon.Round).Field("source").Text(beacon.Source);
        writer.Field("value").Text(beacon.Value.ToString()).EndObject();
    }

    static DisclosedTotals? ReadDisclosed(ref CanonicalReader reader, string field)
    {
        if (reader.TryNull(field)) return null;
        var totals = new List<AssetTotals>();
        reader.BeginObject();
        var badDebt = reader.Decimal("badDebt", NodeTotals.BadDebtBits, DocumentRule.Disclosed);
        reader.BeginArray("totals");
        while (reader.NextItem())
        {
            if (totals.Count == EntryKey.AssetsMax) reader.Refuse(DocumentRule.Disclosed, reader.Place());
            reader.BeginObject();
            var debt = reader.Amount("debt", DocumentRule.Amount);
            var equity = reader.Amount("equity", DocumentRule.Amount);
            reader.EndObject();
            totals.Add(new(equity, debt));
        }

        reader.EndObject();
        return new(badDebt, totals);
    }

    static void WriteDisclosed(DisclosedTotals? disclosed, CanonicalWriter writer)
    {
        if (disclosed is null)
        {
            writer.Null();
            return;
        }

        writer.BeginObject().Field("badDebt").Decimal(disclosed.BadDebt).Field("totals").BeginArray();
        foreach (var total in disclosed.Totals)
        {
            writer.BeginObject().Field("debt").Decimal(total.Debt);
            writer.Field("equity").Decimal(total.Equity).EndObject();
        }

        writer.EndArray().EndObject();
    }

    static ExcludedRows? ReadExcluded(ref CanonicalReader reader, string field)
    {
        if (reader.TryNull(field)) return null;
        reader.BeginObject();
        var commitment = reader.Hash("commitment");
        var rows = reader.Integer("rows");
        reader.EndObject();
        return new(commitment, rows);
    }

    static void WriteExcluded(ExcludedRows? excluded, CanonicalWriter writer)
    {
        if (excluded is null)
        {
            writer.Null();
            return;
        }

        writer.BeginObject().Field("commitment").Text(excluded.Commitment.ToString());
        writer.Field("rows").Integer(excluded.Rows).EndObject();
    }

    static List<string> ReadPools(ref CanonicalReader reader, string field)
    {
        var pools = new List<string>();
        reader.BeginArray(field);
        while (reader.NextItem())
        {
            if (pools.Count == Statement.Pools) reader.Refuse(DocumentRule.Pools, reader.Place());
            pools.Add(reader.Text(null, CanonicalText.FreeTextMax));
        }

        return pools;
    }

    static ReserveStatement? ReadReserves(ref CanonicalReader reader, string field)
    {
        if (reader.TryNull(field)) return null;
        var assets = new List<ReserveAmounts>();
        reader.BeginObject();
        reader.BeginArray("assets");
        while (reader.NextItem())
        {
            if (assets.Count == EntryKey.AssetsMax) reader.Refuse(DocumentRule.ReserveCount, reader.Place());
            reader.BeginObject();
            var amount = reader.Amount("amount", DocumentRule.Amount);
            var insurance = reader.Amount("insurance", DocumentRule.Amount);
            var nettingCap = reader.Amount("nettingCap", DocumentRule.Amount);
            reader.EndObject();
            assets.Add(new(amount, insurance, nettingCap));
        }

        var report = reader.Hash("report");
        var time = reader.Text("time", CanonicalText.FreeTextMax);
        reader.EndObject();
        return new(assets, report, time);
    }

    static void WriteReserves(ReserveStatement? reserves, CanonicalWriter writer)
    {
        if (reserves is null)
        {
            writer.Null();
            return;
        }

        writer.BeginObject().Field("assets").BeginArray();
        foreach (var asset in reserves.Assets)
        {
            writer.BeginObject().Field("amount").Decimal(asset.Amount).Field("insurance").Decimal(asset.Insurance);
            writer.Field("nettingCap").Decimal(asset.NettingCap).EndObject();
        }

        writer.EndArray().Field("report").Text(reserves.Report.ToString());
        writer.Field("time").Text(reserves.Time).EndObject();
    }

    static List<NodeDigest> ReadShardNodes(ref CanonicalReader reader, string field)
    {
        var nodes = new List<NodeDigest>();
        reader.BeginArray(field);
        while (reader.NextItem())
        {
            if (nodes.Count == TreeShape.ShardsMax) reader.Refuse(DocumentRule.ShardCount, reader.Place());
            nodes.Add(reader.Digest(null));
        }

        return nodes;
    }

    static List<byte> ReadShape(ref CanonicalReader reader, string field)
    {
        var shape = new List<byte>();
        reader.BeginArray(field);
        while (reader.NextItem())
        {
            var height = reader.Int32(null);
            if (height > byte.MaxValue || shape.Count == StatementRules.TablesMax)
                reader.Refuse(DocumentRule.Shape, reader.Place());
            shape.Add((byte)height);
        }

        return shape;
    }

    static void WriteShape(IReadOnlyList<byte> shape, CanonicalWriter writer)
    {
        writer.BeginArray();
        foreach (var height in shape) writer.Integer(height);
        writer.EndArray();
    }

    static CircuitKeys ReadKeys(ref CanonicalReader reader, string field)
    {
        reader.Field(field);
        reader.BeginObject();
        var shard = reader.Hash("shard");
        var top = reader.Hash("top");
        reader.EndObject();
        return new(shard, top);
    }

    static void WriteOptional(string? text, CanonicalWriter writer)
    {
        if (text is null) writer.Null();
        else writer.Text(text);
    }
}
