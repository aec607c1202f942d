using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Tests.Reference;

/// <summary>A circuit, a claim about it and a witness.</summary>
sealed record Toy(VerifyingKey Key, Claim Claim, KoalaBear[][]?[] Traces);

/// <summary>Small circuits that together use everything the language has.</summary>
static class Toys
{
    /// <summary>The smallest parameters with room for masks: no security at all.</summary>
    public static Profile Weak { get; } = new("weak", 1, 3, 9, 12, 10, grindQueries: 4, grindLookup: 3);

    /// <summary>The same with a blow-up of four and one position more.</summary>
    public static Profile WeakWide { get; } = new("weak-wide", 2, 4, 10, 12, 10, grindQueries: 1);

    static readonly Digest32 s_statement = new([.. Enumerable.Range(0, 32).Select(i => (byte)(3 * i))]);

    /// <summary>One table, no bus: a running sum that ends at the public input.</summary>
    public static Toy RunningSum(int heightLog2)
    {
        var table = new Table("sum", 2, 9, 12);
        var (value, sum) = (table[0], table[1]);
        table.OnFirst(sum - value, "the sum starts with the first value");
        table.OnTransition(table.Next(1) - sum - table.Next(0), "the sum grows by the next value");
        table.OnLast(sum - table.Public(0), "the sum ends at the public input");
        table.OnEvery(value * value * value - value, "values are -1, 0 or 1");

        var rows = 1 << heightLog2;
        var values = Column(rows, i => KoalaBear.From(i % 7 % 3 - 1));
        var sums = Column(rows, i => values.Take(i + 1).Aggregate((a, b) => a + b));
        return new(
            VerifyingKey.Of(new("running sum", [table], [], 1, [])),
            new(s_statement, [sums[^1].ToUInt32()], []), [[values, sums]]);
    }

    /// <summary>
    /// Items with a group and an amount are looked up in a range, listed publicly, and summed by group; totals by group
    /// are listed publicly. An optional pair of tables hands numbers from one to the other.
    /// </summary>
    public static Toy Groups(int itemsLog2, int rangeLog2, int totalsLog2, int? optionalLog2 = null)
    {
        const int GroupCount = 5;
        var range = new Bus(1, "range", BusKind.Lookup, 1);
        var list = new Bus(2, "list", BusKind.Permutation, 3);
        var sums = new Bus(4, "sums", BusKind.Sum, 1, 3);
        var totals = new Bus(5, "totals", BusKind.Permutation, 3);
        var hand = new Bus(6, "hand", BusKind.Permutation, 2);

        Table[] tables =
        [
            Items(range, list, sums), Range(range), Totals(sums, totals),
            Hand("giver", hand, Direction.Send), Hand("taker", hand, Direction.Receive),
        ];
        var circuit = new Circuit("groups", tables, [range, list, sums, totals, hand], 2,
            [new(list, Direction.Receive), new(totals, Direction.Receive)]);

        var items = 1 << itemsLog2;
        var real = items - 100;
        uint Amount(int i) => i < real ? (uint)(i * i % 509) : 0;
        uint Group(int i) => (uint)(i % GroupCount);
        var isReal = Column(items, i => KoalaBear.From(i < real ? 1 : 0));
        var isListed = Column(items, i => KoalaBear.From(i < 20 ? 1 : 0));
        KoalaBear[][] itemTrace =
        [
            isReal, isListed, Column(items, i => KoalaBear.From(i)), Column(items, i => KoalaBear.From(Group(i))),
            Column(items, i => KoalaBear.From(Amount(i))),
        ];
        KoalaBear[][] rangeTrace =
        [
            Column(1 << rangeLog2, i => KoalaBear.From(Math.Min(i, 511))),
            Column(1 << rangeLog2, i => KoalaBear.From(Enumerable.Range(0, real).Count(j => Amount(j) == i))),
        ];

        uint Count(int g) => (uint)Enumerable.Range(0, real).Count(i => Group(i) == g);
        uint Total(int g) => (uint)Enumerable.Range(0, real).Where(i => Group(i) == g).Sum(i => Amount(i));
        var height = 1 << totalsLog2;
        KoalaBear[][] totalTrace =
        [
            Column(height, i => KoalaBear.From(i < GroupCount ? 1 : 0)),
            Column(height, i => KoalaBear.From(i)),
            Column(height, i => KoalaBear.From(i < GroupCount ? Count(i) : 0)),
            Column(height, i => KoalaBear.From(i < GroupCount ? Total(i) : 0)),
        ];
        KoalaBear[][]? hands = optionalLog2 is not { } log2 ? null :
        [
            Column(1 << log2, i => KoalaBear.From(i % 2)), Column(1 << log2, i => KoalaBear.From(i * i)),
        ];

        uint[] listed = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { (uint)i, Group(i), Amount(i) })];
        uint[] published = [.. Enumerable.Range(0, GroupCount).SelectMany(g => new[] { (uint)g, Count(g), Total(g) })];
        return new(
            VerifyingKey.Of(circuit), new(s_statement, [20, (uint)real], [listed, published]),
            [itemTrace, rangeTrace, totalTrace, hands, hands?.Select(column => column.Reverse().ToArray()).ToArray()]);
    }

    static Table Items(Bus range, Bus list, Bus sums)
    {
        var table = new Table("items", 5, 9, 12);
        var (isReal, isListed, index, group, amount) = (table[0], table[1], table[2], table[3], table[4]);
        table.OnEvery(isReal * isReal - isReal, "isReal is a flag");
        table.OnEvery(isListed * isListed - isListed, "isListed is a flag");
        table.OnEvery((1 - isReal) * amount, "padding has no amount");
        table.OnFirst(index, "indices start at zero");
        table.OnTransition(table.Next(2) - index - 1, "indices count");
        table.OnTransition((1 - isReal) * table.Next(0), "nothing real follows padding");
        table.Send(range, isReal, [amount], "amounts are in range");
        table.Send(list, isListed, [index, group, amount], "listed items are public");
        table.SendSum(sums, [isReal, isReal * amount, 0], [group], "items count in their group");
        return table;
    }

    static Table Range(Bus range)
    {
        var table = new Table("range", 2, 9, 12);
        var value = table[0];
        var step = table.Next(0) - value;
        table.OnFirst(value, "values start at zero");
        table.OnTransition(step * step - step, "values rise by zero or one");
        table.OnLast(value - 511, "values end at 511");
        table.Receive(range, table[1], [value], "the range");
        return table;
    }

    static Table Totals(Bus sums, Bus totals)
    {
        var table = new Table("totals", 4, 9, 12);
        var (isReal, group, count, total) = (table[0], table[1], table[2], table[3]);
        table.OnEvery(isReal * isReal - isReal, "isReal is a flag");
        table.OnTransition(table.Next(1) - group - 1, "every group has one row");
        table.ReceiveSum(sums, [isReal * count, isReal * total], [group], "totals of a group");
        table.Send(totals, isReal, [group, count, total], "totals are public");
        return table;
    }

    static Table Hand(string name, Bus bus, Direction direction)
    {
        var table = new Table(name, 2, 9, 12, isOptional: true);
        table.OnEvery(table[0] * table[0] - table[0], "a flag");
        if (direction == Direction.Send) table.Send(bus, table[0], [table[1], 7], "given");
        else table.Receive(bus, table[0], [table[1], 7], "taken");
        return table;
    }

    static KoalaBear[] Column(int rows, Func<int, KoalaBear> value) => [.. Enumerable.Range(0, rows).Select(value)];
}
