using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="ValueTable"/>.</summary>
/// <remarks>All arithmetic is on limbs, modulo what the limbs hold: what does not fit breaks a law, not the writer.
/// Accounts do not depend on each other, so threads share them out.</remarks>
sealed class ValueRows
{
    const int LimbMask = (1 << RangeTable.LimbBits) - 1;
    const int TenMask = (1 << 10) - 1;

    readonly ShardPlan _plan;
    readonly Matrix _trace;
    readonly uint[] _tierWords;
    readonly int[] _tiers;
    readonly List<int> _groups = [];                           // where an account begins, and the end

    ValueRows(ShardPlan plan, Matrix trace, uint[] tierWords, int[] tiers)
    {
        (_plan, _trace, _tierWords, _tiers) = (plan, trace, tierWords, tiers);
        for (var i = 0; i < plan.Values.Count; i++)
        {
            if (!plan.Values[i].Joins) _groups.Add(i);
        }

        _groups.Add(plan.Values.Count);
    }

    /// <summary>Writes the rows into a zero matrix; counts tiers and limbs.</summary>
    /// <param name="plan">What is valued.</param>
    /// <param name="trace">The matrix.</param>
    /// <param name="tierWords">The messages of the tier table.</param>
    /// <param name="tiers">For each row of the tier table how often it is looked up.</param>
    /// <param name="counts">Of limbs.</param>
    /// <param name="threads">How many may work at once.</param>
    public static Matrix Write(
        ShardPlan plan, Matrix trace, uint[] tierWords, int[] tiers, LookupCounts counts, int threads)
    {
        var writer = new ValueRows(plan, trace, tierWords, tiers);
        Threads.Split(writer._groups.Count - 1, threads, counts, writer.WriteGroups);
        return trace;
    }

    void WriteGroups(int from, int to, LookupCounts counts)
    {
        Span<int> balance = stackalloc int[ValueTable.BalanceLimbs];
        for (var i = _groups[from]; i < _groups[to]; i++)
        {
            var planned = _plan.Values[i];
            var account = _plan.Witness.Accounts[planned.Account];
            var row = _trace.Row(1 + i);
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
            row[isDebt ? ValueTable.IsDebt : ValueTable.IsPledge] = KoalaBear.One;
            row[ValueTable.Key] = KoalaBear.From(_plan.Tables.Tiers[planned.Tier].Key);
            Interlocked.Increment(ref _tiers[planned.Tier]);
            var tier = _tierWords.AsSpan(planned.Tier * ShardBuses.TierWords, ShardBuses.TierWords)[2..];
            for (var w = 0; w < tier.Length; w++) row[ValueTable.Weight + w] = KoalaBear.From(tier[w]);
            WriteProduct(isDebt ? entry.Debt : entry.Equity, tier, row, counts);
            WriteBalance(balance, tier, _plan.Tables.Tiers[planned.Tier].Ratio, row, counts);
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

    // amount * weight = low + a, a + s = width.
    static void WriteProduct(
        UInt128 amount, ReadOnlySpan<uint> tier, Span<KoalaBear> row, LookupCounts counts)
    {
        Span<int> limbs = stackalloc int[ValueTable.TenLimbs];
        for (var i = 0; i < limbs.Length; i++, amount >>= 10)
        {
            limbs[i] = (int)(uint)amount & TenMask;
            row[ValueTable.AmountLimbs + i] = KoalaBear.From((uint)limbs[i]);
            if (i % 3 == 1)
            {
                row[ValueTable.SplitHigh + i / 3] = KoalaBear.From((uint)limbs[i] >> 5);
                counts.Split((uint)limbs[i]);
            }
            else
            {
                counts.Ten((uint)limbs[i]);
            }
        }

        Span<int> columns = stackalloc int[2 * ValueTable.TenLimbs];
        Multiply(limbs, tier[..ValueTable.TenLimbs], columns);

        var low = tier.Slice(ValueTable.TenLimbs, ValueTable.ValueLimbs);
        var width = tier.Slice(ValueTable.TenLimbs + ValueTable.ValueLimbs, ValueTable.ValueLimbs);
        Span<int> inside = stackalloc int[ValueTable.ValueLimbs];
        Span<int> slack = stackalloc int[ValueTable.ValueLimbs];
        Subtract(columns, low, width, inside, slack);
        Put(inside, row[ValueTable.Inside..], counts);
        Put(slack, row[ValueTable.Slack..], counts);
        WriteProductCarries(columns, low, inside, row, counts);
    }

    // sum_(i + k = j) amount_i weight_k, below 9 * 2^20.
    static void Multiply(ReadOnlySpan<int> limbs, ReadOnlySpan<uint> weight, Span<int> columns)
    {
        columns.Clear();
        for (var i = 0; i < limbs.Length; i++)
        {
            for (var k = 0; k < weight.Length; k++) columns[i + k] += limbs[i] * (int)weight[k];
        }
    }

    // a = product - low, s = width - a; three digits of the product of ten bits are two limbs of fifteen.
    static void Subtract(
        ReadOnlySpan<int> columns, ReadOnlySpan<uint> low, ReadOnlySpan<uint> width, Span<int> inside,
        Span<int> slack)
    {
        Span<int> digits = stackalloc int[columns.Length];
        var carry = 0;
        for (var j = 0; j < columns.Length; j++)
        {
            carry += columns[j];
            digits[j] = carry & TenMask;
            carry >>= 10;
        }

        var (difference, rest) = (0, 0);
        for (var j = 0; j < inside.Length; j++)
        {
            var at = 3 * (j / 2);
            var limb = j % 2 == 0
                ? digits[at] | (digits[at + 1] << 10)
                : (digits[at + 1] >> 5) | (digits[at + 2] << 5);
            difference += (limb & LimbMask) - (int)low[j];
            inside[j] = difference & LimbMask;
            difference >>= RangeTable.LimbBits;
            rest += (int)width[j] - inside[j];
            slack[j] = rest & LimbMask;
            rest >>= RangeTable.LimbBits;
        }
    }

    // The carries of the product, column by column in base 2^10.
    static void WriteProductCarries(
        ReadOnlySpan<int> columns, ReadOnlySpan<uint> low, ReadOnlySpan<int> inside, Span<KoalaBear> row,
        LookupCounts counts)
    {
        var (carry, m) = (0L, 0);
        for (var j = 0; j < ValueTable.ProductCarryCount; j++)
        {
            carry += columns[j];
            for (; m < inside.Length && 3 * m / 2 == j; m++)
                carry -= (m % 2 == 1 ? 32L : 1) * ((int)low[m] + inside[m]);
            carry >>= 10;                                      // exact: the sums agree modulo 2^(10 (j + 1))
            PutCarry(carry, ref row[ValueTable.ProductCarries + j], counts);
        }
    }

    // b_j + base_j + ratio a_j + c_j = b'_j + 2^15 c_{j+1}; the balance moves on to b'.
    static void WriteBalance(
        Span<int> balance, ReadOnlySpan<uint> tier, int ratio, Span<KoalaBear> row, LookupCounts counts)
    {
        var bases = tier.Slice(ValueTable.Base - ValueTable.Weight, ValueTable.BaseLimbs);
        var carry = 0L;
        for (var j = 0; j < balance.Length; j++)
        {
            carry += balance[j];
            if (j < bases.Length) carry += bases[j];
            if (j < ValueTable.ValueLimbs) carry += (long)ratio * row[ValueTable.Inside + j].ToUInt32();
            balance[j] = (int)carry & LimbMask;
            carry >>= RangeTable.LimbBits;
            if (j < ValueTable.BalanceCarryCount)
                PutCarry(carry, ref row[ValueTable.BalanceCarries + j], counts);
        }

        Put(balance, row[ValueTable.Balance..], counts);
    }
}
