using System.Text.Json;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Commitments;

namespace ZkExchange.Verifier.Reports;

/// <summary>An epoch's verdict for machines.</summary>
static class EpochJson
{
    public static void Write(TextWriter output, EpochVerdict verdict, EpochCircuits circuits) =>
        Json.Write(output, json => WriteFields(json, verdict, circuits));

    public static void WriteFields(Utf8JsonWriter json, EpochVerdict verdict, EpochCircuits circuits)
    {
        json.WriteBoolean("accepted", verdict.IsAccepted);
        json.WriteString("outcome", verdict.Outcome.ToString());
        json.WriteString("detail", verdict.Detail);
        if (verdict.Statement is { } statement) WriteStatement(json, statement);
        json.WriteBoolean("statementPinned", verdict.IsPinned);
        if (verdict.IsAccepted) json.WriteNumber("provenBits", Math.Round(Level.Of(verdict, circuits), 2));
        json.WriteStartArray("proofs");
        foreach (var proof in verdict.Proofs)
        {
            json.WriteStartObject();
            json.WriteString("file", proof.File);
            json.WriteNumber("bytes", proof.Bytes);
            json.WriteString("outcome", proof.Verdict.Outcome.ToString());
            json.WriteNumber("where", proof.Verdict.Where);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("flags");
        foreach (var flag in verdict.Flags)
        {
            json.WriteStartObject();
            json.WriteString("kind", flag.Kind.ToString());
            json.WriteString("subject", flag.Subject);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteStatement(Utf8JsonWriter json, Statement statement)
    {
        json.WriteString("statement", statement.Digest.ToString());
        json.WriteString("exchange", statement.Exchange);
        json.WriteString(
            "environment", statement.Environment == ExchangeEnvironment.Production ? "production" : "test");
        json.WriteNumber("epoch", statement.Epoch);
        json.WriteString("snapshot", statement.Snapshot);
        json.WriteString("profile", statement.Profile);
        json.WriteNumber("accounts", statement.Accounts);
        json.WriteNumber("shards", statement.ShardNodes.Count);
        json.WriteString("root", statement.Root.ToString());
        json.WriteBoolean("signed", statement.Signer is not null);
        json.WriteBoolean("liabilitiesOnly", statement.Reserves is null);
    }
}
