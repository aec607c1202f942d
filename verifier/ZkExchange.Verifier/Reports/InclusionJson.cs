using System.Globalization;
using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Reports;

/// <summary>An inclusion file's verdict for machines. It holds the balances: as private as the file.</summary>
static class InclusionJson
{
    public static void Write(TextWriter output, InclusionVerdict verdict) => Json.Write(output, json =>
    {
        json.WriteBoolean("accepted", verdict.IsAccepted);
        json.WriteString("outcome", verdict.Outcome.ToString());
        json.WriteString("detail", verdict.Detail);
        json.WriteBoolean("statementPinned", verdict.IsPinned);
        json.WriteBoolean("customerGiven", verdict.IsCustomerKnown);
        json.WriteBoolean("proofsChecked", false);
        if (!verdict.IsAccepted || verdict.Statement is not { } statement) return;

        EpochJson.WriteStatement(json, statement);
        json.WriteString("leaf", verdict.Leaf.ToString());
        json.WriteStartArray("notes");
        foreach (var note in InclusionText.Notes(statement)) json.WriteStringValue(note);
        json.WriteEndArray();
        if (verdict.File is not { } file) return;

        json.WriteString("customer", file.Customer);
        json.WriteNumber("position", file.Path.Position);
        json.WriteStartArray("entries");
        foreach (var entry in file.Entries)
        {
            var asset = statement.Assets[EntryKey.Asset(entry.Key)];
            var pool = EntryKey.Pool(entry.Key);
            json.WriteStartObject();
            json.WriteString("asset", asset.Symbol);
            json.WriteString("pool", pool == 0 ? "" : statement.PoolNames[pool - 1]);
            json.WriteString("equity", Amount.ToText(entry.Equity, asset.Decimals));
            json.WriteString("debt", Amount.ToText(entry.Debt, asset.Decimals));
            json.WriteString("equityUnits", entry.Equity.ToString(CultureInfo.InvariantCulture));
            json.WriteString("debtUnits", entry.Debt.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
