using Xunit;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Tests.Golden;

/// <summary>What the circuits cost: specs/41-circuits.md section 2 has the same figures.</summary>
public sealed class CircuitSizeTests
{
    [Theory]
    [InlineData(ShardCircuit.EntryTableIndex, "entry", 179, 184, 21, 60)]
    [InlineData(ShardCircuit.NodeTableIndex, "node", 161, 164, 3, 15)]
    [InlineData(ShardCircuit.SumTableIndex, "sum", 24, 17, 20, 55)]
    [InlineData(ShardCircuit.ValueTableIndex, "value", 86, 81, 48, 125)]
    [InlineData(ShardCircuit.KeyTableIndex, "key", 5, 2, 2, 10)]
    [InlineData(ShardCircuit.TierTableIndex, "tier", 51, 2, 2, 10)]
    [InlineData(ShardCircuit.RangeTableIndex, "range", 3, 3, 2, 10)]
    public void A_table_of_the_shard_has_its_size(
        int table, string name, int columns, int constraints, int interactions, int auxiliary) =>
        Compare(ShardCircuit.Key, table, (name, columns, constraints, interactions, auxiliary));

    [Theory]
    [InlineData(TopCircuit.TreeTableIndex, "tree", 192, 244, 22, 60)]
    [InlineData(TopCircuit.ReserveTableIndex, "reserve", 51, 33, 22, 60)]
    [InlineData(TopCircuit.RangeTableIndex, "range", 3, 3, 2, 10)]
    public void A_table_of_the_top_has_its_size(
        int table, string name, int columns, int constraints, int interactions, int auxiliary) =>
        Compare(TopCircuit.Key, table, (name, columns, constraints, interactions, auxiliary));

    [Fact]
    public void The_keys_list_these_tables_and_no_others()
    {
        Assert.Equal(ShardCircuit.TableCount, ShardCircuit.Key.Tables.Count);
        Assert.Equal(TopCircuit.TableCount, TopCircuit.Key.Tables.Count);
    }

    [Fact]
    public void Degrees_are_what_the_proof_system_allows()
    {
        foreach (var layout in ShardCircuit.Key.Tables.Concat(TopCircuit.Key.Tables))
        {
            var (table, graph) = (layout.Table, layout.Table.Graph);
            Assert.All(table.Constraints, constraint => Assert.InRange(
                graph.Degree(constraint.Node), 1, constraint.Rows is Rows.First or Rows.Last ? 2 : 3));
            Assert.All(table.Interactions, interaction =>
            {
                Assert.All(interaction.Message, node => Assert.InRange(graph.Degree(node), 0, 1));
                Assert.All(interaction.Weights, node => Assert.InRange(graph.Degree(node), 0, 2));
            });
        }
    }

    static void Compare(
        VerifyingKey key, int index, (string Name, int Columns, int Constraints, int Interactions, int Auxiliary) size)
    {
        var layout = key.Tables[index];
        Assert.Equal(size, (
            layout.Table.Name, layout.Table.Width, layout.Table.Constraints.Count, layout.Table.Interactions.Count,
            layout.AuxiliaryWidth));
    }
}
