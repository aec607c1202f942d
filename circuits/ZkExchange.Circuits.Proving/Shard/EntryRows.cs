using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="EntryTable"/> behind the totals.</summary>
/// <remarks>An account is a chain, so the permutations of one batch belong to as many accounts: each step takes the
/// next row of every account under way, and an account that is closed makes room for another.</remarks>
sealed class EntryRows
{
    const uint LimbMask = (1u << RangeTable.LimbBits) - 1;
    const uint WordMask = (1u << Amount.WordBits) - 1;

    readonly ShardPlan _plan;
    readonly Matrix _trace;
    readonly NodeDigest[] _leaves;
    readonly int[] _keys;

    EntryRows(ShardPlan plan, Matrix trace, NodeDigest[] leaves, int[] keys) =>
        (_plan, _trace, _leaves, _keys) = (plan, trace, leaves, keys);

    /// <summary>Writes the rows into a zero matrix; fills in the leaves and counts the keys.</summary>
    public static void Write(
        ShardPlan plan, Matrix trace, NodeDigest[] leaves, int[] keys, LookupCounts counts, int threads)
    {
        var writer = new EntryRows(plan, trace, leaves, keys);
        Threads.Split(plan.Witness.Accounts.Count, threads, counts, writer.WriteAccounts);

        PermutationRows.Pad(trace, plan.FirstRows[^1], threads);
    }

    void WriteAccounts(int from, int to, LookupCounts counts)
    {
        var batch = new PermutationBatch();
        var lanes = new (int Account, int Step, NodeDigest State)[PermutationBatch.Size];
        var (next, active) = (from, 0);
        while (true)
        {
            for (; active < lanes.Length && next < to; active++, next++)
                lanes[active] = (next, 0, _plan.Witness.Accounts[next].Tag);
            if (active == 0) return;

            for (var lane = 0; lane < active; lane++)
            {
                var account = _plan.Witness.Accounts[lanes[lane].Account];
                var (entries, step) = (account.Entries, lanes[lane].Step);
                batch.Set(lane, lanes[lane].State, step < entries.Count
                    ? Block(entries[step])
                    : AccountLeaf.ClosingBlock(entries.Count, account.Salt));
            }

            batch.Run(active);
            for (var lane = active - 1; lane >= 0; lane--)
            {
                var (index, step, _) = lanes[lane];
                var account = _plan.Witness.Accounts[index];
                long at = _plan.FirstRows[index] + step;
                batch.CopyTo(lane, _trace.Row(at));
                if (step < account.Entries.Count)
                {
                    WriteEntry(at, index, step, account, counts);
                    lanes[lane] = (index, step + 1, batch.Digest(lane));
                    continue;
                }

                WriteClosing(at, index, account);
                _leaves[account.Position] = batch.Digest(lane);
                lanes[lane] = lanes[--active];
            }
        }
    }

    void WriteEntry(long at, int index, int step, ShardAccount account, LookupCounts counts)
    {
        var entry = account.Entries[step];
        var rank = _plan.Tables.RankOf(entry.Key);
        var row = _trace.Row(at);
        row[EntryTable.IsEntry] = KoalaBear.One;
        row[EntryTable.Account] = KoalaBear.From(_plan.AccountNumber(index));
        row[EntryTable.Number] = KoalaBear.From((uint)step + 1);
        row[EntryTable.Asset] = KoalaBear.From((uint)EntryKey.Asset(entry.Key));
        row[EntryTable.Rank] = KoalaBear.From(rank);
        row[EntryTable.Block] = KoalaBear.From((uint)_plan.Blocks[at]);
        for (var k = 0; k < Amount.Words; k++)
        {
            var word = (uint)(entry.Equity >> (Amount.WordBits * k)) & WordMask;
            var high = word >> RangeTable.LimbBits;
            row[EntryTable.EquityHigh + k] = KoalaBear.From(high);
            counts.Fifteen(high);
            counts.Fifteen(word & LimbMask);
        }

        if (entry.Debt != 0) row[EntryTable.HasDebt] = KoalaBear.One;
        if (_plan.Pledged.Contains((int)at)) row[EntryTable.IsPledged] = KoalaBear.One;
        if (step > 0) counts.Fifteen((uint)(rank - _plan.Tables.RankOf(account.Entries[step - 1].Key) - 1));
        if (rank >= 0) Interlocked.Increment(ref _keys[rank]);
    }

    void WriteClosing(long at, int index, ShardAccount account)
    {
        var row = _trace.Row(at);
        row[EntryTable.IsClose] = KoalaBear.One;
        row[EntryTable.Account] = KoalaBear.From(_plan.AccountNumber(index));
        row[EntryTable.Number] = KoalaBear.From((uint)account.Entries.Count);
    }

    // As AccountLeaf.EntryBlock, but for what fits into no amount as well: its words are then taken modulo p.
    static NodeDigest Block(in AccountEntry entry)
    {
        if (Amount.IsValid(entry.Equity) && Amount.IsValid(entry.Debt)) return AccountLeaf.EntryBlock(entry);
        Span<KoalaBear> words = stackalloc KoalaBear[NodeDigest.Length];
        words[0] = KoalaBear.From(entry.Key);
        for (var k = 0; k < Amount.Words; k++)
        {
            words[1 + k] = Word(entry.Equity, k);
            words[1 + Amount.Words + k] = Word(entry.Debt, k);
        }

        return new(words);

        static KoalaBear Word(UInt128 amount, int k)
        {
            amount >>= Amount.WordBits * k;
            return KoalaBear.From((ulong)(k == Amount.Words - 1 ? amount : amount & WordMask));
        }
    }
}
