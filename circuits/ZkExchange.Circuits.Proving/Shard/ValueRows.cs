using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="ValueTable"/>.</summary>
static class ValueRows
{
    /// <summary>Writes the rows into a zero matrix; counts tiers and limbs.</summary>
    public static Matrix Write(ShardPlan plan, Matrix trace, int[] tiers, LookupCounts counts)
    {
        var before = BigInteger.Zero;
        for (var i = 0; i < plan.Values.Count; i++)
        {
            var planned = plan.Values[i];
            var account = plan.Witness.Accounts[planned.Account];
            var row = trace.Row(1 + i);
            if (!planned.Joins) before = BigInteger.Zero;
            if (planned.Joins) row[ValueTable.Joins] = KoalaBear.One;
            row[ValueTable.Account] = KoalaBear.From((uint)planned.Account);
            row[ValueTable.Block] = KoalaBear.From((uint)planned.Block);
            if (planned.Kind == ValueKind.Open)
            {
                row[ValueTable.IsOpen] = KoalaBear.One;
                row[ValueTable.Key] = KoalaBear.From(-1);
                before = account.BadDebt;
                WriteBalance(before, row, counts);
                continue;
            }

            tiers[planned.Tier]++;
            before = WriteItem(
                planned, account.Entries[planned.Entry], plan.Tables.Tiers[planned.Tier], before, row, counts);
        }

        return trace;
    }

    static BigInteger WriteItem(
        ValueRow planned, in AccountEntry entry, TierRow tier, BigInteger before, Span<KoalaBear> row,
        LookupCounts counts)
    {
        var isDebt = planned.Kind == ValueKind.Debt;
        var amount = isDebt ? entry.Debt : entry.Equity;
        row[isDebt ? ValueTable.IsDebt : ValueTable.IsPledge] = KoalaBear.One;
        row[ValueTable.Key] = KoalaBear.From(tier.Key);

        Span<uint> words = stackalloc uint[ShardBuses.TierWords];
        tier.WriteWords(words);
        for (var w = 2; w < words.Length; w++) row[ValueTable.Weight + w - 2] = KoalaBear.From(words[w]);

        var value = Valuation.Value(amount, tier);
        WriteProduct(amount, tier, value, words, row, counts);
        var after = before + tier.Counts(value);
        WriteBalance(after, row, counts);
        WriteBalanceCarries(planned.Joins ? before : 0, after, value - tier.Low, tier, row, counts);
        return after;
    }

    // amount * weight = low + a, a + s = width; then the carries of the product, column by column in base 2^10.
    static void WriteProduct(
        UInt128 amount, TierRow tier, BigInteger value, ReadOnlySpan<uint> words, Span<KoalaBear> row,
        LookupCounts counts)
    {
        Span<uint> limbs = stackalloc uint[ValueTable.TenLimbs];
        Span<uint> inside = stackalloc uint[ValueTable.ValueLimbs];
        Span<uint> slack = stackalloc uint[ValueTable.ValueLimbs];
        Limbs.Wrap(amount, 10, limbs);
        Limbs.Wrap(value - tier.Low, RangeTable.LimbBits, inside);
        Limbs.Wrap(tier.Low + tier.Width - value, RangeTable.LimbBits, slack);
        for (var i = 0; i < limbs.Length; i++)
        {
            row[ValueTable.AmountLimbs + i] = KoalaBear.From(limbs[i]);
            if (i % 3 == 1)
            {
                row[ValueTable.SplitHigh + i / 3] = KoalaBear.From(limbs[i] >> 5);
                counts.Split(limbs[i]);
            }
            else
            {
                counts.Ten(limbs[i]);
            }
        }

        for (var j = 0; j < inside.Length; j++)
        {
            row[ValueTable.Inside + j] = KoalaBear.From(inside[j]);
            row[ValueTable.Slack + j] = KoalaBear.From(slack[j]);
            counts.Fifteen(inside[j]);
            counts.Fifteen(slack[j]);
        }

        var weight = words.Slice(2, ValueTable.TenLimbs);
        var low = words.Slice(2 + ValueTable.TenLimbs, ValueTable.ValueLimbs);
        var carry = 0L;
        for (var j = 0; j < ValueTable.ProductCarryCount; j++)
        {
            for (var i = Math.Max(0, j - limbs.Length + 1); i <= Math.Min(j, limbs.Length - 1); i++)
                carry += (long)limbs[i] * weight[j - i];
            for (var m = 0; m < inside.Length; m++)
            {
                if (3 * m / 2 == j) carry -= (long)(m % 2 == 1 ? 32 : 1) * (low[m] + inside[m]);
            }

            carry >>= 10;                                      // exact: the sums agree modulo 2^(10 (j + 1))
            row[ValueTable.ProductCarries + j] = KoalaBear.From((int)carry);
            counts.Fifteen((uint)(carry + ValueTable.CarryOffset));
        }
    }

    static void WriteBalance(BigInteger balance, Span<KoalaBear> row, LookupCounts counts)
    {
        Span<uint> limbs = stackalloc uint[ValueTable.BalanceLimbs];
        Limbs.Wrap(balance, RangeTable.LimbBits, limbs);
        for (var j = 0; j < limbs.Length; j++)
        {
            row[ValueTable.Balance + j] = KoalaBear.From(limbs[j]);
            counts.Fifteen(limbs[j]);
        }
    }

    // b_j + base_j + ratio a_j + c_j = b'_j + 2^15 c_{j+1}
    static void WriteBalanceCarries(
        BigInteger before, BigInteger after, BigInteger inside, TierRow tier, Span<KoalaBear> row, LookupCounts counts)
    {
        Span<uint> old = stackalloc uint[ValueTable.BalanceLimbs];
        Span<uint> now = stackalloc uint[ValueTable.BalanceLimbs];
        Span<uint> bases = stackalloc uint[ValueTable.BalanceLimbs];
        Span<uint> parts = stackalloc uint[ValueTable.BalanceLimbs];
        Limbs.Wrap(before, RangeTable.LimbBits, old);
        Limbs.Wrap(after, RangeTable.LimbBits, now);
        Limbs.Wrap(tier.Base, RangeTable.LimbBits, bases);
        Limbs.Wrap(inside, RangeTable.LimbBits, parts[..ValueTable.ValueLimbs]);
        var carry = 0L;
        for (var j = 0; j < ValueTable.BalanceCarryCount; j++)
        {
            carry = (old[j] + bases[j] + (long)tier.Ratio * parts[j] + carry - now[j]) >> RangeTable.LimbBits;
            row[ValueTable.BalanceCarries + j] = KoalaBear.From((int)carry);
            counts.Fifteen((uint)(carry + ValueTable.CarryOffset));
        }
    }
}
