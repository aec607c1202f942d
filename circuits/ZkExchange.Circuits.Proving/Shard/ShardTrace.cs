// The rows of a shard's proof (specs/41-circuits.md sections 6 to 11). Totals and entries first: their digests are the
// hidden sums and the leaves, which make the nodes and the shard node. Permutations are nearly all of the work.

using ZkExchange.Circuits.Parts;
using ZkExchange.Circuits.Proving.Parts;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Circuits.Proving.Shard;

/// <summary>Writes the tables of a shard.</summary>
public static class ShardTrace
{
    /// <summary>Writes the tables of a plan.</summary>
    /// <param name="plan">The rows.</param>
    /// <param name="heightsLog2">For each table lg of its height, 255 = absent; at least those of the plan.</param>
    /// <param name="threads">How many may work at once; the result does not depend on it.</param>
    /// <param name="profile">Of the proof for which room is left in the memory of the tables, if there will be one.
    /// </param>
    /// <exception cref="WitnessException">The heights do not hold the rows.</exception>
    public static ShardTraces Write(
        ShardPlan plan, ReadOnlySpan<byte> heightsLog2, int threads = 2, Profile? profile = null)
    {
        CheckHeights(plan, heightsLog2);
        var memory = new TraceMemory(ShardCircuit.Key, heightsLog2, profile);
        var counts = new LookupCounts(plan.Tables.Keys, plan.Tables.Tiers.Count);
        var tables = new Matrix?[ShardCircuit.TableCount];

        var leaves = new NodeDigest[1 << plan.Witness.Height];
        Array.Fill(leaves, NodeDigest.Empty);
        var entries = memory.Make(ShardCircuit.EntryTableIndex);
        tables[ShardCircuit.EntryTableIndex] = entries;
        var sums = TotalRows.Write(plan, entries);
        EntryRows.Write(plan, entries, leaves, counts, threads);
        tables[ShardCircuit.NodeTableIndex] = NodeRows.Write(
            leaves, sums, memory.Make(ShardCircuit.NodeTableIndex), threads, out var shardNode);
        tables[ShardCircuit.SumTableIndex] =
            SumRows.Write(plan.Sums, Rows(heightsLog2, ShardCircuit.SumTableIndex), counts);
        var tierWords = plan.Tables.TierMessages();
        if (heightsLog2[ShardCircuit.ValueTableIndex] != Shape.Absent)
        {
            tables[ShardCircuit.ValueTableIndex] = ValueRows.Write(
                plan, memory.Make(ShardCircuit.ValueTableIndex), tierWords, counts, threads);
        }

        tables[ShardCircuit.KeyTableIndex] = PublicRows.Write(
            plan.Tables.KeyMessages(), KeyTable.Words, counts.Keys, Rows(heightsLog2, ShardCircuit.KeyTableIndex));
        tables[ShardCircuit.TierTableIndex] = PublicRows.Write(
            tierWords, ShardBuses.TierWords, counts.Tiers, Rows(heightsLog2, ShardCircuit.TierTableIndex));
        tables[ShardCircuit.RangeTableIndex] = counts.Write(heightsLog2[ShardCircuit.RangeTableIndex]);
        return new(tables, shardNode);
    }

    static long Rows(ReadOnlySpan<byte> heightsLog2, int table) => 1L << heightsLog2[table];

    static void CheckHeights(ShardPlan plan, ReadOnlySpan<byte> heightsLog2)
    {
        var least = plan.HeightsLog2(Heights.Min);
        Check.That(heightsLog2.Length == least.Length);
        for (var i = 0; i < least.Length; i++)
        {
            var fits = least[i] == Shape.Absent
                || (heightsLog2[i] != Shape.Absent && heightsLog2[i] >= least[i]);
            if (!fits || (heightsLog2[i] == Shape.Absent && i != ShardCircuit.ValueTableIndex))
            {
                throw new WitnessException(
                    HostReason.HostParams,
                    $"table {i} needs a height of 2^{least[i]} rows and is given {heightsLog2[i]} (255 = none)");
            }
        }
    }
}
