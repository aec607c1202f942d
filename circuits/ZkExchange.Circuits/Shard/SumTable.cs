// Sums of limbs become totals (specs/41-circuits.md section 9). One row for each (id, block): it takes the number of
// contributions and the sixteen sums of their limbs, and adds them, with carries, to the total of the blocks before.
//
//   t'_j + 2^15 c_{j+1} = t_j + S_j + c_j        t, c and the number of contributions below 2^15
//
// S_j is at most (2^15 - 1)^2 as an integer, so neither side reaches 2^30: the equation holds between integers.

using ZkExchange.Circuits.Parts;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of totals.</summary>
static class SumTable
{
    /// <summary>Limbs of a total: equity 0 .. 5 and debt 6 .. 11 of an asset, bad debt 0 .. 15.</summary>
    public const int Limbs = 16;

    /// <summary>0 for bad debt, 1 + i for asset i.</summary>
    public const int Id = 0;

    /// <summary>0, 1, .. inside an id.</summary>
    public const int Block = Id + 1;

    /// <summary>1 in rows that are not padding.</summary>
    public const int IsReal = Block + 1;

    /// <summary>1 in the last row of an id.</summary>
    public const int IsFinal = IsReal + 1;

    /// <summary>1 in the rows of id 0.</summary>
    public const int IsBadDebt = IsFinal + 1;

    /// <summary>Contributions of the block.</summary>
    public const int Count = IsBadDebt + 1;

    /// <summary>S_0 .. S_15.</summary>
    public const int Sums = Count + 1;

    /// <summary>t_0 .. t_15 with this block.</summary>
    public const int Totals = Sums + Limbs;

    /// <summary>c_1 .. c_15; c_0 = c_16 = 0.</summary>
    public const int Carries = Totals + Limbs;

    /// <summary>Columns.</summary>
    public const int Width = Carries + Limbs - 1;

    /// <summary>The first limb of the debt of an asset.</summary>
    public const int DebtLimb = 6;

    /// <summary>The table.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("sum", Width, Heights.Min, Heights.Max);
        ConstrainOrder(table);
        ConstrainTotals(table);

        var isReal = table[IsReal];
        Span<Node> weights = new Node[ShardBuses.SumWeights];
        weights[0] = isReal * table[Count];
        for (var j = 0; j < Limbs; j++) weights[1 + j] = isReal * table[Sums + j];
        table.ReceiveSum(buses.Sum, weights, [table[Id], table[Block]], "sum: a block takes all its contributions");

        table.Send(buses.Fifteen, isReal, [table[Count]], "sum: a block has less than 2^15 contributions");
        for (var j = 0; j < Limbs; j++)
            table.Send(buses.Fifteen, isReal, [table[Totals + j]], $"sum: limb {j} of the total has fifteen bits");
        for (var j = 1; j < Limbs; j++)
            table.Send(buses.Fifteen, isReal, [table[Carries + j - 1]], $"sum: carry {j} has fifteen bits");

        Span<Node> total = new Node[1 + (Limbs / 2)];
        total[0] = table[Id];
        for (var k = 0; k < Limbs / 2; k++)
            total[1 + k] = table[Totals + 2 * k] + (1 << RangeTable.LimbBits) * table[Totals + 2 * k + 1];
        table.Send(buses.Total, table[IsFinal], total, "sum: the last block gives the total");
        return table;
    }

    // (0, 0), (0, 1), .., (1, 0), ..: each (id, block) at most once, so a sum cannot be divided between two rows.
    // isFinal is
    // 0 or 1 where isReal is 1, because ids cannot both stay and rise, and 0 in padding. The chain takes the totals of
    // 0 and of some ids up to A, so the first id is 0 and the last is A.
    static void ConstrainOrder(Table table)
    {
        var (isReal, isFinal, isBadDebt) = (table[IsReal], table[IsFinal], table[IsBadDebt]);
        var nextReal = table.Next(IsReal);
        table.Boolean(IsReal, "isReal");
        table.OnTransition((isReal - isFinal) * (1 - nextReal), "sum: an id goes on until its final row");
        table.OnTransition((isReal - isFinal) * (table.Next(Id) - table[Id]), "sum: an id keeps its number");
        table.OnTransition((isReal - isFinal) * (table.Next(Block) - table[Block] - 1), "sum: blocks rise by one");
        table.OnTransition(isFinal * nextReal * (table.Next(Id) - table[Id] - 1), "sum: ids rise by one");
        table.OnTransition((1 - isReal) * nextReal, "sum: padding comes last");
        table.OnLast(isReal - isFinal, "sum: the last row leaves no id open");

        // isBadDebt is 0 where a real row has another id than the first.
        table.OnTransition(
            (isReal - isFinal) * (table.Next(IsBadDebt) - isBadDebt), "sum: bad debt lasts as long as its id");
        table.OnTransition(isFinal * table.Next(IsBadDebt), "sum: no later id is bad debt");
    }

    static void ConstrainTotals(Table table)
    {
        // Rows that go on from the one before add to its total, others to 0; padding repeats the equation with zeros.
        var goesOn = table[IsReal] - table[IsFinal];
        for (var j = 0; j < Limbs; j++)
        {
            table.OnFirst(Step(table[Totals + j], 0, table[Sums + j], here: true), $"sum: limb {j} begins");
            table.OnTransition(
                Step(table.Next(Totals + j), goesOn * table[Totals + j], table.Next(Sums + j), here: false),
                $"sum: limb {j} grows by the block's sum");

            Node Step(Node total, Node before, Node sum, bool here)
            {
                Node carryOut = j == Limbs - 1 ? 0 : Carry(j + 1, here);
                Node carryIn = j == 0 ? 0 : Carry(j, here);
                return total + (1 << RangeTable.LimbBits) * carryOut - before - sum - carryIn;
            }
        }

        // Equity does not run over into debt. Debt does not run over its end because the chain takes two words of zero
        // behind it. So both totals are below 2^90.
        table.OnEvery((1 - table[IsBadDebt]) * table[Carries + DebtLimb - 1], "sum: total equity is below 2^90");

        Node Carry(int j, bool here) => here ? table[Carries + j - 1] : table.Next(Carries + j - 1);
    }
}
