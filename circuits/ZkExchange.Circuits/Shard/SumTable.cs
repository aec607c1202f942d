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
    /// <summary>Limbs of a total, two for each of the eight words that the chain of hidden sums hashes: equity 2 .. 7
    /// and debt 8 .. 13 of an asset, bad debt 0 .. 15.</summary>
    public const int Limbs = 2 * ShardBuses.TotalWords;

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

    /// <summary>The first of six limbs of the equity of an asset.</summary>
    public const int EquityLimb = 2;

    /// <summary>The first of six limbs of the debt of an asset.</summary>
    public const int DebtLimb = EquityLimb + 6;

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

        SendTotals(table, buses);
        return table;
    }

    // The total of id goes back as the sum of -1 - id: 1, then the words that are hashed. Word 0 of an asset is its
    // index: limbs 0 and 1 are 0 there, as nobody adds to them, and isBadDebt is 1 - id of id 0 and 0 of others.
    static void SendTotals(Table table, ShardBuses buses)
    {
        Span<Node> weights = new Node[1 + ShardBuses.TotalWords];
        weights[0] = table[IsFinal];
        for (var k = 0; k < ShardBuses.TotalWords; k++)
        {
            var word = table[Totals + 2 * k] + (1 << RangeTable.LimbBits) * table[Totals + 2 * k + 1];
            if (k == 0) word += table[Id] - 1 + table[IsBadDebt];
            weights[1 + k] = table[IsFinal] * word;
        }

        table.SendSum(buses.Sum, weights, [-1 - table[Id], 0], "sum: the last block gives the total");
    }

    // (0, 0), (0, 1), .., (1, 0), ..: each (id, block) at most once, so a sum cannot be divided between two rows.
    // isFinal is 0 or 1 where isReal is 1, because ids cannot both stay and rise, and 0 in padding. The rows of totals
    // take those of 0 .. A, each once, so there are no other ids.
    static void ConstrainOrder(Table table)
    {
        var (isReal, isFinal, isBadDebt) = (table[IsReal], table[IsFinal], table[IsBadDebt]);
        var nextReal = table.Next(IsReal);
        table.Boolean(IsReal, "isReal");
        table.OnFirst(table[Id], "sum: the first id is 0");
        table.OnTransition((isReal - isFinal) * (1 - nextReal), "sum: an id goes on until its final row");
        table.OnTransition((isReal - isFinal) * (table.Next(Id) - table[Id]), "sum: an id keeps its number");
        table.OnTransition((isReal - isFinal) * (table.Next(Block) - table[Block] - 1), "sum: blocks rise by one");
        table.OnTransition(isFinal * nextReal * (table.Next(Id) - table[Id] - 1), "sum: ids rise by one");
        table.OnTransition((1 - isReal) * nextReal, "sum: padding comes last");
        table.OnLast(isReal - isFinal, "sum: the last row leaves no id open");

        // isBadDebt is 1 in the rows of the first id and 0 in all other real rows.
        table.OnFirst(isBadDebt - 1, "sum: the first id is bad debt");
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

        // Equity does not run over into debt. Debt does not run over its end because the last word that is hashed of an
        // asset is zero. So both totals are below 2^90.
        table.OnEvery((1 - table[IsBadDebt]) * table[Carries + DebtLimb - 1], "sum: total equity is below 2^90");

        Node Carry(int j, bool here) => here ? table[Carries + j - 1] : table.Next(Carries + j - 1);
    }
}
