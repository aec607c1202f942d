using System.Text;
using System.Text.Json;

namespace ZkExchange.Verifier.Reports;

/// <summary>One JSON object on one line.</summary>
static class Json
{
    public static void Write(TextWriter output, Action<Utf8JsonWriter> fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }
}
