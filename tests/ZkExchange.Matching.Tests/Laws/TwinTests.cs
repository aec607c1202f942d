using FsCheck;
using FsCheck.Fluent;
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

    // Every choice of a flow is a number of the property's, so a failure shrinks to few and plain commands.
    [Theory]
    [MemberData(nameof(KindsOfOrders))]
    public void The_naive_twin_sees_the_same_events_whatever_a_kind_of_order_meets(int kind, string name) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(30), Prop.ForAll(
            Gen.Choose(0, 1_000_000).ListOf(900).ToArbitrary(),
            drawn => new RandomFlow(new Choices(drawn), name, kind).Run(int.MaxValue)));

    public static TheoryData<int, string> KindsOfOrders()
    {
        string[] names =
        [
            "market", "market", "stop", "stop-limit", "take-profit", "take-profit-limit", "trailing stop", "pegged",
            "iceberg", "immediate or fill-or-kill", "minimum quantity", "post-only", "good till date",
        ];
        Assert.Equal(RandomFlow.Kinds, names.Length);
        var data = new TheoryData<int, string>();
        for (var kind = 1; kind < names.Length; kind++) data.Add(kind, names[kind]);
        return data;
    }
}
