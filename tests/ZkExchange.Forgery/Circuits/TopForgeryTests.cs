using System.Numerics;
using Xunit;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Top;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Forgery.Books;
using ZkExchange.Forgery.Protocol;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Circuits;

/// <summary>Complete forgeries against the top's circuit.</summary>
public sealed class TopForgeryTests
{
    static readonly KoalaBear s_one = KoalaBear.One;

    [Fact]
    public void Control_the_honest_top_is_accepted_under_a_real_profile()
    {
        var tree = TopFixture.Tree(3);
        using var run = new TopFixture(
            tree, TopFixture.Exact(tree.Root.Totals), isDisclosed: true, HostChecks.On, heightLog2: 13);
        var proof = Prove(run, profile: Profile.S100);
        Assert.Equal(Verdict.Accepted, TwoVerifiers.Verify(TopCircuit.Key, Profile.S100, run.Claim, proof));

        // The same, with one total that the reserves do not cover.
        var missing = TopFixture.Exact(tree.Root.Totals);
        var assets = missing.Assets.ToArray();
        assets[1] = assets[1] with { Amount = assets[1].Amount - 1 };
        using var false_ = new TopFixture(tree, missing with { Assets = assets }, isDisclosed: true, heightLog2: 13);
        var forged = Prove(false_, profile: Profile.S100);
        Assert.Equal(
            Outcome.ConstraintMismatch,
            TwoVerifiers.Verify(TopCircuit.Key, Profile.S100, false_.Claim, forged).Outcome);
    }

    // Exactly covered, with debts netted up to the cap, and one unit less of everything that covers.
    [Theory]
    [InlineData("reserves", 0, 0, 0)]
    [InlineData("debt counts up to the cap", -10, 0, 10)]
    [InlineData("a fund is set aside", 5, 5, 0)]
    public void B14_F01_What_covers_exactly_is_proven_and_one_unit_less_is_refused_twice(
        string name, int reserve, uint insurance, uint cap)
    {
        var tree = TopFixture.Tree(2);
        Assert.NotEmpty(name);
        foreach (var missing in new[] { 0u, 1u })
        {
            var assets = tree.Root.Totals.Assets.Select(asset => new ReserveAmounts(
                (UInt128)((BigInteger)asset.Equity + reserve) - missing, insurance, cap)).ToArray();
            var reserves = new TopReserves(assets, tree.Root.Totals.BadDebt);
            if (missing > 0)
            {
                var refused = Assert.Throws<WitnessException>(
                    () => new TopFixture(tree, reserves, checks: HostChecks.On));
                Assert.Equal(HostReason.HostReserves, refused.Reason);
            }

            Assert.Equal(missing == 0, Verify(tree, reserves).IsAccepted);
        }
    }

    [Fact]
    public void F15_B14_Bad_debt_beyond_the_fund_is_refused_twice()
    {
        var tree = TopFixture.Tree(2);
        var exact = TopFixture.Exact(tree.Root.Totals);
        Assert.True(Verify(tree, exact).IsAccepted);
        var short_ = exact with { BadDebtBound = exact.BadDebtBound - 1 };
        Assert.Throws<WitnessException>(() => new TopFixture(tree, short_, checks: HostChecks.On));
        Assert.Equal(Outcome.ConstraintMismatch, Verify(tree, short_).Outcome);
    }

    public static TheoryData<string, Outcome> Cells => new()
    {
        { "nothing", Outcome.Accepted },
        { "B01 a total of a shard is left out above", Outcome.BusUnbalanced },
        { "B04 a total above is smaller than its children", Outcome.BusUnbalanced },
        { "B10 a shard under another parent", Outcome.BusUnbalanced },
        { "D03 the side of a child", Outcome.BusUnbalanced },
        { "D05 D08 a child told to be missing", Outcome.BusUnbalanced },
        { "T92 accounts of a node", Outcome.BusUnbalanced },
        { "B05 an asset counted under another id", Outcome.BusUnbalanced },
        { "B13 B14 the comparison with other totals", Outcome.BusUnbalanced },
        { "F11 reserves that are not published", Outcome.BusUnbalanced },
        { "T97 a cube", Outcome.ConstraintMismatch },
        { "A07 a limb out of range in the last node", Outcome.BusUnbalanced },
        { "G17 a second root", Outcome.BusUnbalanced },
    };

    // Rows of the tree over two shards and two assets: 0 .. 3 shard 0 (open, two assets, seal), 4 .. 7 shard 1,
    // 8 open, 9 and 10 assets, 11 pair, 12 seal.
    [Theory]
    [MemberData(nameof(Cells))]
    public void A_witness_changed_by_hand_is_refused(string name, Outcome outcome)
    {
        var tree = TopFixture.Tree(2);
        var seen = false;
        var departure = new Departure { AtTrace = (table, trace) => seen |= Change(name, table, trace) };
        var verdict = Verify(tree, TopFixture.Exact(tree.Root.Totals), departure: departure);
        Assert.True(seen);
        Assert.Equal(outcome, verdict.Outcome);
    }

    // B07, B11, B13, T20: each public input and each list of public messages is the proof's.
    [Fact]
    public void B07_B08_B11_B13_T20_The_tops_proof_is_of_its_claim_alone()
    {
        var tree = TopFixture.Tree(3);
        var reserves = TopFixture.Exact(tree.Root.Totals);
        using var run = new TopFixture(tree, reserves, isDisclosed: true, heightLog2: 9);
        var proof = Prove(run);
        Assert.True(TwoVerifiers.Verify(TopCircuit.Key, ShardForgeryTests.Few, run.Claim, proof).IsAccepted);

        for (var i = 0; i < run.Claim.PublicInputs.Count; i++)
        {
            uint[] inputs = [.. run.Claim.PublicInputs];
            inputs[i] = (inputs[i] + 1) % KoalaBear.Modulus;
            Refuse(run.Claim with { PublicInputs = inputs }, proof);
        }

        for (var list = 0; list < run.Claim.PublicMessages.Count; list++)
        {
            uint[][] messages = [.. run.Claim.PublicMessages.Select(words => (uint[])words.Clone())];
            messages[list][^1] ^= 1;
            Refuse(run.Claim with { PublicMessages = messages }, proof);
            messages[list] = [];
            Refuse(run.Claim with { PublicMessages = messages }, proof);
        }

        // Two shards exchanged, one twice, one left out: proven anew, each breaks the bus of public shards.
        var shards = run.Claim.PublicMessages[0];
        foreach (var forged in new uint[][]
        {
            [.. shards[9..18], .. shards[..9], .. shards[18..]], [.. shards, .. shards[..9]], shards[9..],
        })
        {
            // Positions in the list do not matter, indices inside the messages do.
            uint[] list = [.. forged];
            if (list.Length == shards.Length) (list[0], list[9]) = (0, 1);
            var claim = run.Claim with { PublicMessages = [list, .. run.Claim.PublicMessages.Skip(1)] };
            using var again = new TopFixture(tree, reserves, isDisclosed: true, heightLog2: 9);
            Assert.Equal(
                Outcome.BusUnbalanced,
                TwoVerifiers.Verify(TopCircuit.Key, ShardForgeryTests.Few, claim, Prove(again, claim: claim)).Outcome);
        }
    }

    static void Refuse(Claim claim, byte[] proof) =>
        Assert.False(TwoVerifiers.Verify(TopCircuit.Key, ShardForgeryTests.Few, claim, proof).IsAccepted);

    static Verdict Verify(SumTree tree, TopReserves reserves, Departure? departure = null)
    {
        using var run = new TopFixture(tree, reserves, heightLog2: 9);
        return TwoVerifiers.Verify(TopCircuit.Key, ShardForgeryTests.Few, run.Claim, Prove(run, departure));
    }

    static byte[] Prove(
        TopFixture run, Departure? departure = null, Claim? claim = null, Profile? profile = null) => StarkProver.Prove(
        TopCircuit.Key, profile ?? ShardForgeryTests.Few, claim ?? run.Claim, run.Tables,
        new ProverOptions
        {
            Threads = 2,
            SelfVerify = false,
            Tampering = departure,
            Seed = [.. Enumerable.Repeat((byte)9, 32)],
        });

    static bool Change(string name, int table, Matrix trace)
    {
        switch (name, table)
        {
            case ("nothing", _):
                return true;
            case ("B01 a total of a shard is left out above", TopCircuit.TreeTableIndex):
                trace[9, TreeTable.Sums + TreeTable.EquityLimb] -= s_one;
                return true;
            case ("B04 a total above is smaller than its children", TopCircuit.TreeTableIndex):
                trace[9, TreeTable.Inputs + 9] -= s_one;
                return true;
            case ("B10 a shard under another parent", TopCircuit.TreeTableIndex):
                for (var row = 4; row < 8; row++) trace[row, TreeTable.Parent] += s_one;
                return true;
            case ("D03 the side of a child", TopCircuit.TreeTableIndex):
                for (var row = 4; row < 8; row++) trace[row, TreeTable.Bit] -= s_one;
                return true;
            case ("D05 D08 a child told to be missing", TopCircuit.TreeTableIndex):
                trace[11, TreeTable.IsRightEmpty] = s_one;
                return true;
            case ("T92 accounts of a node", TopCircuit.TreeTableIndex):
                trace[8, TreeTable.Inputs + TreeTable.AccountsWord] -= s_one;
                return true;
            case ("B05 an asset counted under another id", TopCircuit.TreeTableIndex):
                trace[1, TreeTable.Id] += s_one;
                return true;
            case ("B13 B14 the comparison with other totals", TopCircuit.ReserveTableIndex):
                trace[1, ReserveTable.Totals + TreeTable.EquityLimb] -= s_one;
                trace[1, ReserveTable.Slack] += s_one;
                return true;
            case ("F11 reserves that are not published", TopCircuit.ReserveTableIndex):
                trace[1, ReserveTable.Published] += s_one;
                return true;
            case ("T97 a cube", TopCircuit.TreeTableIndex):
                trace[12, TreeTable.Cells + 70] += s_one;
                return true;
            case ("A07 a limb out of range in the last node", TopCircuit.TreeTableIndex):
                // The word stays what it is: its low limb takes 2^15 from the high one.
                trace[10, TreeTable.High + 1] -= s_one;
                return true;
            case ("G17 a second root", TopCircuit.ReserveTableIndex):
                trace[7, ReserveTable.IsFirst] = s_one;
                return true;
            default:
                return false;
        }
    }
}
