using System.Text.Json;
using System.Text.Json.Nodes;

namespace ZkExchange.Cli.Output;

/// <summary>Results for machines.</summary>
static class Json
{
    static readonly JsonSerializerOptions s_options = new() { WriteIndented = true };

    /// <summary>An object as text.</summary>
    public static string Of(JsonObject value) => value.ToJsonString(s_options);
}
