using Xunit;
using ZkExchange.Circuits.Epoch;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Golden;

/// <summary>The keys of version 1 as files: specs/vectors/keys, which the second verifier reads. A change of a circuit
/// changes what version 1 means; where that is meant, run this test once with ZKX_WRITE_KEYS=1 and commit the files.
/// </summary>
public sealed class KeyFileTests
{
    [Fact]
    public void The_key_files_are_those_of_the_circuits()
    {
        Compare("shard.key", EpochCircuits.Standard.Shard);
        Compare("top.key", EpochCircuits.Standard.Top);
    }

    static void Compare(string name, VerifyingKey key)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ZkExchange.sln"))) folder = folder.Parent!;
        var path = Path.Combine(folder.FullName, "specs", "vectors", "keys", name);
        if (Environment.GetEnvironmentVariable("ZKX_WRITE_KEYS") is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, key.Bytes.ToArray());
        }

        Assert.True(
            key.Bytes.Span.SequenceEqual(File.ReadAllBytes(path)),
            $"specs/vectors/keys/{name} is not the circuit's key, which hashes to {key.Hash}");
    }
}
