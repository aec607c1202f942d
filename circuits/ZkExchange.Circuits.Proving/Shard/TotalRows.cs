using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The first rows of <see cref="EntryTable"/>: the chain of the hidden sums.</summary>
static class TotalRows
{
    /// <summary>Writes the rows and gives the digest of the hidden sums.</summary>
    public static NodeDigest Write(ShardPlan plan, Matrix trace)
    {
        var totals = plan.Totals;
        var opening = HiddenSums.OpeningBlock(plan.Witness.Height, totals, plan.Witness.Blind);
        var state = PermutationRows.Write(opening, Words.Block(Words.Of(totals.BadDebt, 8)), trace.Row(0));
        for (var i = 0; i < totals.Assets.Count; i++)
            state = PermutationRows.Write(state, Words.AssetBlock(i, totals.Assets[i]), trace.Row(1 + i));

        var accounts = KoalaBear.From((uint)plan.Witness.Accounts.Count);
        for (var r = 0; r < EntryTable.TotalRows(totals.Assets.Count); r++)
        {
            var row = trace.Row(r);
            row[EntryTable.IsTotal] = KoalaBear.One;
            row[EntryTable.Account] = accounts;
            row[EntryTable.Of(0, EntryTable.Asset)] = KoalaBear.From(EntryTable.FirstTotal - r);
        }

        return state;
    }
}
