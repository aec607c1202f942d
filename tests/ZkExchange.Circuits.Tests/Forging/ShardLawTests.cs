using Xunit;
using ZkExchange.Circuits.Shard;
using ZkExchange.Circuits.Tests.Shard;
using static ZkExchange.Circuits.Tests.Forging.ShardForge;

namespace ZkExchange.Circuits.Tests.Forging;

public sealed class ShardLawTests
{
    static readonly Dictionary<string, Func<ShardForge>> s_cases = ShardCases.All();
    static readonly Dictionary<string, Func<ShardForge>> s_own = ShardCases.Own();

    // Without one of these no witness balances at all: what the other side always says finds no answer.
    static readonly string[] s_indispensable =
    [
        "chain: the bad debt is the total", "sum: the last block gives the total", "key: rows are the statement's",
        "tier: rows are the statement's", "2 v is a number of fifteen bits",
    ];

    // The seal's digest is the public shard node in the first row as in any other, and two digests are not alike.
    static readonly string[] s_named = ["chain: the first row is no seal"];

    public static TheoryData<string> Laws => [.. s_cases.Keys];

    public static TheoryData<string> OwnLaws => [.. s_own.Keys];

    public static TheoryData<string> IndispensableLaws => [.. s_indispensable];

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_law_alone_refuses_a_false_witness(string law) => LawCheck.OnlyThisLaw(s_cases[law](), law);

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

    [Fact]
    public void A_seal_in_the_first_row_is_named()
    {
        using var forge = new ShardForge(Book.Small);
        forge.Set(Chain, 0, ChainTable.IsSeal, 1);
        Assert.Contains(forge.Check(), so => s_named.Contains(so.Law, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Entry, 0, 15)]
    [InlineData(Entry, 8, 15)]
    [InlineData(Node, 1, 16)]
    [InlineData(Chain, 1, 16)]
    [InlineData(Chain, 4, 16)]
    public void Every_cell_of_a_permutation_has_its_law(int table, long row, int inputs) =>
        LawCheck.EveryCell(new ShardForge(Book.Small), table, row, inputs);

    [Fact]
    public void Every_law_has_its_case()
    {
        var laws = LawCheck.LawsOf(ShardCircuit.Definition).ToArray();
        Assert.Equal(laws.Length, laws.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            laws.Order(StringComparer.Ordinal),
            s_cases.Keys.Concat(s_own.Keys).Concat(s_indispensable).Concat(s_named).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_forge_that_alters_nothing_is_accepted()
    {
        using var forge = new ShardForge(Book.Small);
        var before = forge.PublicInputs.ToArray();
        forge.Complete();
        Assert.Empty(forge.Check());
        Assert.Equal(before, forge.PublicInputs);
    }
}
