using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="ValueTable"/>.</summary>
/// <remarks>All arithmetic is on limbs, modulo what the limbs can hold: what does not fit breaks a law, not the writer.
/// Groups do not depend on each other, so threads share them out.</remarks>
sealed class ValueRows
{
    const int LimbMask = (1 << RangeTable.LimbBits) - 1;
    const int TenMask = (1 << 10) - 1;

    readonly ShardPlan _plan;
    readonly Matrix _trace;
    readonly uint[] _tierWords;
    readonly List<(int Value, int Row)> _groups = [];          // where each begins, and what is behind the last

    ValueRows(ShardPlan plan, Matrix trace, uint[] tierWords)
    {
        (_plan, _trace, _tierWords) = (plan, trace, tierWords);
        var row = 1;
        for (var i = 0; i < plan.Values.Count; i++)
        {
            if (i == 0 || !plan.Values[i].Joins) _groups.Add((i, row));
            row += plan.Values[i].Rows;
        }

        _groups.Add((plan.Values.Count, row));
    }

    /// <summary>Writes the rows into a zero matrix; counts tiers and limbs.</summary>
    /// <param name="plan">What is valued.</param>
    /// <param name="trace">Filled.</param>
    /// <param name="tierWords">The messages of the tier table.</param>
    /// <param name="counts">Of limbs and tiers.</param>
    /// <param name="threads">How many may work at once.</param>
    public static Matrix Write(
        ShardPlan plan, Matrix trace, uint[] tierWords, LookupCounts counts, int threads)
    {
        var writer = new ValueRows(plan, trace, tierWords);
        Threads.Split(writer._groups.Count - 1, threads, counts, writer.WriteGroups);
        return trace;
    }

    void WriteGroups(int from, int to, LookupCounts counts)
    {
        Span<int> balance = stackalloc int[ValueTable.BalanceLimbs];
        Span<int> digits = stackalloc int[2 * ValueTable.TenLimbs];
        var at = _groups[from].Row;
        for (var i = _groups[from].Value; i < _groups[to].Value; i++)
        {
            var planned = _plan.Values[i];
            var account = _plan.Witness.Accounts[planned.Account];
            var row = _trace.Row(at);
            var next = _trace.Row(at + planned.Rows - 1);
            at += planned.Rows;
            row[ValueTable.Account] = KoalaBear.From(_plan.AccountNumber(planned.Account));
            row[ValueTable.Block] = KoalaBear.From((uint)planned.Block);
            if (planned.Joins) row[ValueTable.Joins] = KoalaBear.One;
            else balance.Clear();

            if (planned.Kind == ValueKind.Open)
            {
                row[ValueTable.IsOpen] = KoalaBear.One;
                row[ValueTable.Key] = KoalaBear.From(-1);
                Split(account.BadDebt, balance);
                Put(balance, row[ValueTable.Balance..], counts);
                continue;
            }

            var isDebt = planned.Kind == ValueKind.Debt;
            var entry = account.Entries[planned.Entry];
            next[ValueTable.IsBalance] = KoalaBear.One;
            next[ValueTable.Account] = row[ValueTable.Account];
            row[isDebt ? ValueTable.IsDebt : ValueTable.IsPledge] = KoalaBear.One;
            row[ValueTable.Key] = KoalaBear.From(_plan.Tables.Tiers[planned.Tier].Key);
            counts.Tiers[planned.Tier]++;
            var tier = _tierWords.AsSpan(planned.Tier * ShardBuses.TierWords, ShardBuses.TierWords)[2..];
            PutTier(tier, row, next);
            WriteProduct(isDebt ? entry.Debt : entry.Equity, tier, digits, row, next, counts);
            WriteBalance(balance, tier, row, next, counts);
        }
    }

    static void Split(BigInteger value, Span<int> limbs)
    {
        Span<uint> words = stackalloc uint[limbs.Length];
        Limbs.Wrap(value, RangeTable.LimbBits, words);
        for (var j = 0; j < limbs.Length; j++) limbs[j] = (int)words[j];
    }

    static void Put(ReadOnlySpan<int> limbs, Span<KoalaBear> cells, LookupCounts counts)
    {
        for (var j = 0; j < limbs.Length; j++)
        {
            cells[j] = KoalaBear.From((uint)limbs[j]);
            counts.Fifteen((uint)limbs[j]);
        }
    }

    static void PutCarry(long carry, ref KoalaBear cell, LookupCounts counts)
    {
        cell = KoalaBear.From((int)carry);
        counts.Fifteen((uint)(carry + ValueTable.CarryOffset));
    }

    // Weight, lower end and width stand in the second row, base and ratio in the first.
    static void PutTier(ReadOnlySpan<uint> tier, Span<KoalaBear> row, Span<KoalaBear> next)
    {
        const int inSecond = ValueTable.Width - ValueTable.Weight;
        for (var w = 0; w < inSecond; w++) next[ValueTable.Weight + w] = KoalaBear.From(tier[w]);
        for (var w = inSecond; w < tier.Length; w++) row[ValueTable.Base + w - inSecond] = KoalaBear.From(tier[w]);
    }

    // amount * weight = low + a, a + s = width; the carries of the product, column by column in base 2^10.
    static void WriteProduct(
        UInt128 amount, ReadOnlySpan<uint> tier, Span<int> digits, Span<KoalaBear> row, Span<KoalaBear> next,
        LookupCounts counts)
    {
        Span<int> limbs = stackalloc int[ValueTable.TenLimbs];
        for (var i = 0; i < limbs.Length; i++, amount >>= 10) limbs[i] = (int)(uint)amount & TenMask;
        Multiply(limbs, tier, digits);

        var low = tier.Slice(ValueTable.TenLimbs, ValueTable.ValueLimbs);
        var width = tier.Slice(ValueTable.TenLimbs + ValueTable.ValueLimbs, ValueTable.ValueLimbs);
        Span<int> inside = stackalloc int[ValueTable.ValueLimbs];
        Span<int> slack = stackalloc int[ValueTable.ValueLimbs];
        var (borrow, rest) = (0, 0);
        for (var j = 0; j < inside.Length; j++)
        {
            // Three digits of ten bits are two limbs of fifteen.
            var at = 3 * (j / 2);
            var limb = j % 2 == 0
                ? digits[at] | (digits[at + 1] << 10)
                : (digits[at + 1] >> 5) | (digits[at + 2] << 5);
            borrow += (limb & LimbMask) - (int)low[j];
            inside[j] = borrow & LimbMask;
            borrow >>= RangeTable.LimbBits;
            rest += (int)width[j] - inside[j];
            slack[j] = rest & LimbMask;
            rest >>= RangeTable.LimbBits;
        }

        Put(inside, row[ValueTable.Inside..], counts);
        Put(slack, next[ValueTable.Slack..], counts);
        Put(limbs, row[ValueTable.AmountLimbs..], counts);
        for (var i = 0; i < limbs.Length; i++) limbs[i] <<= 5;
        Put(limbs, row[ValueTable.Scaled..], counts);
        for (var i = 0; i < limbs.Length; i++) limbs[i] >>= 5;
        WriteProductCarries(limbs, tier, low, inside, row, counts);
    }

    // Digits of ten bits.
    static void Multiply(ReadOnlySpan<int> limbs, ReadOnlySpan<uint> weight, Span<int> digits)
    {
        var sum = 0;
        for (var j = 0; j < digits.Length; j++)
        {
            sum += Column(limbs, weight, j);
            digits[j] = sum & TenMask;
            sum >>= 10;
        }
    }

    static int Column(ReadOnlySpan<int> limbs, ReadOnlySpan<uint> weight, int j)
    {
        var sum = 0;
        for (var i = Math.Max(0, j - limbs.Length + 1); i <= Math.Min(j, limbs.Length - 1); i++)
            sum += limbs[i] * (int)weight[j - i];
        return sum;
    }

    static void WriteProductCarries(
        ReadOnlySpan<int> limbs, ReadOnlySpan<uint> weight, ReadOnlySpan<uint> low, ReadOnlySpan<int> inside,
        Span<KoalaBear> row, LookupCounts counts)
    {
        var (carry, m) = (0L, 0);
        for (var j = 0; j < ValueTable.ProductCarryCount; j++)
        {
            carry += Column(limbs, weight, j);
            for (; m < inside.Length && 3 * m / 2 == j; m++)
                carry -= (m % 2 == 1 ? 32L : 1) * ((int)low[m] + inside[m]);
            carry >>= 10;                                      // exact: the sums agree modulo 2^(10 (j + 1))
            PutCarry(carry, ref row[ValueTable.ProductCarries + j], counts);
        }
    }

    // before_j + base_j + ratio a_j + c_j = b_j + 2^15 c_{j+1}; the balance moves on to b.
    static void WriteBalance(
        Span<int> balance, ReadOnlySpan<uint> tier, Span<KoalaBear> row, Span<KoalaBear> next, LookupCounts counts)
    {
        var bases = tier.Slice(tier.Length - 1 - ValueTable.BaseLimbs, ValueTable.BaseLimbs);
        var ratio = row[ValueTable.Ratio].ToUInt32() is var word && word <= KoalaBear.Modulus / 2
            ? (int)word
            : (int)(word - (long)KoalaBear.Modulus);
        var carry = 0L;
        for (var j = 0; j < balance.Length; j++)
        {
            row[ValueTable.Before + j] = KoalaBear.From((uint)balance[j]);
            carry += balance[j];
            if (j < bases.Length) carry += bases[j];
            if (j < ValueTable.ValueLimbs) carry += (long)ratio * row[ValueTable.Inside + j].ToUInt32();
            balance[j] = (int)carry & LimbMask;
            carry >>= RangeTable.LimbBits;
            if (j < ValueTable.BalanceCarryCount)
                PutCarry(carry, ref next[ValueTable.BalanceCarries + j], counts);
        }

        Put(balance, next[ValueTable.Balance..], counts);
    }
}
