using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Top;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Soundness;

namespace ZkExchange.Forgery.Circuits;

/// <summary>What specs/31-derivations.md says of the two keys, computed from them (P1, P9, P12).</summary>
public sealed class KeyFiguresTests
{
    public static TheoryData<string> Keys => ["shard", "top"];

    // Every table at the largest height that any profile has: no count wraps, no level is missed.
    [Theory]
    [MemberData(nameof(Keys))]
    public void T17_T80_G08_The_largest_proof_of_a_key_keeps_bounds_and_levels(string name)
    {
        var key = name is "shard" ? ShardCircuit.Key : TopCircuit.Key;
        var interactions = key.Circuit.Tables.SelectMany(table => table.Interactions).ToList();
        foreach (var profile in Profile.All)
        {
            var rows = BigInteger.One << profile.HeightLog2Max;
            var messages = rows * key.PublicMessages.Count;      // no list is longer than the table that takes it
            var bounds = interactions.Aggregate(messages, (sum, one) => sum + rows * one.Bound);
            Assert.True(bounds < KoalaBear.Modulus, $"{profile.Name}: {bounds}");

            var fractions = messages + rows * interactions.Count;
            Assert.True(Preconditions.ReachesTarget(profile, fractions));
            var report = SoundnessReport.Of(
                SoundnessParameters.Of(profile, profile.HeightLog2Max, (double)fractions));
            Assert.True(report["LOGUP"] > 120, $"{profile.Name}: {report["LOGUP"]}");
            Assert.Equal(
                SoundnessReport.Of(SoundnessParameters.Of(profile, profile.HeightLog2Max)).Level, report.Level);
        }
    }

    // Degrees on which DEEP and the number of chunks rest, and the tables that would make a shape as long as a node.
    [Theory]
    [MemberData(nameof(Keys))]
    public void T52_Degrees_are_those_that_the_bounds_count_with(string name)
    {
        var key = name is "shard" ? ShardCircuit.Key : TopCircuit.Key;
        Assert.DoesNotContain(key.Circuit.Tables.Count, new[] { 22, 54 });
        foreach (var table in key.Circuit.Tables)
        {
            var degrees = DegreesOf(table.Graph);
            Assert.All(table.Constraints, one => Assert.InRange(
                degrees[one.Node], 0, one.Rows is Rows.First or Rows.Last ? 2 : Profile.ConstraintDegreeMax));
            Assert.All(table.Interactions.SelectMany(one => one.Message), node => Assert.InRange(degrees[node], 0, 1));
            Assert.All(table.Interactions.SelectMany(one => one.Weights), node => Assert.InRange(degrees[node], 0, 2));
        }
    }

    static int[] DegreesOf(ConstraintGraph graph)
    {
        var degrees = new int[graph.Entries.Count];
        for (var i = 0; i < degrees.Length; i++)
        {
            var (operation, left, right) = graph.Entries[i];
            degrees[i] = operation switch
            {
                Operation.Constant or Operation.Public => 0,
                Operation.Column => 1,
                Operation.Negate => degrees[left],
                Operation.Multiply => degrees[left] + degrees[right],
                _ => Math.Max(degrees[left], degrees[right]),
            };
        }

        return degrees;
    }
}
