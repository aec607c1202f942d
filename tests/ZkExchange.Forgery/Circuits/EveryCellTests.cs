// Rule 6 of specs/80-attacks.md on both circuits: every cell of every table is changed, three ways, and each change
// breaks a law or a bus, but for the cells named here. And every law is broken by one of them.

using Xunit;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Fields;
using ZkExchange.Forgery.Books;
using ZkExchange.Stark.Air;

namespace ZkExchange.Forgery.Circuits;

public sealed class EveryCellTests
{
    static readonly KoalaBear[] s_deltas = [KoalaBear.One, -KoalaBear.One, KoalaBear.From(123_456_789)];

    [Fact]
    public void G17_T50_T51_T64_T97_Every_cell_of_a_shard_counts()
    {
        using var shard = new ShardFixture(SmallBook.Honest);
        Assert.Empty(shard.Broken());
        for (var i = 0; i < ShardCircuit.TableCount; i++)
        {
            var (table, trace) = (ShardCircuit.Definition.Tables[i], shard.Tables[i]!);
            ChangeAll(
                table, trace, shard.Claim.PublicInputs, (row, column) => IsFreeInShard(table, trace, row, column));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void G17_T50_T51_T64_T97_Every_cell_of_the_top_counts(int shards)
    {
        var tree = TopFixture.Tree(shards);
        using var top = new TopFixture(tree, TopFixture.Exact(tree.Root.Totals), isDisclosed: true);
        Assert.Empty(top.Broken());
        for (var i = 0; i < TopCircuit.TableCount; i++)
        {
            var (table, trace) = (TopCircuit.Definition.Tables[i], top.Tables[i]!);
            ChangeAll(table, trace, top.Claim.PublicInputs, (row, column) => IsFreeInTop(table, trace, row, column));
        }
    }

    static void ChangeAll(Table table, Matrix trace, IReadOnlyList<uint> inputs, Func<long, int, bool> isFree)
    {
        var oracle = new CellOracle(table, trace, inputs);
        var broken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in RowsOf(trace))
        {
            for (var column = 0; column < trace.Columns; column++)
            {
                foreach (var delta in s_deltas)
                {
                    var laws = oracle.Change(row, column, delta);
                    broken.UnionWith(laws);
                    Assert.True(laws.Count > 0 || isFree(row, column), $"{table.Name}[{row}, {column}] is free");
                }
            }
        }

        Assert.All(table.Constraints, constraint => Assert.Contains(constraint.Law, broken));
        Assert.All(table.Interactions, interaction => Assert.Contains(interaction.Law, broken));
    }

    // All of a small table; of the ranges, which repeat, the ends and a few between.
    static IEnumerable<long> RowsOf(Matrix trace)
    {
        for (var row = 0L; row < trace.Rows; row++)
        {
            if (trace.Rows <= 64 || row < 3 || row >= trace.Rows - 2 || row % 3001 == 7) yield return row;
        }
    }

    static bool IsFreeInShard(Table table, Matrix trace, long row, int column)
    {
        bool Is(int flag) => trace[row, flag] == KoalaBear.One;
        return table.Name switch
        {
            "entry" => IsFreeInEntry(trace, row, column),

            // Where the right child is taken from nobody, nobody asks for its level.
            "node" when Is(NodeTable.IsReal) => column == NodeTable.IsSeal && Is(NodeTable.IsRightEmpty),
            "node" => column is NodeTable.Level or NodeTable.IsSeal,
            "sum" when Is(SumTable.IsUpper) => column == SumTable.Count,
            "sum" => !Is(SumTable.IsLower)
                && column is SumTable.Id or SumTable.Block or SumTable.IsBadDebt or SumTable.Count or >= SumTable.Sums,
            "value" when Is(ValueTable.IsDebt) => column > ValueTable.Ratio,
            "value" when Is(ValueTable.IsPledge) => column is ValueTable.Block or > ValueTable.Ratio,
            "value" when Is(ValueTable.IsBalance) => column is ValueTable.Key or ValueTable.Block
                or ValueTable.BalanceCarries + ValueTable.BalanceCarryCount
                or >= ValueTable.Balance + ValueTable.BalanceLimbs and < ValueTable.Weight,
            "value" when Is(ValueTable.IsOpen) => column is >= ValueTable.Inside and < ValueTable.Balance
                or >= ValueTable.Balance + ValueTable.BalanceLimbs,
            // Padding may say that it joins the balance before it: it has no item.
            "value" => column > ValueTable.Joins
                || (column == ValueTable.Joins
                    && (row == 0 || trace[row - 1, ValueTable.IsBalance] == KoalaBear.One)),
            "key" or "tier" => !Is(KeyTable.IsReal) && column is > 0 && column < trace.Columns - 1,
            _ => false,
        };
    }

    // A total has no key and no amount, but an id and a block. Nobody asks which sum takes an item that is summed where
    // it is valued, nor what the first debt of an account follows.
    static bool IsFreeInEntry(Matrix trace, long row, int column)
    {
        bool Is(int flag) => trace[row, flag] == KoalaBear.One;
        if (column < EntryTable.Of(0, 0)) return false;
        var side = column < EntryTable.Of(1, 0) ? 0 : 1;
        var part = column - EntryTable.Of(side, 0);
        var isItem = Is(side == 0 ? EntryTable.IsEntry : EntryTable.HasRight);
        var isDebt = Is(EntryTable.Of(side, EntryTable.IsDebt));
        return part switch
        {
            EntryTable.Asset => !isItem && !(side == 0 && Is(EntryTable.IsTotal)),
            EntryTable.Block => isDebt || (!isItem && !(side == 0 && Is(EntryTable.IsTotal))),
            EntryTable.FollowsEquity => isDebt && side == 0 && Is(EntryTable.IsFirst),
            < EntryTable.IsDebt => !isItem,
            _ => false,
        };
    }

    static bool IsFreeInTop(Table table, Matrix trace, long row, int column)
    {
        bool Is(int flag) => trace[row, flag] == KoalaBear.One;
        return table.Name switch
        {
            "tree" when Is(TreeTable.IsPair) => column == TreeTable.Id,
            "tree" when Is(TreeTable.IsShardSeal) || Is(TreeTable.IsUpperSeal) =>
                column is TreeTable.Id or >= TreeTable.High and < TreeTable.Sums,
            "tree" => Enumerable.Range(TreeTable.IsShardOpen, TreeTable.Level - TreeTable.IsShardOpen)
                    .All(kind => !Is(kind))
                && column is TreeTable.Level or TreeTable.Parent or TreeTable.Bit or TreeTable.Id
                    or >= TreeTable.High and < TreeTable.Sums,

            // The index of an asset has no limbs here, and F and C are twelve limbs of sixteen.
            "reserve" when Is(ReserveTable.IsAsset) => column is ReserveTable.Totals or ReserveTable.Totals + 1
                or >= ReserveTable.Published + 2 * ReserveTable.AmountLimbs,
            "reserve" => !Is(ReserveTable.IsFirst) && column >= ReserveTable.Id,
            _ => false,
        };
    }
}
