using Xunit;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Laws;

/// <summary>Many flags are 0 or 1 by the order of rows and not by a law of their own (specs/41-circuits.md). Here all
/// assignments of five rows over F_5 are tried that keep the laws which speak of flags alone.</summary>
public sealed class FlagLawTests
{
    [Fact]
    public void A_row_of_entries_is_a_total_or_one_or_two_items_or_padding_and_the_first_is_a_total()
    {
        int[] flags = [EntryTable.IsTotal, EntryTable.IsEntry, EntryTable.IsFirst, EntryTable.HasRight];
        Assert.Equal(
            ["0000", "0100", "0101", "0110", "0111", "1000"],
            Kinds(ShardCircuit.Key, ShardCircuit.EntryTableIndex, flags));
        Assert.Equal(["1000"], Of(ShardCircuit.Key, ShardCircuit.EntryTableIndex, flags).At(0));
    }

    // A run that began above -2 would take from what contributions give.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_total_in_a_row_is_that_of_one_id(int row)
    {
        var model = Of(
            ShardCircuit.Key, ShardCircuit.EntryTableIndex,
            EntryTable.IsTotal, EntryTable.IsEntry, EntryTable.IsFirst, EntryTable.Of(0, EntryTable.Asset));
        Assert.Equal(
            [$"100{5 + EntryTable.FirstTotal - row}"],
            model.At(row).Where(assignment => assignment.StartsWith('1')));
    }

    [Fact]
    public void A_row_of_sums_is_an_upper_or_a_lower_one_which_alone_is_the_last_of_its_id() =>
        Assert.Equal(["000", "010", "011", "100"], Kinds(ShardCircuit.Key, ShardCircuit.SumTableIndex,
            SumTable.IsUpper, SumTable.IsLower, SumTable.IsLast));

    [Fact]
    public void A_value_is_of_one_kind() =>
        Assert.Equal(["0000", "0001", "0010", "0100", "1000"], Kinds(ShardCircuit.Key, ShardCircuit.ValueTableIndex,
            ValueTable.IsOpen, ValueTable.IsPledge, ValueTable.IsDebt, ValueTable.IsBalance));

    [Fact]
    public void A_row_of_the_upper_tree_is_of_one_kind() =>
        Assert.Equal(
            ["0000000", "0000001", "0000010", "0000100", "0001000", "0010000", "0100000", "1000000"],
            Kinds(TopCircuit.Key, TopCircuit.TreeTableIndex,
                TreeTable.IsShardOpen, TreeTable.IsUpperOpen, TreeTable.IsShardAsset, TreeTable.IsUpperAsset,
                TreeTable.IsPair, TreeTable.IsShardSeal, TreeTable.IsUpperSeal));

    // In the last row the next one is the first: only what is multiplied by 0 there may read it.
    [Fact]
    public void The_next_row_is_read_where_there_is_one()
    {
        var messages = new List<string>();
        foreach (var table in ShardCircuit.Key.Tables.Concat(TopCircuit.Key.Tables).Select(layout => layout.Table))
        {
            var readsNext = SmallModel.ReadsNext(table);
            Assert.DoesNotContain(
                table.Constraints, law => law.Rows != Rows.Transition && readsNext[law.Node]);
            messages.AddRange(
                table.Interactions.Where(item => item.Message.Concat(item.Weights).Any(node => readsNext[node]))
                    .Select(item => item.Law));
        }

        Assert.Equal(
            [
                "entry: keys ascend from row to row", "entry: leaves and hidden sums are in the tree",
                "sum: the last block gives the total", "sum: the next block takes the total of another",
                "value: the tier is the statement's",
            ],
            messages);
    }

    static IEnumerable<string> Kinds(VerifyingKey key, int table, params int[] flags) =>
        Of(key, table, flags).Kinds(flags.Length);

    static SmallModel Of(VerifyingKey key, int table, params int[] columns) =>
        new(key.Tables[table].Table, columns, prime: 5, height: 5);
}
