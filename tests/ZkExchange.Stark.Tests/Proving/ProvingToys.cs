using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Stark.Tests.Proving;

/// <summary>A circuit with a lookup, a permutation and a sum bus, public messages, cubes and a next row, for the
/// heights of the real profiles.</summary>
sealed class ProvingToys
{
    const int Groups = 3;
    const int Columns = 7;

    readonly int _itemsLog2;
    readonly int _rangeLog2;

    /// <param name="itemsLog2">lg rows of the items and of the optional table.</param>
    /// <param name="rangeLog2">lg rows of the range, at least 13; the totals are as tall.</param>
    public ProvingToys(int itemsLog2, int rangeLog2)
    {
        (_itemsLog2, _rangeLog2) = (itemsLog2, rangeLog2);
        var range = new Bus(7, "range", BusKind.Lookup, 1);
        var pairs = new Bus(9, "pairs", BusKind.Permutation, 2);
        var sums = new Bus(11, "sums", BusKind.Sum, 1, 2);
        Key = VerifyingKey.Of(new(
            "toy", [Items(range, pairs, sums), Range(range), Totals(sums)], [range, pairs, sums], 1,
            [new(pairs, Direction.Receive)]));
    }

    public VerifyingKey Key { get; }

    /// <summary>The claim that a witness shows.</summary>
    public static Claim Claim(int seed)
    {
        uint[] messages = [0, Amount(seed, 0), 1, Amount(seed, 1)];
        return new(new([.. Enumerable.Repeat((byte)7, 32)]), [Amount(seed, 0)], [messages]);
    }

    /// <summary>A witness; different seeds have different amounts.</summary>
    public Matrix?[] Traces(int seed)
    {
        var items = new Matrix(1L << _itemsLog2, Columns);
        var range = new Matrix(1L << _rangeLog2, 2);
        var totals = new Matrix(1L << _rangeLog2, 4);
        for (var i = 0; i < range.Rows; i++) range[i, 0] = KoalaBear.From(Math.Min(i, 8191));

        var sum = KoalaBear.Zero;
        var real = items.Rows - 5;
        for (var i = 0; i < items.Rows; i++)
        {
            var (isReal, amount) = (i < real, i < real ? Amount(seed, i) : 0);
            var value = KoalaBear.From(amount);
            sum += i == 0 ? value * value : value * value * value;
            Set(items.Row(i), isReal ? 1u : 0, i < 2 ? 1u : 0, (uint)i, (uint)(i % Groups), amount);
            items[i, 5] = sum;
            items[i, 6] = KoalaBear.From(i == items.Rows - 1 || i % 4 == seed % 4 ? 1 : 0);
            if (!isReal) continue;

            range[(int)amount, 1] += KoalaBear.One;
            totals[i % Groups, 2] += KoalaBear.One;
            totals[i % Groups, 3] += value;
        }

        for (var i = 0; i < totals.Rows; i++)
        {
            totals[i, 0] = KoalaBear.From(i < Groups ? 1 : 0);
            totals[i, 1] = KoalaBear.From(i);
        }

        return [items, range, totals];
    }

    static uint Amount(int seed, int row) => ((uint)row * 2654435761u + (uint)seed * 40503u) >> 19;

    static void Set(Span<KoalaBear> row, params ReadOnlySpan<uint> words)
    {
        for (var c = 0; c < words.Length; c++) row[c] = KoalaBear.From(words[c]);
    }

    static Table Items(Bus range, Bus pairs, Bus sums)
    {
        var table = new Table("items", Columns, 9, 20);
        var (isReal, isListed, index, group, amount, sum) =
            (table[0], table[1], table[2], table[3], table[4], table[5]);
        table.OnEvery(isReal * isReal - isReal, "isReal is a flag");
        table.OnEvery(isListed * isListed - isListed, "isListed is a flag");
        table.OnEvery((1 - isReal) * amount, "padding has no amount");
        table.OnFirst(index, "indices start at zero");
        table.OnTransition(table.Next(2) - index - 1, "indices count");
        table.OnFirst(amount - table.Public(0), "the first amount is public");
        table.OnFirst(sum - amount * amount, "the sum starts with a square");
        var next = table.Next(4);
        table.OnTransition(table.Next(5) - sum - next * next * next, "the sum grows by cubes");
        table.OnLast(isReal, "the last row is padding");
        table.OnEvery(table[6] * table[6] - table[6], "marks are flags");
        table.OnLast(table[6] - 1, "the last row is marked");
        table.Send(range, isReal, [amount], "amounts are in range");
        table.Send(pairs, isListed, [index, amount], "listed items are public");
        table.SendSum(sums, [isReal, isReal * amount], [group], "items count in their group");
        return table;
    }

    static Table Range(Bus range)
    {
        var table = new Table("range", 2, 9, 20);
        var step = table.Next(0) - table[0];
        table.OnFirst(table[0], "values start at zero");
        table.OnTransition(step * step - step, "values rise by zero or one");
        table.OnLast(table[0] - 8191, "values end at 8191");
        table.Receive(range, table[1], [table[0]], "the range");
        return table;
    }

    static Table Totals(Bus sums)
    {
        var table = new Table("totals", 4, 9, 20);
        table.OnEvery(table[0] * table[0] - table[0], "isReal is a flag");
        table.OnTransition(table.Next(1) - table[1] - 1, "every group has one row");
        table.ReceiveSum(sums, [table[0] * table[2], table[0] * table[3]], [table[1]], "totals of a group");
        return table;
    }
}
