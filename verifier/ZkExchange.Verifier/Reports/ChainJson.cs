using ZkExchange.Circuits.Epoch;

namespace ZkExchange.Verifier.Reports;

/// <summary>A chain's verdict for machines.</summary>
static class ChainJson
{
    public static void Write(
        TextWriter output, ChainVerdict verdict, IReadOnlyList<EpochVerdict> epochs, EpochCircuits circuits) =>
        Json.Write(output, json =>
        {
            json.WriteBoolean("accepted", verdict.IsAccepted);
            json.WriteString("outcome", verdict.Outcome.ToString());
            json.WriteNumber("where", verdict.Where);
            json.WriteString("detail", verdict.Detail);
            json.WriteStartArray("epochs");
            foreach (var epoch in epochs)
            {
                json.WriteStartObject();
                EpochJson.WriteFields(json, epoch, circuits);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("changes");
            foreach (var change in verdict.Changes)
            {
                json.WriteStartObject();
                json.WriteNumber("where", change.Epoch);
                json.WriteString("what", change.What);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
}
