using System.Numerics;

namespace ZkExchange.Commitments;

/// <summary>One holding that the exchange says it controls. Version 1 takes it as the exchange's word.</summary>
/// <param name="Address">Where, free text.</param>
/// <param name="Amount">In the asset's smallest unit.</param>
/// <param name="Asset">Symbol of the statement's table.</param>
/// <param name="Chain">On which chain or at which custodian, free text.</param>
/// <param name="Signature">Up to 1024 characters, "" if there is none.</param>
public sealed record ReserveRow(string Address, UInt128 Amount, string Asset, string Chain, string Signature);

/// <summary>The content of reserves.json (specs/40-statements.md section 5).</summary>
public sealed record ReservesReport
{
    /// <summary>The format that this program reads and writes.</summary>
    public const string Format = "zkexchange-reserves-v1";

    /// <summary>The name of the file.</summary>
    public const string FileName = "reserves.json";

    /// <summary>The longest signature.</summary>
    public const int SignatureMax = 1024;

    public required ExchangeEnvironment Environment { get; init; }

    public required long Epoch { get; init; }

    public required string Exchange { get; init; }

    /// <summary>Strictly ascending by (asset, chain, address), byte by byte.</summary>
    public required IReadOnlyList<ReserveRow> Rows { get; init; }

    public required string Time { get; init; }

    /// <summary>The canonical bytes.</summary>
    public byte[] Write()
    {
        var writer = new CanonicalWriter().BeginObject();
        writer.Field("environment").Text(StatementFormat.NameOf(Environment));
        writer.Field("epoch").Integer(Epoch).Field("exchange").Text(Exchange).Field("format").Text(Format);
        writer.Field("rows").BeginArray();
        foreach (var row in Rows)
        {
            writer.BeginObject().Field("address").Text(row.Address).Field("amount").Decimal(row.Amount);
            writer.Field("asset").Text(row.Asset).Field("chain").Text(row.Chain);
            writer.Field("signature").Text(row.Signature).EndObject();
        }

        return writer.EndArray().Field("time").Text(Time).EndObject().ToArray();
    }

    /// <summary>Reads reserves.json; a total function of its bytes.</summary>
    public static Reading<ReservesReport> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        reader.BeginObject();
        var environment = StatementFormat.ReadEnvironment(ref reader);
        var epoch = reader.Integer("epoch");
        var exchange = reader.Text("exchange", CanonicalText.ExchangeNameMax);
        StatementFormat.ReadFormat(ref reader, Format);
        var rows = ReadRows(ref reader);
        var time = reader.Text("time", CanonicalText.FreeTextMax);
        reader.EndObject();
        reader.End();
        if (reader.IsRefused) return new(null, reader.Refusal);

        var report = new ReservesReport
        {
            Environment = environment,
            Epoch = epoch,
            Exchange = exchange,
            Rows = rows,
            Time = time,
        };
        var refusal = report.Validate();
        if (refusal.IsRefused) return new(null, refusal);
        return report.Write().AsSpan().SequenceEqual(bytes)
            ? new(report, default)
            : new(null, new(DocumentRule.Canonical, "written again, it differs"));
    }

    /// <summary>The first rule that the report breaks by itself.</summary>
    public Refusal Validate()
    {
        if (!CanonicalText.IsFreeText(Exchange, CanonicalText.ExchangeNameMax))
            return new(DocumentRule.FreeText, "exchange");
        for (var i = 0; i < Rows.Count; i++)
        {
            var row = Rows[i];
            if (!CanonicalText.IsFreeText(row.Address)) return new(DocumentRule.FreeText, $"rows[{i}].address");
            if (!CanonicalText.IsName(row.Asset)) return new(DocumentRule.Name, $"rows[{i}].asset");
            if (!CanonicalText.IsFreeText(row.Chain)) return new(DocumentRule.FreeText, $"rows[{i}].chain");
            if (row.Signature.Length > 0 && !CanonicalText.IsFreeText(row.Signature, SignatureMax))
                return new(DocumentRule.FreeText, $"rows[{i}].signature");
            if (!Commitments.Amount.IsValid(row.Amount)) return new(DocumentRule.Amount, $"rows[{i}].amount");
            if (i > 0 && Order(Rows[i - 1], row) >= 0) return new(DocumentRule.ReserveOrder, $"rows[{i}]");
        }

        return CanonicalText.IsTime(Time) ? default : new(DocumentRule.Time, "time");
    }

    /// <summary>The first rule that is broken between the report, as read from these bytes, and a statement that
    /// names one: digest, subject, assets, sums.</summary>
    public Refusal CheckAgainst(Statement statement, ReadOnlySpan<byte> bytes)
    {
        if (statement.Reserves is not { } reserves) return new(DocumentRule.ReserveSubject, "reserves");
        if (FileDigest.Of(bytes) != reserves.Report) return new(DocumentRule.ReserveDigest, "reserves.report");
        if (Environment != statement.Environment) return new(DocumentRule.ReserveSubject, "environment");
        if (Epoch != statement.Epoch) return new(DocumentRule.ReserveSubject, "epoch");
        if (!string.Equals(Exchange, statement.Exchange, StringComparison.Ordinal))
            return new(DocumentRule.ReserveSubject, "exchange");
        if (!string.Equals(Time, reserves.Time, StringComparison.Ordinal))
            return new(DocumentRule.ReserveSubject, "time");

        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < statement.Assets.Count; i++) indices.Add(statement.Assets[i].Symbol, i);
        var sums = new BigInteger[statement.Assets.Count];
        for (var i = 0; i < Rows.Count; i++)
        {
            if (!indices.TryGetValue(Rows[i].Asset, out var asset))
                return new(DocumentRule.ReserveAsset, $"rows[{i}].asset");
            sums[asset] += Rows[i].Amount;
        }

        for (var i = 0; i < sums.Length; i++)
        {
            if (sums[i] != reserves.Assets[i].Amount)
                return new(DocumentRule.ReserveSum, $"reserves.assets[{i}].amount");
        }

        return default;
    }

    /// <summary>The order of rows: asset, chain, address, each byte by byte.</summary>
    public static int Order(ReserveRow left, ReserveRow right)
    {
        var order = string.CompareOrdinal(left.Asset, right.Asset);
        if (order == 0) order = string.CompareOrdinal(left.Chain, right.Chain);
        return order == 0 ? string.CompareOrdinal(left.Address, right.Address) : order;
    }

    static List<ReserveRow> ReadRows(ref CanonicalReader reader)
    {
        var rows = new List<ReserveRow>();
        reader.BeginArray("rows");
        while (reader.NextItem())
        {
            reader.BeginObject();
            var address = reader.Text("address", CanonicalText.FreeTextMax);
            var amount = reader.Amount("amount", DocumentRule.Amount);
            var asset = reader.Text("asset", CanonicalText.NameMax);
            var chain = reader.Text("chain", CanonicalText.FreeTextMax);
            var signature = reader.Text("signature", SignatureMax);
            reader.EndObject();
            rows.Add(new(address, amount, asset, chain, signature));
        }

        return rows;
    }
}
