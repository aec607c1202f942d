// Sums of limbs become totals (specs/41-circuits.md section 9). Two rows for each (id, block): together they take the
// number of units and the sixteen sums of limbs, and carry. A unit is a contribution with limbs below 2^15; one with
// limbs below 2^20 is 32 units.
//
//   upper   limbs 8 .. 15, carry in c_8
//   lower   limbs 0 .. 7                          t_j + 2^15 c_{j+1} = S_j + c_j        t and c below 2^15
//
// S_j is below 2^30 - 2^15 as an integer, so both sides are below 2^30: the equation holds between integers. The total
// of a block that is not the last one of its id is one unit more of the next block.

using ZkExchange.Circuits.Parts;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of totals.</summary>
static class SumTable
{
    /// <summary>Limbs of a total, two for each of the eight words that the chain of hidden sums hashes: equity 2 .. 7
    /// and debt 8 .. 13 of an asset, bad debt 0 .. 15.</summary>
    public const int Limbs = 2 * ShardBuses.TotalWords;

    /// <summary>Limbs of a row.</summary>
    public const int RowLimbs = Limbs / 2;

    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 2;

    /// <summary>0 for bad debt, 1 + i for asset i.</summary>
    public const int Id = 0;

    /// <summary>0, 1, .. inside an id.</summary>
    public const int Block = Id + 1;

    /// <summary>1 in the first row of a block.</summary>
    public const int IsUpper = Block + 1;

    /// <summary>1 in the second row of a block.</summary>
    public const int IsLower = IsUpper + 1;

    /// <summary>1 in the second row of the last block of an id.</summary>
    public const int IsLast = IsLower + 1;

    /// <summary>1 in the rows of id 0.</summary>
    public const int IsBadDebt = IsLast + 1;

    /// <summary>Units of the block, in its second row.</summary>
    public const int Count = IsBadDebt + 1;

    /// <summary>c_8 in the first row of a block, 0 in the second.</summary>
    public const int CarryIn = Count + 1;

    /// <summary>S_8 .. S_15, then S_0 .. S_7.</summary>
    public const int Sums = CarryIn + 1;

    /// <summary>t_8 .. t_15, then t_0 .. t_7.</summary>
    public const int Totals = Sums + RowLimbs;

    /// <summary>Columns.</summary>
    public const int Width = Totals + RowLimbs;

    /// <summary>The first of six limbs of the equity of an asset.</summary>
    public const int EquityLimb = 2;

    /// <summary>The first of six limbs of the debt of an asset.</summary>
    public const int DebtLimb = EquityLimb + 6;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("sum", Width, Heights.Min, Heights.Max);
        ConstrainKinds(table);
        ConstrainOrder(table);
        ConstrainCarries(table);

        var (isUpper, isLower) = (table[IsUpper], table[IsLower]);
        table.ReceiveSum(
            buses.Sum, Weights(isLower * table[Count], isLower, isUpper, table.Columns(Sums, RowLimbs)),
            [table[Id], table[Block]], "sum: a block takes all its contributions");

        table.Send(buses.Fifteen, isLower, [table[Count]], "sum: a block has less than 2^15 units");
        for (var j = 0; j < RowLimbs; j++)
        {
            table.Send(
                buses.Fifteen, isLower + isUpper, [table[Totals + j]],
                $"sum: limbs {j} and {RowLimbs + j} of the total have fifteen bits");
            table.Send(
                buses.Fifteen, isLower + isUpper, [Carry(table, j + 1)],
                $"sum: carries {j + 1} and {RowLimbs + j + 1} have fifteen bits");
        }

        SendTotals(table, buses);
        return table;
    }

    // Weight 0, then limbs or words of the lower row and as many of the upper one.
    static Node[] Weights(Node first, Node lower, Node upper, ReadOnlySpan<Node> values)
    {
        var weights = new Node[1 + 2 * values.Length];
        weights[0] = first;
        for (var j = 0; j < values.Length; j++)
            (weights[1 + j], weights[1 + values.Length + j]) = (lower * values[j], upper * values[j]);
        return weights;
    }

    // The total of id goes back as the sum of -1 - id: 1, then the words that are hashed. Word 0 of an asset is its
    // index: limbs 0 and 1 are 0 there, as nobody adds to them, and isBadDebt is 1 - id of id 0 and 0 of others.
    // isLast' is 1 in the upper row of a last block, and in no lower one.
    static void SendTotals(Table table, ShardBuses buses)
    {
        var (isLast, nextLast) = (table[IsLast], table.Next(IsLast));
        Span<Node> words = new Node[RowLimbs / 2];
        for (var k = 0; k < words.Length; k++)
            words[k] = table[Totals + 2 * k] + (1 << RangeTable.LimbBits) * table[Totals + 2 * k + 1];
        var total = Weights(isLast, isLast, nextLast, words);
        total[1] += isLast * (table[Id] - 1 + table[IsBadDebt]);
        table.SendSum(buses.Sum, total, [-1 - table[Id], 0], "sum: the last block gives the total");

        var (lower, upper) = (table[IsLower] - isLast, table[IsUpper] - nextLast);
        table.SendSum(
            buses.Sum, Weights(lower, lower, upper, table.Columns(Totals, RowLimbs)),
            [table[Id], table[Block] + 1], "sum: the next block takes the total of another");
    }

    // Two rows for each block, none of them on another's. isLower is 0 first and then the isUpper before it; that is 0
    // or 1 where isLower is 0, and where isLower is 1 it is 0 or -1 and not -1, which no row could follow.
    static void ConstrainKinds(Table table)
    {
        var (isUpper, isLower, isLast) = (table[IsUpper], table[IsLower], table[IsLast]);
        var isReal = isUpper + isLower;
        table.Boolean(IsLast, "isLast");
        table.OnEvery(isReal * (isReal - 1), "sum: a row is of one kind");
        table.OnTransition(table.Next(IsLower) - isUpper, "sum: a lower row stands behind its upper one");
        table.OnFirst(isLower, "sum: the first row is no lower one");
        table.OnLast(isUpper, "sum: the last row is no upper one");
        table.OnEvery(isLast * (1 - isLower), "sum: a lower row is the last of its id");
        table.OnTransition((1 - isReal) * table.Next(IsUpper), "sum: padding comes last");
    }

    // (0, 0), (0, 1), .., (1, 0), ..: each (id, block) at most once, so a sum cannot be divided between two blocks.
    // That a block which is not the last has a next one follows from its total, which somebody must take. The rows of
    // totals take those of 0 .. A, each once, so there are no other ids.
    static void ConstrainOrder(Table table)
    {
        var (isUpper, isLast, isBadDebt) = (table[IsUpper], table[IsLast], table[IsBadDebt]);
        var nextReal = table.Next(IsUpper) + table.Next(IsLower);
        var rise = table.Next(Block) - table[Block];
        table.OnFirst(table[Id], "sum: the first id is 0");
        table.OnTransition(nextReal * (table.Next(Id) - table[Id] - isLast), "sum: ids rise behind a last block only");
        table.OnTransition(isUpper * rise, "sum: both rows are of one block");
        table.OnTransition((table[IsLower] - isLast) * (rise - 1), "sum: blocks rise by one");

        // isBadDebt is 1 in the rows of the first id and 0 in all other real rows.
        table.OnFirst(isBadDebt - 1, "sum: the first id is bad debt");
        table.OnTransition(
            nextReal * (table.Next(IsBadDebt) - isBadDebt * (1 - isLast)), "sum: the first id alone is bad debt");
    }

    static void ConstrainCarries(Table table)
    {
        var carryIn = table[CarryIn];
        table.OnTransition(
            table[IsUpper] * (carryIn - Carry(table, RowLimbs, isNext: true)), "sum: limb 8 takes the carry of limb 7");
        table.OnEvery(table[IsLower] * carryIn, "sum: limb 0 takes no carry");
        table.OnEvery(table[IsUpper] * Carry(table, RowLimbs), "sum: limb 15 leaves no carry");

        // Equity does not run over into debt. Debt does not run over its end because the last word that is hashed of an
        // asset is zero. So both totals are below 2^90.
        table.OnEvery((1 - table[IsBadDebt]) * carryIn, "sum: total equity is below 2^90");
    }

    // c_j, or c_{8 + j} in an upper row: an expression, no column.
    static Node Carry(Table table, int j, bool isNext = false)
    {
        var inverse = Fields.KoalaBear.From(1 << RangeTable.LimbBits).Inverse();
        var carry = At(CarryIn);
        for (var i = 0; i < j; i++) carry = (At(Sums + i) + carry - At(Totals + i)) * inverse;
        return carry;

        Node At(int column) => isNext ? table.Next(column) : table[column];
    }
}
