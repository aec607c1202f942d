using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>The rows of <see cref="NodeTable"/>, level by level from the leaves.</summary>
static class NodeRows
{
    /// <summary>Writes the rows over 2^g leaves and gives the root.</summary>
    public static Matrix Write(NodeDigest[] leaves, long rows, int threads, out NodeDigest root)
    {
        var trace = new Matrix(rows, NodeTable.Width);
        var (below, first, level) = (leaves, 0, 1);
        for (; below.Length > 1; level++)
        {
            var (children, at, height) = (below, first, level);
            var nodes = new NodeDigest[children.Length / 2];
            Threads.Split(nodes.Length, threads, new(), (from, to, _) =>
            {
                for (var i = from; i < to; i++)
                    nodes[i] = WriteNode(children[2 * i], children[2 * i + 1], height, trace.Row(at + i));
            });
            (below, first) = (nodes, first + nodes.Length);
        }

        root = below[0];
        PermutationRows.Pad(trace, first);
        return trace;
    }

    static NodeDigest WriteNode(in NodeDigest left, in NodeDigest right, int level, Span<KoalaBear> row)
    {
        row[NodeTable.IsReal] = KoalaBear.One;
        row[NodeTable.Level] = KoalaBear.From((uint)level);
        if (level == 1 && left == NodeDigest.Empty) row[NodeTable.IsLeftEmpty] = KoalaBear.One;
        if (level == 1 && right == NodeDigest.Empty) row[NodeTable.IsRightEmpty] = KoalaBear.One;
        return PermutationRows.Write(left, right, row);
    }
}
