using ZkExchange.Matching.Tests.Twin;

namespace ZkExchange.Matching.Tests.Laws;

/// <summary>The fast book and the naive one tell the same story, event by event.</summary>
public class TwinTests
{
    [Fact]
    public void The_naive_twin_sees_the_same_events()
    {
        var kinds = new HashSet<MatchEventKind>();
        var reasons = new HashSet<EndReason>();
        for (var seed = 1; seed <= 400; seed++)
        {
            var flow = new RandomFlow(seed);
            flow.Run(400);
            kinds.UnionWith(flow.Seen);
            reasons.UnionWith(flow.Reasons);
        }

        // The comparison is worth something only if the flow goes everywhere.
        Assert.Equal(Enum.GetValues<MatchEventKind>().Where(k => k != MatchEventKind.None), kinds.Order());
        Assert.Superset(new HashSet<EndReason>(Enum.GetValues<EndReason>().Except(
            [EndReason.InstrumentClosed, EndReason.RiskCancelled])), reasons);
    }
}
