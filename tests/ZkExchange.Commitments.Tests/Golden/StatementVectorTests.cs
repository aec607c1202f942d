using System.Numerics;
using Xunit;
using ZkExchange.Fields;

namespace ZkExchange.Commitments.Tests.Golden;

/// <summary>The vector of specs/40-statements.md section 10.</summary>
public class StatementVectorTests
{
    static readonly AccountEntry[] s_entries = [new(0, 12345, 1), new(65537, Amount.Limit - 1, 0)];
    static readonly byte[] s_nonce = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    static NodeDigest Tag => AccountTag.Of("user-00000007", s_nonce);

    static NodeDigest Leaf => AccountLeaf.Of(Tag, s_entries, Salt.Of(1, 2, 3, 4));

    internal static SumTree Tree
    {
        get
        {
            AssetTotals[] totals = [new(12345, 1), new(Amount.Limit - 1, 0)];
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
        Assert.Equal("7b87103f4fce36227b86681b3ef2307c0cb59063852d8638f14503282ffc7065", Leaf.ToString());

    [Fact]
    public void The_nodes_are_the_published_ones()
    {
        var (first, second) = (Tree.Level(1)[0], Tree.Level(1)[1]);
        Assert.Equal("00c1e10de1b2471a5762861381705037a8294e3353100d531c6d2a2880c38f4e", first.Sums.ToString());
        Assert.Equal("bf7a613e06535a05cabc1a10fc61c35942c2a0503867b23a9899485f6879fb17", first.Digest.ToString());
        Assert.Equal("5e92f524f6c75e578d9b1d2449a458503d2dc6016e66d25369c009542786576b", second.Digest.ToString());
        Assert.Equal("b2876c591d42664b8258ab56ce8acb6361d3b85bcd803b08023a5a3dd0805e40", Tree.Root.Digest.ToString());
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
