using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="EntryTable"/>.</summary>
static class EntryRows
{
    /// <summary>Writes the rows; fills in the leaves and counts the keys.</summary>
    public static Matrix Write(
        ShardPlan plan, long rows, NodeDigest[] leaves, int[] keys, LookupCounts counts, int threads)
    {
        var trace = new Matrix(rows, EntryTable.Width);
        Threads.Split(plan.Witness.Accounts.Count, threads, counts, (from, to, mine) =>
        {
            for (var a = from; a < to; a++)
            {
                var account = plan.Witness.Accounts[a];
                leaves[account.Position] = WriteAccount(plan, a, account, trace, keys, mine);
            }
        });

        var used = plan.FirstRows[^1];
        PermutationRows.Pad(trace, used, EntryTable.InputColumns);
        var accounts = KoalaBear.From((uint)plan.Witness.Accounts.Count);
        for (long r = used; r < rows; r++) trace.Row(r)[EntryTable.Account] = accounts;
        return trace;
    }

    static NodeDigest WriteAccount(
        ShardPlan plan, int index, ShardAccount account, Matrix trace, int[] keys, LookupCounts counts)
    {
        var state = account.Tag;
        var rankBefore = -1;
        long at = plan.FirstRows[index];
        var number = KoalaBear.From((uint)index);
        for (var i = 0; i < account.Entries.Count; i++, at++)
        {
            var entry = account.Entries[i];
            var rank = plan.Tables.RankOf(entry.Key);
            var row = trace.Row(at);
            state = PermutationRows.Write(state, Block(entry), row, EntryTable.InputColumns);
            row[EntryTable.IsEntry] = KoalaBear.One;
            row[EntryTable.Account] = number;
            row[EntryTable.Number] = KoalaBear.From((uint)i + 1);
            row[EntryTable.Asset] = KoalaBear.From((uint)EntryKey.Asset(entry.Key));
            row[EntryTable.Rank] = KoalaBear.From(rank);
            row[EntryTable.Block] = KoalaBear.From((uint)plan.Blocks[at]);
            for (var k = 0; k < Amount.Words; k++)
            {
                var word = (uint)(entry.Equity >> (Amount.WordBits * k)) & ((1u << Amount.WordBits) - 1);
                var high = word >> RangeTable.LimbBits;
                row[EntryTable.EquityHigh + k] = KoalaBear.From(high);
                counts.Fifteen(high);
                counts.Fifteen(word & ((1u << RangeTable.LimbBits) - 1));
            }

            if (entry.Debt != 0) row[EntryTable.HasDebt] = KoalaBear.One;
            if (plan.Pledged.Contains((int)at)) row[EntryTable.IsPledged] = KoalaBear.One;
            if (i > 0) counts.Fifteen((uint)(rank - rankBefore - 1));
            if (rank >= 0) Interlocked.Increment(ref keys[rank]);
            rankBefore = rank;
        }

        var closing = trace.Row(at);
        closing[EntryTable.IsClose] = KoalaBear.One;
        closing[EntryTable.Account] = number;
        closing[EntryTable.Number] = KoalaBear.From((uint)account.Entries.Count);
        closing[EntryTable.Asset] = KoalaBear.From(-2);
        return PermutationRows.Write(
            state, AccountLeaf.ClosingBlock(account.Entries.Count, account.Salt), closing, EntryTable.InputColumns);
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
            return KoalaBear.From((ulong)(k == Amount.Words - 1 ? amount : amount & ((1u << Amount.WordBits) - 1)));
        }
    }
}
