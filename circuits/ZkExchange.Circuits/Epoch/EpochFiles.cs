using System.Globalization;

namespace ZkExchange.Circuits.Epoch;

/// <summary>An epoch's folder in memory.</summary>
/// <param name="files">By name.</param>
public sealed class EpochFiles(IReadOnlyDictionary<string, byte[]> files) : IEpochFiles
{
    /// <summary>The name of the top proof.</summary>
    public const string TopProof = "proofs/top.zkp";

    /// <summary>The name of a shard's proof.</summary>
    public static string ShardProof(int shard) =>
        string.Create(CultureInfo.InvariantCulture, $"proofs/shard-{shard:D6}.zkp");

    public IReadOnlyList<EpochFile> List() => [.. files.Select(file => new EpochFile(file.Key, file.Value.Length))];

    public byte[]? Read(EpochFile file) =>
        files.TryGetValue(file.Name, out var bytes) && bytes.Length == file.Length ? bytes : null;
}
