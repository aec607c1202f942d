using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZkExchange.Circuits.Proving.Epoch;
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
                var rows = (long)accounts * (1 + perAccount);
                var layout = ShardLayout.Choose(accounts, rows, perAccount, profile, Memory)!.Value;
                return layout.Tree.IsValid
                    && layout.Tree.Positions >= accounts
                    && (long)layout.Tree.ShardCount << layout.EntryRowsLog2 >= rows
                    && layout.EntryRowsLog2 >= profile.HeightLog2Min
                    && layout.EntryRowsLog2 <= profile.HeightLog2Max
                    && ShardLayout.MemoryBytes(layout.Tree.ShardHeight, layout.EntryRowsLog2, profile) <= Memory;
            }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(10_000, 50_000, 1)]
    [InlineData(1_000_000, 5_000_000, 5)]
    public void Tables_are_filled_well(int accounts, long rows, int shards)
    {
        var layout = ShardLayout.Choose(accounts, rows, 8, Profile.S100Fast, Memory)!.Value;
        Assert.Equal(shards, layout.Tree.ShardCount);
    }

    [Fact]
    public void Less_memory_makes_more_shards_until_there_is_none()
    {
        var counts = new List<int>();
        for (var memory = 16L << 30; memory >= 1 << 28; memory /= 2)
        {
            var layout = ShardLayout.Choose(1_000_000, 5_000_000, 8, Profile.S100, memory);
            if (layout is not null) counts.Add(layout.Value.Tree.ShardCount);
        }

        Assert.Equal(counts.Order(), counts);
        Assert.True(counts[^1] > counts[0]);
        Assert.Null(ShardLayout.Choose(1_000_000, 5_000_000, 8, Profile.S100, 1 << 20));
    }
}
