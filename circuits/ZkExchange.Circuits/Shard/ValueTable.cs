// Debts against pledges (specs/41-circuits.md section 10). Only amounts that are owed or pledged have a row here; a
// debt that is not zero must (entry table), a pledge may. Rows of one account form a group with a running balance
//
//   open    balance = the bad debt that is declared for the group (any non-negative number; it is summed)
//   pledge  balance' = balance + base + ratio a       base + ratio a is the value after haircut, in 10^-4
//   debt    balance' = balance - 10^4 a               a is the value owed
//
// and the balance is never negative. The value of an amount is an exact product: amount * weight = lo + a, where lo is
// the lower end of a tier and a, at most the tier's width, lies in it: a + s = width with s >= 0. So a pledge counts
// for its tiered value and for nothing else. Who leaves a pledge out, or divides an account into several groups,
// counts less.

using ZkExchange.Circuits.Parts;
using ZkExchange.Commitments;
using ZkExchange.Stark.Air;

namespace ZkExchange.Circuits.Shard;

/// <summary>The table of valued amounts.</summary>
static class ValueTable
{
    /// <summary>Limbs of ten bits of an amount and of a weight.</summary>
    public const int TenLimbs = 9;

    /// <summary>Limbs of fifteen bits of a value: 180 bits.</summary>
    public const int ValueLimbs = 12;

    /// <summary>Limbs of fifteen bits of a value after haircut, in 10^-4: 195 bits.</summary>
    public const int BaseLimbs = 13;

    /// <summary>Limbs of fifteen bits of a balance: 240 bits.</summary>
    public const int BalanceLimbs = 16;

    /// <summary>What is added to a signed carry before it is looked up.</summary>
    public const int CarryOffset = 1 << 14;

    /// <summary>1 in rows that declare bad debt.</summary>
    public const int IsOpen = 0;

    /// <summary>1 in rows that value a pledge.</summary>
    public const int IsPledge = IsOpen + 1;

    /// <summary>1 in rows that value a debt.</summary>
    public const int IsDebt = IsPledge + 1;

    /// <summary>1 in rows that belong to the group of the row before.</summary>
    public const int Joins = IsDebt + 1;

    /// <summary>The account of the entry table.</summary>
    public const int Account = Joins + 1;

    /// <summary>The key of a pledge, the asset of a debt, -1 in rows that open.</summary>
    public const int Key = Account + 1;

    /// <summary>Which of an id's sums takes what this row adds.</summary>
    public const int Block = Key + 1;

    /// <summary>The amount in nine limbs.</summary>
    public const int AmountLimbs = Block + 1;

    /// <summary>The five high bits of limbs 1, 4 and 7.</summary>
    public const int SplitHigh = AmountLimbs + TenLimbs;

    /// <summary>From here the words of the tier, behind key and kind: first the weight.</summary>
    public const int Weight = SplitHigh + Amount.Words;

    /// <summary>The lower end of the tier.</summary>
    public const int Low = Weight + TenLimbs;

    /// <summary>The width of the tier.</summary>
    public const int TierWidth = Low + ValueLimbs;

    /// <summary>What the tiers below count for.</summary>
    public const int Base = TierWidth + ValueLimbs;

    /// <summary>The part that counts, in 10^-4; -10^4 for a debt.</summary>
    public const int Ratio = Base + BaseLimbs;

    /// <summary>a: the value above the lower end.</summary>
    public const int Inside = Ratio + 1;

    /// <summary>s: the value to the upper end.</summary>
    public const int Slack = Inside + ValueLimbs;

    /// <summary>Carries 1 .. 15 of the product, signed.</summary>
    public const int ProductCarries = Slack + ValueLimbs;

    /// <summary>Carries of the product: 17 columns of base 2^10, the last two taken together.</summary>
    public const int ProductCarryCount = 2 * TenLimbs - 3;

    /// <summary>The balance with this row.</summary>
    public const int Balance = ProductCarries + ProductCarryCount;

    /// <summary>Carries 1 .. 14 of the balance, signed.</summary>
    public const int BalanceCarries = Balance + BalanceLimbs;

    /// <summary>Carries of the balance: sixteen limbs, the last two taken together.</summary>
    public const int BalanceCarryCount = BalanceLimbs - 2;

    /// <summary>Columns.</summary>
    public const int Width = BalanceCarries + BalanceCarryCount;

    const int Fifteen = 1 << RangeTable.LimbBits;
    const int TenBits = 1 << 10;
    const int DebtWeight = 1 + SumTable.DebtLimb;              // among the weights of a sum

    /// <summary>The table; absent where nobody owes anything.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("value", Width, Heights.Min, Heights.Max, isOptional: true);
        ConstrainGroups(table);
        ConstrainProduct(table);
        ConstrainTier(table);
        ConstrainBalance(table);
        Range(table, buses);
        Speak(table, buses);
        return table;
    }

    static void ConstrainGroups(Table table)
    {
        var (isOpen, isPledge, isDebt) = (table[IsOpen], table[IsPledge], table[IsDebt]);
        var isReal = isOpen + isPledge + isDebt;
        foreach (var (column, name) in new[]
        {
            (IsOpen, "isOpen"), (IsPledge, "isPledge"), (IsDebt, "isDebt"), (Joins, "joins"),
        })
        {
            table.Boolean(column, name);
        }

        // At most one kind. The first row is padding, so every row that adds to a balance has one before it.
        table.OnEvery(isReal * (isReal - 1), "value: a row is of one kind");
        table.OnFirst(isReal, "value: the first row is padding");

        // A row joins a real row of its own account: padding has no balance to lend, nor has another account.
        table.OnTransition(table.Next(Joins) * (1 - isReal), "value: a row joins a real one");
        table.OnTransition(
            table.Next(Joins) * (table.Next(Account) - table[Account]), "value: a row joins its own account");

        // Bad debt is summed under id 0 = key + 1.
        table.OnEvery(isOpen * (table[Key] + 1), "value: bad debt has id 0");
    }

    // sum over i + k = j of x_i w_k + c_j = (lo + a)_j + 2^10 c_{j+1}, column by column in base 2^10, c_0 = 0; columns
    // 15 and 16 are one equation, column 16 times 2^10. Limb m of fifteen bits begins at bit 15 m: in column
    // floor(1.5 m), there times 32 if m is odd. Up to column 14 products are below 9 * 2^20, limbs below 2 * 2^20,
    // carries within 2^14, 2^24 once shifted: all below 2^25. In the last equation both sides are below 2^30 + 2^25,
    // as lo + a is at most lo + width, below 2^180: so lo_11 + a_11 is below 2^15.
    static void ConstrainProduct(Table table)
    {
        for (var j = 0; j <= ProductCarryCount; j++)
        {
            var column = ProductColumn(table, j);
            if (j > 0) column += table[ProductCarries + j - 1];
            column -= TenBits * (j < ProductCarryCount ? table[ProductCarries + j] : -ProductColumn(table, j + 1));
            table.OnEvery(column, $"value: column {j} of amount times weight is that of lo + a");
        }
    }

    static Node ProductColumn(Table table, int j)
    {
        Node column = 0;
        for (var i = Math.Max(0, j - TenLimbs + 1); i <= Math.Min(j, TenLimbs - 1); i++)
            column += table[AmountLimbs + i] * table[Weight + j - i];
        for (var m = 0; m < ValueLimbs; m++)
        {
            if (3 * m / 2 == j) column -= (m % 2 == 1 ? 32 : 1) * (table[Low + m] + table[Inside + m]);
        }

        return column;
    }

    // a_j + s_j + k_j = width_j + 2^15 k_{j+1}, the carry k an expression that is 0 or 1; k_0 = k_12 = 0.
    static void ConstrainTier(Table table)
    {
        Node carry = 0;
        var inverse = Fields.KoalaBear.From(Fifteen).Inverse();
        for (var j = 0; j < ValueLimbs; j++)
        {
            carry = (table[Inside + j] + table[Slack + j] + carry - table[TierWidth + j]) * inverse;
            if (j < ValueLimbs - 1)
                table.OnEvery(carry * (carry - 1), $"value: carry {j + 1} of a + s is 0 or 1");
            else
                table.OnEvery(carry, "value: a + s ends with the width");
        }
    }

    // b'_j + 2^15 c_{j+1} = (joins b_j) + base_j + ratio a_j + c_j in rows that value, c_0 = 0; limbs 14 and 15 are one
    // equation, limb 15 times 2^15. With |ratio| <= 10^4 every term is below 2^30 and the sum below p: an equation of
    // integers.
    static void ConstrainBalance(Table table)
    {
        var isItem = table.Next(IsPledge) + table.Next(IsDebt);
        for (var j = 0; j <= BalanceCarryCount; j++)
        {
            var sum = BalanceLimb(table, j);
            if (j > 0) sum += table.Next(BalanceCarries + j - 1);
            sum -= Fifteen * (j < BalanceCarryCount ? table.Next(BalanceCarries + j) : -BalanceLimb(table, j + 1));
            table.OnTransition(isItem * sum, $"value: limb {j} of the balance");
        }
    }

    static Node BalanceLimb(Table table, int j)
    {
        var sum = table.Next(Joins) * table[Balance + j] - table.Next(Balance + j);
        if (j < BaseLimbs) sum += table.Next(Base + j);
        if (j < ValueLimbs) sum += table.Next(Ratio) * table.Next(Inside + j);
        return sum;
    }

    static void Range(Table table, ShardBuses buses)
    {
        var isItem = table[IsPledge] + table[IsDebt];
        for (var i = 0; i < TenLimbs; i++)
        {
            var limb = table[AmountLimbs + i];
            if (i % 3 == 1)
            {
                table.Send(
                    buses.Split, isItem, [limb, table[SplitHigh + (i / 3)]],
                    $"value: limb {i} of the amount has ten bits and these high ones");
            }
            else
            {
                table.Send(buses.Ten, isItem, [limb], $"value: limb {i} of the amount has ten bits");
            }
        }

        for (var j = 0; j < ValueLimbs; j++)
        {
            table.Send(buses.Fifteen, isItem, [table[Inside + j]], $"value: limb {j} of a has fifteen bits");
            table.Send(buses.Fifteen, isItem, [table[Slack + j]], $"value: limb {j} of s has fifteen bits");
        }

        for (var j = 0; j < ProductCarryCount; j++)
        {
            table.Send(
                buses.Fifteen, isItem, [table[ProductCarries + j] + CarryOffset],
                $"value: carry {j + 1} of the product is small");
        }

        for (var j = 0; j < BalanceLimbs; j++)
        {
            table.Send(
                buses.Fifteen, table[IsOpen] + isItem, [table[Balance + j]],
                $"value: limb {j} of the balance has fifteen bits");
        }

        for (var j = 0; j < BalanceCarryCount; j++)
        {
            table.Send(
                buses.Fifteen, isItem, [table[BalanceCarries + j] + CarryOffset],
                $"value: carry {j + 1} of the balance is small");
        }
    }

    static void Speak(Table table, ShardBuses buses)
    {
        var (isOpen, isDebt, key) = (table[IsOpen], table[IsDebt], table[Key]);
        var isItem = table[IsPledge] + isDebt;

        // x_k = m_0 + 2^10 m_1 + 2^20 m_2; as limbs of fifteen bits m_0 + 2^10 (m_1 - 32 q) and q + 32 m_2.
        Span<Node> amount = new Node[Amount.Words];
        Span<Node> weights = new Node[ShardBuses.SumWeights];
        weights[0] = isOpen + isDebt;
        for (var j = 0; j < BalanceLimbs; j++) weights[1 + j] = isOpen * table[Balance + j];
        for (var k = 0; k < Amount.Words; k++)
        {
            var (low, middle, top) = (
                table[AmountLimbs + 3 * k], table[AmountLimbs + 3 * k + 1], table[AmountLimbs + 3 * k + 2]);
            var high = table[SplitHigh + k];
            amount[k] = low + TenBits * middle + TenBits * TenBits * top;
            weights[DebtWeight + 2 * k] += isDebt * (low + TenBits * (middle - 32 * high));
            weights[DebtWeight + 2 * k + 1] += isDebt * (high + 32 * top);
        }

        table.Receive(
            buses.Amount, isItem, [table[Account], key, isDebt, .. amount], "value: the amount is an entry's");
        table.Send(
            buses.Tier, isItem, [key, isDebt, .. table.Columns(Weight, ShardBuses.TierWords - 2)],
            "value: the tier is the statement's");
        table.SendSum(buses.Sum, weights, [key + 1, table[Block]], "value: bad debt and debts are summed");
    }
}
