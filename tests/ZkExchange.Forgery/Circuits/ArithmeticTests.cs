using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Forgery.Books;
using ZkExchange.Stark.Air;

namespace ZkExchange.Forgery.Circuits;

/// <summary>Comparisons at their edges, and the number of looked-up limbs.</summary>
public sealed class ArithmeticTests
{
    public static TheoryData<string> Edges =>
    [
        "0", "1", "32767", "32768", "1073741823", "1073741824", "1065353216", "2130706432", "2130706433",
        "1237940039285380274899124223", "618970019642690137449562112",
    ];

    // E + I <= R + D and E + I <= R + C, each one unit below, at and above, around every number that is special to
    // limbs, words or the field.
    [Theory]
    [MemberData(nameof(Edges))]
    public void A09_A08_F01_Equity_is_compared_as_integers(string edge)
    {
        var number = UInt128.Parse(edge, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (equity, debt) in new[] { (number, (UInt128)0), (SmallBook.Most, number), (number, number) })
        {
            foreach (var (more, isCovered) in new[] { (-1, false), (0, true), (1, true) })
            {
                var against = (BigInteger)equity - (BigInteger)debt + more;
                if (against.Sign < 0 || against > (BigInteger)SmallBook.Most) continue;

                var totals = new NodeTotals(1, BigInteger.Zero, [new(equity, debt)]);
                var tree = SumTree.Build(0, [new(NodeDigest.Of(5), totals)], (_, _) => default);
                foreach (var reserve in new ReserveAmounts[]
                {
                    new((UInt128)against, 0, SmallBook.Most),
                    new((UInt128)BigInteger.Max(0, against - (BigInteger)debt), 0, debt),
                })
                {
                    using var top = new TopFixture(tree, new([reserve], BigInteger.Zero));
                    var left = (BigInteger)equity;
                    var covered = left <= (BigInteger)reserve.Amount + (BigInteger)debt
                        && left <= (BigInteger)reserve.Amount + (BigInteger)reserve.NettingCap;
                    Assert.Equal(covered, top.Broken().Count == 0);
                    if (reserve.NettingCap == SmallBook.Most) Assert.Equal(isCovered, covered);
                }
            }
        }
    }

    // Every row says as many limbs as its kind has: none of them is forgotten where nobody counts.
    [Fact]
    public void A10_The_number_of_looked_up_limbs_is_that_of_the_rows()
    {
        using var shard = new ShardFixture(SmallBook.Honest, checks: HostChecks.On);
        var range = shard.Tables[ShardCircuit.RangeTableIndex]!;
        var held = Count(shard, ShardCircuit.EntryTableIndex, EntryTable.IsEntry)
            + Count(shard, ShardCircuit.EntryTableIndex, EntryTable.HasRight);
        var follow = held - Count(shard, ShardCircuit.EntryTableIndex, EntryTable.IsFirst);
        var sums = Count(shard, ShardCircuit.SumTableIndex, SumTable.IsLower);
        var opens = Count(shard, ShardCircuit.ValueTableIndex, ValueTable.IsOpen);
        var items = Count(shard, ShardCircuit.ValueTableIndex, ValueTable.IsPledge)
            + Count(shard, ShardCircuit.ValueTableIndex, ValueTable.IsDebt);

        // Items of accounts: six limbs and the step to the next key. Sums: the count, 16 limbs and carries. Values: a
        // and s, 15 carries of the product, nine limbs of the amount and 32 times each, 16 limbs and 14 carries of the
        // balance; rows that open have the balance only.
        Assert.Equal(
            (ulong)(6 * held + follow + 33 * sums + 16 * opens + (24 + 15 + 18 + 16 + 14) * items),
            Sum(range, RangeTable.EvenCount) + Sum(range, RangeTable.OddCount));
        Assert.Equal((12, 9, 1, 4), (held, follow, opens, items - 1));
    }

    // A leaf commits to no total and a node to no sum that is not looked up limb by limb: totals are derived.
    [Fact]
    public void A13_A17_Every_word_of_an_amount_is_looked_up()
    {
        var fifteen = ShardCircuit.Definition.Buses.Single(bus => bus.Id == 1);
        var (entry, tree) = (ShardCircuit.Definition.Tables[0], TopCircuit.Definition.Tables[0]);
        Assert.Equal(14, entry.Interactions.Count(item => item.Bus == fifteen && item.Direction == Direction.Send));
        Assert.Equal(16, tree.Interactions.Count(item => item.Bus.Id == 1 && item.Direction == Direction.Send));
    }

    static long Count(ShardFixture shard, int table, int flag)
    {
        var (trace, count) = (shard.Tables[table]!, 0L);
        for (var row = 0L; row < trace.Rows; row++) count += trace[row, flag] == KoalaBear.One ? 1 : 0;
        return count;
    }

    static ulong Sum(Matrix trace, int column)
    {
        var sum = 0UL;
        for (var row = 0L; row < trace.Rows; row++) sum += trace[row, column].ToUInt32();
        return sum;
    }
}
