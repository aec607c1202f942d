using System.Text.Json;
using Xunit;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests.Golden;

/// <summary>specs/vectors/commitments.json, made by an implementation that shares no code with this one.</summary>
public class VectorTests
{
    static readonly JsonElement s_vectors = Read();

    static byte[] Secret => Convert.FromHexString(Text("secrets", "secret"));

    [Fact]
    public void Permutations_are_the_vectors()
    {
        foreach (var vector in s_vectors.GetProperty("permutation").EnumerateArray())
        {
            var state = Words(vector.GetProperty("in")).Select(KoalaBear.From).ToArray();
            Poseidon2.Permute(state);
            Assert.Equal(Words(vector.GetProperty("out")), state.Select(word => word.ToUInt32()));
        }

        uint[] counting = [.. Enumerable.Range(0, 16).Select(i => (uint)i)];
        Assert.Equal(
            NodeDigest.Of(Words(s_vectors.GetProperty("compress"))),
            Poseidon2.Compress(NodeDigest.Of(counting.AsSpan(0, 8)), NodeDigest.Of(counting.AsSpan(8))));
        Assert.Equal(s_vectors.GetProperty("empty").GetString(), NodeDigest.Empty.ToString());
    }

    [Fact]
    public void Tags_are_the_vectors()
    {
        foreach (var vector in s_vectors.GetProperty("tags").EnumerateArray())
        {
            var nonce = Convert.FromHexString(vector.GetProperty("nonce").GetString()!);
            var tag = AccountTag.Of(vector.GetProperty("customer").GetString(), nonce);
            Assert.Equal(vector.GetProperty("tag").GetString(), tag.ToString());
        }
    }

    [Fact]
    public void The_tree_of_the_example_is_the_vector()
    {
        var tree = StatementVectorTests.Tree;
        var book = s_vectors.GetProperty("book");
        Assert.Equal(Strings(book.GetProperty("plainRoots")), tree.Level(1).Select(node => node.Content.ToString()));
        Assert.Equal(Strings(book.GetProperty("shardSums")), tree.Level(1).Select(node => node.Sums.ToString()));
        Assert.Equal(Strings(book.GetProperty("shardNodes")), tree.Level(1).Select(node => node.Digest.ToString()));
        Assert.Equal(Text("book", "rootSums"), tree.Root.Sums.ToString());
        Assert.Equal(Text("book", "root"), tree.Root.Digest.ToString());
    }

    [Fact]
    public void What_is_derived_of_secrets_is_the_vector()
    {
        var salts = new Salts(Secret);
        Assert.Equal(Text("secrets", "nonce"), Convert.ToHexStringLower(salts.Nonce("id")));
        Assert.Equal(Text("secrets", "salt"), salts.Leaf(7, 265).ToString());
        Assert.Equal(Text("secrets", "blind"), salts.Blind(7, 3, 1).ToString());
        var positions = s_vectors.GetProperty("secrets").GetProperty("positions");
        Assert.Equal(Words(positions).Select(word => (int)word), salts.Positions(7, 20, 32));
    }

    static string Text(string part, string name) => s_vectors.GetProperty(part).GetProperty(name).GetString()!;

    static uint[] Words(JsonElement list) => [.. list.EnumerateArray().Select(word => word.GetUInt32())];

    static IEnumerable<string?> Strings(JsonElement list) => list.EnumerateArray().Select(text => text.GetString());

    static JsonElement Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ZkExchange.sln"))) folder = folder.Parent;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "specs", "vectors", "commitments.json"));
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
