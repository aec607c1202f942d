using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Circuits.Proving.Epoch;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Cli.Sample;
using ZkExchange.Commitments;
using ZkExchange.Stark;

namespace ZkExchange.Cli.Tests.Epoch;

public class ShardLayoutTests
{
    const long Memory = 12L << 30;

    [Fact]
    public void A_cut_has_room_for_all_and_keeps_the_limits()
    {
        var sizes = Gen.Choose(1, 3_000_000);
        var entries = Gen.Choose(1, 12);
        Prop.ForAll(sizes.ToArbitrary(), entries.ToArbitrary(), Gen.Elements(Profile.All.ToArray()).ToArbitrary(),
            (accounts, perAccount, profile) =>
            {
                var size = Size(accounts, perAccount);
                var layout = ShardLayout.Choose(size, profile, Memory)!;
                var (tree, shape) = (layout.Tree, layout.Shape);
                var fullest = size.Fullest(tree.ShardCount, tree.ShardHeight);
                return tree.IsValid
                    && tree.Positions >= accounts
                    && fullest.Blocks * tree.ShardCount >= size.Blocks
                    && layout.Holds(fullest, size.Tables)
                    && shape.Heights.SequenceEqual(
                        ShardPlan.HeightsLog2(fullest, size.Tables, profile.HeightLog2Min))
                    && size.MemoryBytes(tree) + ShardLayout.MemoryBytes(shape) <= Memory;
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(10_000, 4, 20)]
    [InlineData(262_144, 4, 483)]
    [InlineData(300_000, 7, 50)]
    [InlineData(1_000_000, 4, 50)]
    public void No_other_number_of_shards_is_less_work(int accounts, int perAccount, int assets)
    {
        foreach (var profile in Profile.All)
        {
            var size = Size(accounts, perAccount, assets);
            var chosen = ShardLayout.Choose(size, profile, long.MaxValue)!;
            for (var shards = 1; shards <= 300; shards++)
            {
                if (Cut(size, profile, shards) is not { } other) continue;
                Assert.True(
                    chosen.Work < other.Work
                        || (chosen.Work == other.Work && chosen.Tree.ShardCount <= shards),
                    $"{profile.Name}: {chosen.Tree.ShardCount} shards are more work than {shards}");
            }
        }
    }

    [Fact]
    public void Less_memory_makes_more_shards_until_there_is_none()
    {
        var counts = new List<int>();
        var size = Size(1_000_000, 4);
        for (var memory = 16L << 30; memory >= 1 << 28; memory /= 2)
        {
            var layout = ShardLayout.Choose(size, Profile.S100, memory);
            if (layout is not null) counts.Add(layout.Tree.ShardCount);
        }

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[^1] > counts[0]);
        Assert.Null(ShardLayout.Choose(size, Profile.S100, 1 << 20));
    }

    [Fact]
    public void A_book_is_as_large_as_its_accounts()
    {
        var input = Books.Tiny(
            ("a", [new(0, 1, 0)]), ("b", [new(0, 1, 2), new(1 << 16, 9, 0)]), ("c", [new(1 << 16, 9, 0)]));
        var size = BookSize.Of(input.Book, ShardTables.Of(input.Table.Assets, input.Table.Pools));
        Assert.Equal(
            (3, 4L, 4L, 5L, 2), (size.Accounts, size.Entries, size.Blocks, size.Values, size.FullestAccount));
        Assert.Equal(new(4, 2, 2, 5), size.Fullest(1, 2));
    }

    static BookSize Size(int accounts, int perAccount, int assets = 20)
    {
        var table = SampleAssets.Read(assets).Table;
        var blocks = AccountItems.Blocks(perAccount);
        return new(
            ShardTables.Of(table.Assets, table.Pools), accounts, (long)accounts * perAccount, (long)accounts * blocks,
            accounts / 3, blocks);
    }

    // The cut into so many shards, by definition; null if the profile has no such heights.
    static ShardLayout? Cut(BookSize size, Profile profile, int shards)
    {
        var height = 0;
        while ((long)shards << height < size.Accounts) height++;
        var heights = ShardPlan.HeightsLog2(size.Fullest(shards, height), size.Tables, profile.HeightLog2Min);
        Shape.TryCreate(ShardCircuit.Key, profile, heights, out var shape);
        return shape is null ? null : new(new(height, shards), shape);
    }
}
