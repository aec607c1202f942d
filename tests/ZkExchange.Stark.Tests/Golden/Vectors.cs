using System.Text.Json;

namespace ZkExchange.Stark.Tests.Golden;

/// <summary>The vectors of the specification, made by an implementation that shares no code with this one.</summary>
static class Vectors
{
    /// <summary>The text of a file in specs/vectors.</summary>
    public static string Text(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ZkExchange.sln"))) folder = folder.Parent;
        return File.ReadAllText(Path.Combine(folder.FullName, "specs", "vectors", name));
    }

    public static JsonElement Json(string name) => JsonSerializer.Deserialize<JsonElement>(Text(name));

    public static Fields.Quintic Element(JsonElement words)
    {
        Fields.KoalaBear[] coefficients =
            [.. words.EnumerateArray().Select(word => Fields.KoalaBear.From(word.GetUInt32()))];
        return Fields.Quintic.From(coefficients);
    }

    public static Fields.Quintic[] Elements(JsonElement list) => [.. list.EnumerateArray().Select(Element)];

    public static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetInt32())];

    public static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString()!);
}
