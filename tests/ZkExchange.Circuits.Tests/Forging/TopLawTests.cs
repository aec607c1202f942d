using Xunit;
using ZkExchange.Circuits.Proving.Top;
using ZkExchange.Circuits.Tests.Top;
using ZkExchange.Circuits.Top;
using static ZkExchange.Circuits.Tests.Forging.TopForge;

namespace ZkExchange.Circuits.Tests.Forging;

public sealed class TopLawTests
{
    static readonly Dictionary<string, Func<TopForge>> s_cases = TopCases.All();
    static readonly Dictionary<string, Func<TopForge>> s_own = TopCases.Own();

    // Without one of these no witness balances at all: what the other side always says finds no answer.
    static readonly string[] s_indispensable =
    [
        "tree: a node has a parent", "reserve: reserves are the statement's", "reserve: the bound is the statement's",
        "reserve: disclosed totals are the root's", "reserve: disclosed bad debt is the root's",
        "2 v is a number of fifteen bits",
    ];

    // Another value than 0 or 1 also asks a row inside a chain to begin with HSUM, which its digest does not.
    static readonly Dictionary<string, int> s_named = new(StringComparer.Ordinal)
    {
        ["tree: isShardOpen is 0 or 1"] = TreeTable.IsShardOpen,
        ["tree: isUpperOpen is 0 or 1"] = TreeTable.IsUpperOpen,
    };

    public static TheoryData<string> Laws => [.. s_cases.Keys];

    public static TheoryData<string> OwnLaws => [.. s_own.Keys];

    public static TheoryData<string> NamedLaws => [.. s_named.Keys];

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
        using var run = new TopRun(TopWitness.Of(TopRun.Tree(2)), TopReserves.None(3), disclosed: true);
        Assert.Empty(run.Check());
        Assert.NotEmpty(run.Check(other => string.Equals(other, law, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(NamedLaws))]
    public void A_flag_that_is_none_is_named(string law)
    {
        using var run = new TopRun(TopWitness.Of(TopRun.Tree(2)), TopReserves.None(3));
        run.Tables[Tree]![2, s_named[law]] = Forge.Element(2);
        Assert.Contains(run.Check(), so => string.Equals(so.Law, law, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(14)]
    [InlineData(15)]
    public void Every_cell_of_a_permutation_has_its_law(long row) =>
        LawCheck.EveryCell(new TopForge(TopWitness.Of(TopRun.Tree(2)), TopReserves.None(3)), Tree, row);

    [Fact]
    public void Every_law_has_its_case()
    {
        var laws = LawCheck.LawsOf(TopCircuit.Definition).ToArray();
        Assert.Equal(laws.Length, laws.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            laws.Order(StringComparer.Ordinal),
            s_cases.Keys.Concat(s_own.Keys).Concat(s_indispensable).Concat(s_named.Keys)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_forge_that_alters_nothing_is_accepted()
    {
        using var forge = new TopForge(TopWitness.Of(TopRun.Tree(3)), TopReserves.None(3));
        var before = forge.PublicInputs.ToArray();
        forge.Complete();
        Assert.Empty(forge.Check());
        Assert.Equal(before, forge.PublicInputs);
    }
}
