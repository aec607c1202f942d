using Xunit;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Tests.Shard;
using static ZkExchange.Circuits.Tests.Forging.ShardForge;

namespace ZkExchange.Circuits.Tests.Forging;

public sealed class ShardLawTests
{
    static readonly Dictionary<string, Func<ShardForge>> s_cases = ShardCases.All();
    static readonly Dictionary<string, Func<ShardForge>> s_own = ShardCases.Own();
    static readonly Dictionary<string, Func<ShardForge>> s_otherRow = ShardCases.OtherRow();

    // Without one of these no witness balances at all: what the other side always says finds no answer.
    static readonly string[] s_indispensable =
    [
        "entry: equity on the left is summed, totals are sums", "sum: the last block gives the total",
        "node: the right child is a node or the hidden sums", "node: the node has a parent",
        "key: rows are the statement's", "tier: rows are the statement's", "2 v is a number of fifteen bits",
    ];

    public static TheoryData<string> Laws => [.. s_cases.Keys];

    public static TheoryData<string> SharedLaws => [.. s_otherRow.Keys];

    public static TheoryData<string> OwnLaws => [.. s_own.Keys];

    public static TheoryData<string> IndispensableLaws => [.. s_indispensable];

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_law_alone_refuses_a_false_witness(string law) => LawCheck.OnlyThisLaw(s_cases[law](), law);

    [Theory]
    [MemberData(nameof(SharedLaws))]
    public void A_law_of_two_rows_alone_refuses_a_false_witness_in_the_other(string law) =>
        LawCheck.OnlyThisLaw(s_otherRow[law](), law);

    [Theory]
    [MemberData(nameof(OwnLaws))]
    public void A_constraint_alone_is_broken(string law) => LawCheck.OnlyThisConstraint(s_own[law](), law);

    [Theory]
    [MemberData(nameof(IndispensableLaws))]
    public void Without_the_law_nothing_balances(string law)
    {
        using var forge = new ShardForge(Book.Small);
        Assert.Empty(forge.Check());
        Assert.NotEmpty(forge.CheckWithout(law));
    }

    [Theory]
    [InlineData(Entry, 0)]
    [InlineData(Entry, 1)]
    [InlineData(Entry, 4)]
    [InlineData(Entry, 12)]
    [InlineData(Node, 1)]
    [InlineData(Node, 3)]
    public void Every_cell_of_a_permutation_has_its_law(int table, long row) =>
        LawCheck.EveryCell(new ShardForge(Book.Small), table, row);

    [Fact]
    public void Every_law_has_its_case()
    {
        var laws = LawCheck.LawsOf(ShardCircuit.Definition).ToArray();
        Assert.Equal(laws.Length, laws.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            laws.Order(StringComparer.Ordinal),
            s_cases.Keys.Concat(s_own.Keys).Concat(s_indispensable).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_forge_that_alters_nothing_is_accepted()
    {
        using var forge = new ShardForge(Book.Small);
        var before = forge.PublicMessages[^1].ToArray();
        forge.Complete();
        Assert.Empty(forge.Check());
        Assert.Equal(before, forge.PublicMessages[^1]);
    }
}
