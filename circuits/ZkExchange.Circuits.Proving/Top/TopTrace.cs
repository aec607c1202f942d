// The rows of the top proof (specs/41-circuits.md sections 13 and 14): the shards' nodes, then each level above up to
// the root, then one comparison for each asset.

using System.Numerics;
using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;

namespace ZkExchange.Circuits.Proving.Top;

/// <summary>Writes the tables of the top proof.</summary>
public static class TopTrace
{
    /// <summary>lg of the least height of each table, in key order.</summary>
    /// <param name="shape">g and k.</param>
    /// <param name="assets">A.</param>
    /// <param name="heightLog2Min">What the profile asks for at least.</param>
    public static byte[] HeightsLog2(TreeShape shape, int assets, int heightLog2Min)
    {
        long rows = 0;
        for (var level = shape.ShardHeight; level <= shape.Height; level++)
            rows += (long)shape.NodesAt(level) * (assets + (level == shape.ShardHeight ? 2 : 3));
        if (rows > 1L << Heights.Max)
            throw new WitnessException(HostReason.HostCount, $"{rows} rows of nodes are more than 2^{Heights.Max}");

        var heights = new byte[TopCircuit.TableCount];
        heights[TopCircuit.TreeTableIndex] = Lift(rows);
        heights[TopCircuit.ReserveTableIndex] = Lift(1 + assets);
        heights[TopCircuit.RangeTableIndex] = Lift(1 << RangeTable.HeightLog2Min);
        return heights;

        byte Lift(long least) => (byte)Math.Max(heightLog2Min, BitOperations.Log2((ulong)least * 2 - 1));
    }

    /// <summary>Writes the tables.</summary>
    /// <param name="witness">The shards, with totals of as many assets as there are reserves.</param>
    /// <param name="reserves">What the totals are compared with.</param>
    /// <param name="heightsLog2">For each table lg of its height, at least that of <see cref="HeightsLog2"/>.</param>
    /// <param name="checks">Whether totals that are not covered are refused.</param>
    /// <exception cref="WitnessException">With checks on, the statement is false.</exception>
    public static TopTraces Write(
        TopWitness witness, TopReserves reserves, ReadOnlySpan<byte> heightsLog2, HostChecks checks = HostChecks.On)
    {
        Check.That(witness.Shape.IsValid && witness.Assets == reserves.Assets.Count);
        var least = HeightsLog2(witness.Shape, witness.Assets, Heights.Min);
        Check.That(heightsLog2.Length == least.Length);
        for (var i = 0; i < least.Length; i++)
        {
            if (heightsLog2[i] < least[i] || heightsLog2[i] > Heights.Max)
                throw new WitnessException(HostReason.HostParams, $"table {i} needs a height of 2^{least[i]} rows");
        }

        var counts = new LookupCounts();
        var tree = new Matrix(1L << heightsLog2[TopCircuit.TreeTableIndex], TreeTable.Width);
        var rows = new TreeRows(tree, counts, checks);
        var nodes = new List<TreeNode>();
        for (var s = 0; s < witness.Shards.Count; s++)
        {
            var (root, totals) = witness.Shards[s];
            nodes.Add(rows.WriteShard(witness.ShardHeight, s, totals, witness.Blinds[0][s], root));
        }

        NodeDigest[] shardNodes = [.. nodes.Select(node => node.Digest)];
        for (var up = 1; up < witness.Blinds.Count; up++)
        {
            var parents = new List<TreeNode>();
            for (var i = 0; 2 * i < nodes.Count; i++)
            {
                var right = 2 * i + 1 < nodes.Count ? nodes[2 * i + 1] : null;
                parents.Add(rows.WriteUpper(witness.ShardHeight + up, i, nodes[2 * i], right, witness.Blinds[up][i]));
            }

            nodes = parents;
        }

        rows.Pad();
        var top = nodes[0];
        if (checks == HostChecks.On) ReserveRows.CheckCovered(top.Totals, reserves);
        var comparison = ReserveRows.Write(
            top.Totals, reserves, 1L << heightsLog2[TopCircuit.ReserveTableIndex], counts);
        return new(
            [tree, comparison, counts.Write(heightsLog2[TopCircuit.RangeTableIndex])], shardNodes, top.Digest,
            top.Totals);
    }
}
