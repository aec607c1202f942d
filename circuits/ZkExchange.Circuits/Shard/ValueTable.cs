// Debts against pledges (specs/41-circuits.md section 10). Only amounts that are owed or pledged have rows here; a debt
// must (entry table), a pledge may. Rows of one account form a group with a running balance
//
//   open    balance = the bad debt that is declared for the group (any non-negative number; it is summed)
//   pledge  balance' = balance + base + ratio a       base + ratio a is the value after haircut, in 10^-4
//   debt    balance' = balance - 10^4 a               a is the value owed
//
// and the balance is never negative. The value of an amount is an exact product: amount * weight = lo + a, where lo is
// the lower end of a tier and a, at most the tier's width, lies in it: a + s = width with s >= 0. So a pledge counts
// for its tiered value and for nothing else. Who leaves a pledge out, or divides an account into several groups,
// counts less.
//
// What is valued takes two rows, its item and its balance, which share columns and lookups:
//
//   item     a        carries of the product   amount, 32 * amount   balance before, base, ratio
//   balance  s        carries of the balance   balance after         weight, lo, width
//   open                                       balance

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

    /// <summary>Contributions that a debt counts for: its limbs in a sum are below 32 * 2^15.</summary>
    public const int DebtUnits = 32;

    /// <summary>1 in rows that declare bad debt.</summary>
    public const int IsOpen = 0;

    /// <summary>1 in items that are pledges.</summary>
    public const int IsPledge = IsOpen + 1;

    /// <summary>1 in items that are debts.</summary>
    public const int IsDebt = IsPledge + 1;

    /// <summary>1 in the row behind an item.</summary>
    public const int IsBalance = IsDebt + 1;

    /// <summary>1 in items that go on with the balance of the row before.</summary>
    public const int Joins = IsBalance + 1;

    /// <summary>The account of the entry table.</summary>
    public const int Account = Joins + 1;

    /// <summary>The key of a pledge, the asset of a debt, -1 in rows that open.</summary>
    public const int Key = Account + 1;

    /// <summary>Which of an id's sums takes what this row adds.</summary>
    public const int Block = Key + 1;

    /// <summary>Items: a, the value above the lower end.</summary>
    public const int Inside = Block + 1;

    /// <summary>Balances: s, the value to the upper end.</summary>
    public const int Slack = Inside;

    /// <summary>Items: carries 1 .. 15 of the product, signed.</summary>
    public const int ProductCarries = Inside + ValueLimbs;

    /// <summary>Carries of the product: 17 columns of base 2^10, the last two taken together.</summary>
    public const int ProductCarryCount = 2 * TenLimbs - 3;

    /// <summary>Balances: carries 1 .. 14 of the balance, signed.</summary>
    public const int BalanceCarries = ProductCarries;

    /// <summary>Carries of the balance: sixteen limbs, the last two taken together.</summary>
    public const int BalanceCarryCount = BalanceLimbs - 2;

    /// <summary>Items: the amount in nine limbs.</summary>
    public const int AmountLimbs = ProductCarries + ProductCarryCount;

    /// <summary>Items: 32 times these limbs. A number of fifteen bits has ten if 32 times it has fifteen.</summary>
    public const int Scaled = AmountLimbs + TenLimbs;

    /// <summary>Balances and rows that open: the balance with this row.</summary>
    public const int Balance = AmountLimbs;

    /// <summary>Items: the balance before, 0 for one that does not join.</summary>
    public const int Before = Scaled + TenLimbs;

    /// <summary>Items: what the tiers below count for; then the ratio, the part that counts, in 10^-4; -10^4 for a
    /// debt.</summary>
    public const int Base = Before + BalanceLimbs;

    /// <inheritdoc cref="Base"/>
    public const int Ratio = Base + BaseLimbs;

    /// <summary>Balances: from here the words of the tier behind key and kind, but base and ratio. First the weight.
    /// </summary>
    public const int Weight = Before;

    /// <summary>Balances: the lower end of the tier.</summary>
    public const int Low = Weight + TenLimbs;

    /// <summary>Balances: the width of the tier.</summary>
    public const int TierWidth = Low + ValueLimbs;

    /// <summary>Columns.</summary>
    public const int Width = TierWidth + ValueLimbs;

    /// <summary>Rows of an item.</summary>
    public const int ItemRows = 2;

    const int Fifteen = 1 << RangeTable.LimbBits;
    const int TenBits = 1 << 10;
    const int TenScale = 1 << (RangeTable.LimbBits - 10);
    const int DebtWeight = 1 + SumTable.DebtLimb;              // among the weights of a sum

    /// <summary>The table; absent where nobody owes anything.</summary>
    public static Table Build(ShardBuses buses)
    {
        var table = new Table("value", Width, Heights.Min, Heights.Max, isOptional: true);
        ConstrainKinds(table);
        ConstrainGroups(table);
        ConstrainProduct(table);
        ConstrainTier(table);
        ConstrainBalance(table);
        Range(table, buses);
        Speak(table, buses);
        return table;
    }

    static Node IsItem(Table table) => table[IsPledge] + table[IsDebt];

    // isBalance' = item. From the first row on isBalance is what the item before is, a small integer, and the sum of
    // the kinds is 0 or 1: so is each of them.
    static void ConstrainKinds(Table table)
    {
        var (isOpen, isBalance, isItem) = (table[IsOpen], table[IsBalance], IsItem(table));
        var isReal = isOpen + isItem + isBalance;
        foreach (var (column, name) in new[]
        {
            (IsOpen, "isOpen"), (IsPledge, "isPledge"), (IsDebt, "isDebt"), (Joins, "joins"),
        })
        {
            table.Boolean(column, name);
        }

        table.OnEvery(isReal * (isReal - 1), "value: a row is of one kind");
        table.OnTransition(table.Next(IsBalance) - isItem, "value: a balance stands behind its item");
        table.OnFirst(isBalance, "value: the first row is no balance");
        table.OnFirst(isOpen + isItem, "value: the first row has no amount");
        table.OnLast(isItem, "value: the last row is no item");
    }

    static void ConstrainGroups(Table table)
    {
        var (isItem, nextItem) = (IsItem(table), table.Next(IsPledge) + table.Next(IsDebt));
        var (joins, rise) = (table.Next(Joins), table.Next(Account) - table[Account]);

        // A row joins a balance of its own account: padding has no balance to lend, nor has another account.
        table.OnTransition(isItem * rise, "value: a balance is of its item's account");
        table.OnTransition(joins * (1 - table[IsOpen] - table[IsBalance]), "value: a row joins a real one");
        table.OnTransition(joins * rise, "value: a row joins its own account");
        for (var j = 0; j < BalanceLimbs; j++)
        {
            table.OnTransition(
                nextItem * (table.Next(Before + j) - joins * table[Balance + j]),
                $"value: limb {j} of the balance before is that of the row before");
        }

        // Bad debt is summed under id 0 = key + 1.
        table.OnEvery(table[IsOpen] * (table[Key] + 1), "value: bad debt has id 0");
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
            table.OnTransition(
                IsItem(table) * column, $"value: column {j} of amount times weight is that of lo + a");
        }
    }

    static Node ProductColumn(Table table, int j)
    {
        Node column = 0;
        for (var i = Math.Max(0, j - TenLimbs + 1); i <= Math.Min(j, TenLimbs - 1); i++)
            column += table[AmountLimbs + i] * table.Next(Weight + j - i);
        for (var m = 0; m < ValueLimbs; m++)
        {
            if (3 * m / 2 == j) column -= (m % 2 == 1 ? 32 : 1) * (table.Next(Low + m) + table[Inside + m]);
        }

        return column;
    }

    // a_j + s_j + k_j = width_j + 2^15 k_{j+1}, the carry k an expression that is 0 or 1; k_0 = k_12 = 0.
    static void ConstrainTier(Table table)
    {
        Node carry = 0;
        var isItem = IsItem(table);
        var inverse = Fields.KoalaBear.From(Fifteen).Inverse();
        for (var j = 0; j < ValueLimbs; j++)
        {
            carry = (table[Inside + j] + table.Next(Slack + j) + carry - table.Next(TierWidth + j)) * inverse;
            if (j < ValueLimbs - 1)
                table.OnTransition(isItem * (carry * (carry - 1)), $"value: carry {j + 1} of a + s is 0 or 1");
            else
                table.OnTransition(isItem * carry, "value: a + s ends with the width");
        }
    }

    // b'_j + 2^15 c_{j+1} = before_j + base_j + ratio a_j + c_j, c_0 = 0; limbs 14 and 15 are one equation, limb 15
    // times 2^15. With |ratio| <= 10^4 every term is below 2^30 and the sum below p: an equation of integers.
    static void ConstrainBalance(Table table)
    {
        for (var j = 0; j <= BalanceCarryCount; j++)
        {
            var sum = BalanceLimb(table, j);
            if (j > 0) sum += table.Next(BalanceCarries + j - 1);
            sum -= Fifteen * (j < BalanceCarryCount ? table.Next(BalanceCarries + j) : -BalanceLimb(table, j + 1));
            table.OnTransition(IsItem(table) * sum, $"value: limb {j} of the balance");
        }
    }

    static Node BalanceLimb(Table table, int j)
    {
        var sum = table[Before + j] - table.Next(Balance + j);
        if (j < BaseLimbs) sum += table[Base + j];
        if (j < ValueLimbs) sum += table[Ratio] * table[Inside + j];
        return sum;
    }

    // Columns that both rows of an item use are looked up once.
    static void Range(Table table, ShardBuses buses)
    {
        var isItem = IsItem(table);
        var isEither = isItem + table[IsBalance];
        for (var j = 0; j < ValueLimbs; j++)
            table.Send(buses.Fifteen, isEither, [table[Inside + j]], $"value: limb {j} of a and of s has fifteen bits");

        for (var j = 0; j < ProductCarryCount; j++)
        {
            var isLast = j == BalanceCarryCount;
            table.Send(
                buses.Fifteen, isLast ? isItem : isEither, [table[ProductCarries + j] + CarryOffset],
                isLast ? $"value: carry {j + 1} of the product is small"
                    : $"value: carry {j + 1} of the product and of the balance is small");
        }

        for (var i = 0; i < TenLimbs; i++)
        {
            table.OnEvery(
                isItem * (table[Scaled + i] - TenScale * table[AmountLimbs + i]),
                $"value: limb {i} of the amount is scaled");
        }

        for (var j = 0; j < 2 * TenLimbs; j++)
        {
            var what = $"value: limb {j % TenLimbs} of the amount has {(j < TenLimbs ? "fifteen" : "ten")} bits";
            var isBalance = j < BalanceLimbs;
            table.Send(
                buses.Fifteen, isBalance ? isEither + table[IsOpen] : isItem, [table[AmountLimbs + j]],
                isBalance ? $"{what}, limb {j} of the balance fifteen" : what);
        }
    }

    static void Speak(Table table, ShardBuses buses)
    {
        var (isOpen, isDebt, isItem, key) = (table[IsOpen], table[IsDebt], IsItem(table), table[Key]);

        // x_k = m_0 + 2^10 m_1 + 2^20 m_2 adds m_0 + 2^10 m_1 and 2^5 m_2 to two limbs of a sum.
        Span<Node> amount = new Node[Amount.Words];
        Span<Node> weights = new Node[ShardBuses.SumWeights];
        weights[0] = isOpen + DebtUnits * isDebt;
        for (var j = 0; j < BalanceLimbs; j++) weights[1 + j] = isOpen * table[Balance + j];
        for (var k = 0; k < Amount.Words; k++)
        {
            var low = table[AmountLimbs + 3 * k] + TenBits * table[AmountLimbs + 3 * k + 1];
            var top = table[AmountLimbs + 3 * k + 2];
            amount[k] = low + TenBits * TenBits * top;
            weights[DebtWeight + 2 * k] += isDebt * low;
            weights[DebtWeight + 2 * k + 1] += isDebt * (TenScale * top);
        }

        table.Receive(
            buses.Amount, isItem, [table[Account], key, isDebt, .. amount], "value: the amount is an entry's");

        Span<Node> tier = new Node[ShardBuses.TierWords];
        (tier[0], tier[1]) = (key, isDebt);
        for (var w = Weight; w < Width; w++) tier[2 + w - Weight] = table.Next(w);
        for (var w = Base; w <= Ratio; w++) tier[2 + Width - Weight + w - Base] = table[w];
        table.Send(buses.Tier, isItem, tier, "value: the tier is the statement's");
        table.SendSum(buses.Sum, weights, [key + 1, table[Block]], "value: bad debt and debts are summed");
    }
}
