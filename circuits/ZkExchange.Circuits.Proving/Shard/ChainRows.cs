using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="ChainTable"/>.</summary>
static class ChainRows
{
    /// <summary>Writes the rows and gives the shard node.</summary>
    public static Matrix Write(ShardPlan plan, long rows, in NodeDigest root, out NodeDigest shardNode)
    {
        var trace = new Matrix(rows, ChainTable.Width);
        var totals = plan.Totals;
        var opening = HiddenSums.OpeningBlock(plan.Witness.Height, totals, plan.Witness.Blind);
        var state = PermutationRows.Write(opening, Words.Block(Words.Of(totals.BadDebt, 8)), trace.Row(0));
        trace.Row(0)[ChainTable.IsOpen] = KoalaBear.One;
        for (var i = 0; i < totals.Assets.Count; i++)
        {
            var row = trace.Row(1 + i);
            row[ChainTable.IsAsset] = KoalaBear.One;
            state = PermutationRows.Write(state, Words.AssetBlock(i, totals.Assets[i]), row);
        }

        var seal = trace.Row(1 + totals.Assets.Count);
        seal[ChainTable.IsSeal] = KoalaBear.One;
        shardNode = PermutationRows.Write(root, state, seal);
        PermutationRows.Pad(trace, 2 + totals.Assets.Count);
        return trace;
    }
}
