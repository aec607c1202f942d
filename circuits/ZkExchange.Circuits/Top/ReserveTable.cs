// What is owed against what is there (specs/41-circuits.md section 14). The first row takes the root, its bad debt and
// its accounts; each further row takes one asset's totals and its published reserves:
//
//   bad debt + s = bound                                   first row
//   E + s = F + D   and   E + s' = F + C                   rows of assets; F = R - I, computed by the verifier
//
// All in limbs of fifteen bits; slacks are looked up, totals were looked up where they were carried.

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Top;

/// <summary>The table of comparisons.</summary>
static class ReserveTable
{
    /// <summary>Limbs of an amount.</summary>
    public const int AmountLimbs = 2 * Amount.Words;

    /// <summary>1 in the first row.</summary>
    public const int IsFirst = 0;

    /// <summary>1 in rows of assets.</summary>
    public const int IsAsset = IsFirst + 1;

    /// <summary>0 in the first row, 1 + i in rows of assets.</summary>
    public const int Id = IsAsset + 1;

    /// <summary>The root's totals, limbs placed as in the tree table.</summary>
    public const int Totals = Id + 1;

    /// <summary>s: sixteen limbs in the first row; six, then six of s', in rows of assets.</summary>
    public const int Slack = Totals + TreeTable.Limbs;

    /// <summary>The bound in the first row; F, then C in rows of assets.</summary>
    public const int Published = Slack + TreeTable.Limbs;

    /// <summary>Columns.</summary>
    public const int Width = Published + TopBuses.BoundWords;

    /// <summary>The table.</summary>
    public static Table Build(TopBuses buses)
    {
        var table = new Table("reserve", Width, Heights.Min, Heights.Max);
        table.Boolean(IsAsset, "isAsset");
        table.OnFirst(table[IsFirst] - 1, "reserve: the first row is the first");
        table.OnTransition(table.Next(IsFirst), "reserve: no other row is the first");
        table.OnFirst(table[IsAsset], "reserve: the first row is no asset");
        table.OnFirst(table[Id], "reserve: the first row has id 0");
        ConstrainBadDebt(table);
        ConstrainAsset(table, "debt", TreeTable.DebtLimb, 0, isDebt: true);
        ConstrainAsset(table, "netting cap", AmountLimbs, AmountLimbs, isDebt: false);
        for (var j = 0; j < TreeTable.Limbs; j++)
        {
            table.Send(
                buses.Fifteen, table[IsFirst] + table[IsAsset], [table[Slack + j]],
                $"reserve: limb {j} of the slack has fifteen bits");
        }

        Speak(table, buses);
        return table;
    }

    // c_{j+1} = (b_j + s_j + c_j - bound_j) / 2^15 is 0 or 1; c_0 = c_16 = 0.
    static void ConstrainBadDebt(Table table)
    {
        var inverse = KoalaBear.From(1 << RangeTable.LimbBits).Inverse();
        Node carry = 0;
        for (var j = 0; j < TreeTable.Limbs; j++)
        {
            carry = (table[Totals + j] + table[Slack + j] + carry - table[Published + j]) * inverse;
            if (j < TreeTable.Limbs - 1)
                table.OnFirst(carry * (carry - 1), $"reserve: carry {j + 1} of the bad debt is 0 or 1");
            else
                table.OnFirst(carry, "reserve: the bad debt is within its bound");
        }
    }

    // c_{j+1} = (E_j + s_j + c_j - F_j - other_j) / 2^15 is -1, 0 or 1; c_0 = 0. Every row but the first.
    // The last carry is 0 or -1: E + s is what it is compared with, or 2^90 less, as s has six limbs and no more.
    static void ConstrainAsset(Table table, string name, int other, int slack, bool isDebt)
    {
        var inverse = KoalaBear.From(1 << RangeTable.LimbBits).Inverse();
        Node carry = 0;
        for (var j = 0; j < AmountLimbs; j++)
        {
            var against = table.Next((isDebt ? Totals : Published) + other + j);
            carry = (table.Next(Totals + TreeTable.EquityLimb + j) + table.Next(Slack + slack + j) + carry
                - table.Next(Published + j) - against) * inverse;
            if (j < AmountLimbs - 1)
                table.OnTransition(
                    carry * (carry - 1) * (carry + 1), $"reserve: carry {j + 1} against the {name} is small");
            else
                table.OnTransition(carry * (carry + 1), $"reserve: equity is covered with the {name}");
        }
    }

    static void Speak(Table table, TopBuses buses)
    {
        var (isFirst, isAsset, id) = (table[IsFirst], table[IsAsset], table[Id]);
        var (height, disclosed) = (table.Public(TopPublic.Height), table.Public(TopPublic.Disclosed));
        Span<Node> root = new Node[NodeDigest.Length];
        for (var i = 0; i < root.Length; i++) root[i] = table.Public(TopPublic.Root + i);
        table.Receive(buses.Node, isFirst, [height, 0, .. root], "reserve: the root is the node of level H");

        Span<Node> weights = new Node[TopBuses.TotalWeights];
        for (var j = 0; j < TreeTable.Limbs; j++)
            weights[j] = (j < TreeTable.EquityLimb ? isFirst : isFirst + isAsset) * table[Totals + j];
        weights[TreeTable.Limbs] = isFirst * table.Public(TopPublic.Accounts);
        table.ReceiveSum(buses.Total, weights, [height + 1, 0, id], "reserve: totals and accounts are the root's");

        table.Receive(
            buses.PublicReserves, isAsset, [id - 1, .. table.Columns(Published, TopBuses.ReserveWords - 1)],
            "reserve: reserves are the statement's");
        table.Receive(
            buses.PublicBound, isFirst, table.Columns(Published, TopBuses.BoundWords),
            "reserve: the bound is the statement's");
        table.Send(
            buses.PublicTotals, disclosed * isAsset, [id - 1, .. Words(table, TreeTable.EquityLimb, 2 * Amount.Words)],
            "reserve: disclosed totals are the root's");
        table.Send(
            buses.PublicBadDebt, disclosed * isFirst, Words(table, 0, NodeDigest.Length),
            "reserve: disclosed bad debt is the root's");
    }

    static Node[] Words(Table table, int limb, int count)
    {
        var words = new Node[count];
        for (var k = 0; k < count; k++)
            words[k] = table[Totals + limb + 2 * k] + (1 << RangeTable.LimbBits) * table[Totals + limb + 2 * k + 1];
        return words;
    }
}
