using System.Numerics;
using Xunit;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests.Golden;

/// <summary>The vector of specs/40-statements.md section 10.</summary>
public class StatementVectorTests
{
    static readonly AccountEntry[] s_entries = [new(0, 12345, 0), new(65537, Amount.Limit - 1, 1)];
    static readonly byte[] s_nonce = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    static NodeDigest Tag => AccountTag.Of("user-00000007", s_nonce);

    static NodeDigest Leaf => AccountLeaf.Of(Tag, s_entries, Salt.Of(1, 2, 3, 4));

    internal static SumTree Tree
    {
        get
        {
            AssetTotals[] totals = [new(12345, 0), new(Amount.Limit - 1, 1)];
            var first = PlainTree.Build([NodeDigest.Empty, Leaf]);
            var second = PlainTree.Build([NodeDigest.Empty, NodeDigest.Empty]);
            return SumTree.Build(
                1,
                [
                    new(first.Root, new(1, new BigInteger(7), totals)),
                    new(second.Root, NodeTotals.Zero(2)),
                ],
                (level, index) => (level, index) switch
                {
                    (1, 0) => Salt.Of(5, 6, 7, 8),
                    (1, 1) => Salt.Of(13, 14, 15, 16),
                    _ => Salt.Of(9, 10, 11, 12),
                });
        }
    }

    [Fact]
    public void The_tag_is_the_published_one() =>
        Assert.Equal("74fc2c742c6808231dc5c053f2e9700eb54b3c4e2ad7623d8f4c0949b847fa43", Tag.ToString());

    [Fact]
    public void The_leaf_is_the_published_one() =>
        Assert.Equal("50c49e70c6ab0f201dbb9034d34fa054a6bb6d5540721375e9c1484f97ad7608", Leaf.ToString());

    [Fact]
    public void The_nodes_are_the_published_ones()
    {
        var (first, second) = (Tree.Level(1)[0], Tree.Level(1)[1]);
        Assert.Equal("a1fe9704637cc221a12fd057e8e0734046785b62a787315eea089432b50dbf42", first.Sums.ToString());
        Assert.Equal("5d3b5829365b911db923d62103a87b181e8407350684f82329724743673ee748", first.Digest.ToString());
        Assert.Equal("5e92f524f6c75e578d9b1d2449a458503d2dc6016e66d25369c009542786576b", second.Digest.ToString());
        Assert.Equal("ff09c31155a1f8594da8f571be245d7af93f73020d4343064e64bc13be6e0e71", Tree.Root.Digest.ToString());
    }

    [Fact]
    public void The_path_of_the_account_ends_at_the_root()
    {
        var path = InclusionPath.Of(PlainTree.Build([NodeDigest.Empty, Leaf]), Tree, 1);
        Assert.Equal(Tree.Root.Digest, path.Root(Leaf, Tree.Shape));
        Assert.Equal(2, path.Siblings.Count);
        Assert.Equal(2, path.Sums.Count);
        Assert.Equal(KoalaBear.From(HashDomain.Empty), path.Siblings[0][0]);
    }
}
