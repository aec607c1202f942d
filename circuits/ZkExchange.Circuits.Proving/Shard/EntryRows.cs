using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="EntryTable"/> behind the totals.</summary>
/// <remarks>An account is a chain, so the permutations of one batch belong to as many accounts: each step takes the
/// next row of every account under way, and an account that is done makes room for another.</remarks>
sealed class EntryRows
{
    const uint LimbMask = (1u << RangeTable.LimbBits) - 1;
    const uint WordMask = (1u << Amount.WordBits) - 1;

    readonly ShardPlan _plan;
    readonly Matrix _trace;
    readonly NodeDigest[] _leaves;

    EntryRows(ShardPlan plan, Matrix trace, NodeDigest[] leaves) => (_plan, _trace, _leaves) = (plan, trace, leaves);

    /// <summary>Writes the rows into a zero matrix; fills in the leaves, counts keys and limbs.</summary>
    public static void Write(ShardPlan plan, Matrix trace, NodeDigest[] leaves, LookupCounts counts, int threads)
    {
        var writer = new EntryRows(plan, trace, leaves);
        Threads.Split(plan.Witness.Accounts.Count, threads, counts, writer.WriteAccounts);

        PermutationRows.Pad(trace, plan.FirstRows[^1], threads);
    }

    void WriteAccounts(int from, int to, LookupCounts counts)
    {
        var batch = new PermutationBatch();
        var lanes = new Lane[PermutationBatch.Size];
        var (next, active) = (from, 0);
        while (true)
        {
            for (; active < lanes.Length && next < to; next++)
            {
                // An account without entries has no row, and breaks the count of accounts.
                if (_plan.FirstRows[next] == _plan.FirstRows[next + 1]) continue;
                lanes[active++] = new() { Account = next, Row = _plan.FirstRows[next], IsOpening = true };
            }

            if (active == 0) return;

            for (var lane = 0; lane < active; lane++)
            {
                ref var under = ref lanes[lane];
                var account = _plan.Witness.Accounts[under.Account];
                if (under.IsOpening)
                {
                    batch.Set(lane, account.Tag, AccountLeaf.OpeningBlock(account.Salt));
                    continue;
                }

                var isAny = under.Items.NextItem(account.Entries, out under.Left);
                under.HasRight = under.Items.NextItem(account.Entries, out under.Right);
                Check.That(isAny);
                batch.Set(lane, under.State, Block(under));
            }

            batch.Run(active);
            for (var lane = active - 1; lane >= 0; lane--)
            {
                ref var under = ref lanes[lane];
                under.State = batch.Digest(lane);
                if (!under.IsOpening)
                {
                    batch.CopyTo(lane, _trace.Row(under.Row));
                    WriteRow(under, counts);
                    under.Before = under.Right;
                    under.Row++;
                }

                under.IsFirst = under.IsOpening;
                under.IsOpening = false;
                if (under.Row < _plan.FirstRows[under.Account + 1]) continue;
                _leaves[_plan.Witness.Accounts[under.Account].Position] = under.State;
                lanes[lane] = lanes[--active];
            }
        }
    }

    void WriteRow(in Lane lane, LookupCounts counts)
    {
        var row = _trace.Row(lane.Row);
        row[EntryTable.IsEntry] = KoalaBear.One;
        if (lane.IsFirst) row[EntryTable.IsFirst] = KoalaBear.One;
        row[EntryTable.Account] = KoalaBear.From(_plan.AccountNumber(lane.Account));
        WriteItem(row, lane.Row, 0, lane.Left, counts);
        if (!lane.IsFirst) Follow(row, 0, lane.Left, lane.Before, counts);
        if (!lane.HasRight) return;
        row[EntryTable.HasRight] = KoalaBear.One;
        WriteItem(row, lane.Row, 1, lane.Right, counts);
        Follow(row, 1, lane.Right, lane.Left, counts);
    }

    void WriteItem(Span<KoalaBear> row, int at, int side, in AccountItem item, LookupCounts counts)
    {
        var rank = _plan.Tables.RankOf(item.Key);
        var place = AccountLeaf.ItemsPerBlock * at + side;
        row[EntryTable.Of(side, EntryTable.Asset)] = KoalaBear.From((uint)EntryKey.Asset(item.Key));
        row[EntryTable.Of(side, EntryTable.Rank)] = KoalaBear.From(rank);
        row[EntryTable.Of(side, EntryTable.Block)] = KoalaBear.From((uint)_plan.Blocks[place]);
        for (var k = 0; k < Amount.Words; k++)
        {
            var word = (uint)(item.Value >> (Amount.WordBits * k)) & WordMask;
            var high = word >> RangeTable.LimbBits;
            row[EntryTable.Of(side, EntryTable.High + k)] = KoalaBear.From(high);
            counts.Fifteen(high);
            counts.Fifteen(word & LimbMask);
        }

        if (item.IsDebt) row[EntryTable.Of(side, EntryTable.IsDebt)] = KoalaBear.One;
        if (_plan.Valued[place]) row[EntryTable.Of(side, EntryTable.IsValued)] = KoalaBear.One;
        counts.Key(rank);
    }

    void Follow(Span<KoalaBear> row, int side, in AccountItem item, in AccountItem before, LookupCounts counts)
    {
        var rise = _plan.Tables.RankOf(item.Key) - _plan.Tables.RankOf(before.Key);
        var follows = item.IsDebt && !before.IsDebt && rise == 0;
        if (follows) row[EntryTable.Of(side, EntryTable.FollowsEquity)] = KoalaBear.One;
        counts.Fifteen((uint)(rise - 1 + (follows ? 1 : 0)));
    }

    // As AccountItems.Block, but for what fits into no amount as well: its words are then taken modulo p.
    static NodeDigest Block(in Lane lane)
    {
        Span<KoalaBear> words = stackalloc KoalaBear[NodeDigest.Length];
        Write(lane.Left, words);
        if (lane.IsFirst) words[0] += KoalaBear.From(AccountItem.First);
        if (lane.HasRight) Write(lane.Right, words[AccountLeaf.ItemWords..]);
        else words[AccountLeaf.ItemWords] = KoalaBear.From(HashDomain.None);
        return new(words);

        static void Write(in AccountItem item, Span<KoalaBear> words)
        {
            words[0] = KoalaBear.From(item.Code);
            for (var k = 0; k < Amount.Words; k++)
            {
                var rest = item.Value >> (Amount.WordBits * k);
                words[1 + k] = KoalaBear.From((ulong)(k == Amount.Words - 1 ? rest : rest & WordMask));
            }
        }
    }

    /// <summary>An account under way, in front of one of its rows or of the block that opens it.</summary>
    struct Lane
    {
        public int Account;
        public int Row;
        public bool IsOpening;
        public bool IsFirst;
        public bool HasRight;
        public NodeDigest State;
        public AccountItems Items;
        public AccountItem Left;
        public AccountItem Right;
        public AccountItem Before;
    }
}
