using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="NodeTable"/>, level by level from the leaves, the shard node last.</summary>
static class NodeRows
{
    /// <summary>Writes the rows over 2^g leaves into a zero matrix and gives the shard node.</summary>
    public static Matrix Write(
        NodeDigest[] leaves, in NodeDigest sums, Matrix trace, int threads, out NodeDigest shardNode)
    {
        var (below, first, level) = (leaves, 0, 1);
        for (; below.Length > 1; level++)
        {
            var (children, at, height) = (below, first, level);
            var nodes = new NodeDigest[children.Length / 2];
            Threads.Split(nodes.Length, threads, new(), (from, to, _) =>
            {
                var batch = new PermutationBatch();
                for (; from < to; from += PermutationBatch.Size)
                {
                    var count = Math.Min(PermutationBatch.Size, to - from);
                    WriteNodes(batch, children, from, count, height, trace, at);
                    for (var i = 0; i < count; i++) nodes[from + i] = batch.Digest(i);
                }
            });
            (below, first) = (nodes, first + nodes.Length);
        }

        shardNode = WriteSeal(below[0], sums, level, trace.Row(first));
        PermutationRows.Pad(trace, first + 1);
        return trace;
    }

    // A shard of one position may have none but an unused one.
    static NodeDigest WriteSeal(in NodeDigest root, in NodeDigest sums, int level, Span<KoalaBear> row)
    {
        row[NodeTable.IsReal] = KoalaBear.One;
        row[NodeTable.IsSeal] = KoalaBear.One;
        row[NodeTable.Level] = KoalaBear.From((uint)level);
        if (level == 1 && root == NodeDigest.Empty) row[NodeTable.IsLeftEmpty] = KoalaBear.One;
        return PermutationRows.Write(root, sums, row);
    }

    static void WriteNodes(
        PermutationBatch batch, NodeDigest[] children, int first, int count, int level, Matrix trace, int at)
    {
        for (var i = 0; i < count; i++) batch.Set(i, children[2 * (first + i)], children[2 * (first + i) + 1]);
        batch.Run(count);
        for (var i = 0; i < count; i++)
        {
            var row = trace.Row(at + first + i);
            batch.CopyTo(i, row);
            row[NodeTable.IsReal] = KoalaBear.One;
            row[NodeTable.Level] = KoalaBear.From((uint)level);
            if (level > 1) continue;
            if (children[2 * (first + i)] == NodeDigest.Empty) row[NodeTable.IsLeftEmpty] = KoalaBear.One;
            if (children[2 * (first + i) + 1] == NodeDigest.Empty) row[NodeTable.IsRightEmpty] = KoalaBear.One;
        }
    }
}
