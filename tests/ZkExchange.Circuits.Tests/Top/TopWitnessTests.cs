using Xunit;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Top;

namespace ZkExchange.Circuits.Tests.Top;

public sealed class TopWitnessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_tree_of_shards_is_proven(int shards)
    {
        var tree = TopRun.Tree(shards);
        foreach (var disclosed in new[] { false, true })
        {
            using var run = new TopRun(TopWitness.Of(tree), TopReserves.None(3), disclosed);
            Assert.Empty(run.Check());
            Assert.Equal(tree.Root.Digest, run.Root);
        }
    }
}
