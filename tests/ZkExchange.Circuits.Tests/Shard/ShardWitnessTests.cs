using Xunit;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;

namespace ZkExchange.Circuits.Tests.Shard;

public sealed class ShardWitnessTests
{
    [Fact]
    public void A_small_book_is_proven() => Accept(Book.Small, Book.Tables);

    static void Accept(ShardWitness witness, ShardTables tables)
    {
        using var run = new ShardRun(witness, tables);
        Assert.Empty(run.Check());
        Assert.Equal(Expected(witness, tables), run.ShardNode);
    }

    // The same shard by the functions of the commitments alone.
    static NodeDigest Expected(ShardWitness witness, ShardTables tables)
    {
        var leaves = new NodeDigest[1 << witness.Height];
        Array.Fill(leaves, NodeDigest.Empty);
        foreach (var account in witness.Accounts)
            leaves[account.Position] = AccountLeaf.Of(account.Tag, [.. account.Entries], account.Salt);
        var totals = ShardPlan.Of(witness, tables).Totals;
        return SumNode.Of(witness.Height, 3, totals, witness.Blind, PlainTree.Build(leaves).Root).Digest;
    }
}
