// Complete forgeries against the shard's circuit: the real writer with its checks off or a witness changed by hand, the
// real prover, and everything recomputed. Before that the honest prover is asked, who must refuse by name.

using Xunit;
using ZkExchange.Circuits.Proving;
using ZkExchange.Circuits.Proving.Shard;
using ZkExchange.Circuits.Shard;
using ZkExchange.Commitments;
using ZkExchange.Fields;
using ZkExchange.Forgery.Books;
using ZkExchange.Forgery.Protocol;
using ZkExchange.Stark;
using ZkExchange.Stark.Proving;

namespace ZkExchange.Forgery.Circuits;

public sealed class ShardForgeryTests
{
    /// <summary>No security, but the heights and the limits of a real profile's little sister: few positions, and
    /// challenges from the same field, which is all that refuses a false witness.</summary>
    public static readonly Profile Few = new("few", 1, 3, 9, 16, 20, grindQueries: 2);

    static readonly KoalaBear s_one = KoalaBear.One;
    static readonly int s_first = EntryTable.TotalRows(SmallBook.Assets.Count);

    public static TheoryData<string, HostReason, Outcome> Books => new()
    {
        { "F05 F07 a key twice", HostReason.HostIdentity, Outcome.BusUnbalanced },
        { "F07 keys that fall", HostReason.HostIdentity, Outcome.BusUnbalanced },
        { "F07 asset beyond the table", HostReason.HostIdentity, Outcome.BusUnbalanced },
        { "F01 debt against a coin without tiers", HostReason.HostDebt, Outcome.ConstraintMismatch },
        { "F01 pledge beyond the last tier", HostReason.HostCollateral, Outcome.ConstraintMismatch },
        { "F14 debt, nothing declared", HostReason.HostDebt, Outcome.ConstraintMismatch },
        { "F14 one unit too little declared", HostReason.HostDebt, Outcome.ConstraintMismatch },
        { "A02 A11 total equity of 2^90", HostReason.HostSum, Outcome.BusUnbalanced },
        { "A12 largest debt at largest weight", HostReason.HostDebt, Outcome.ConstraintMismatch },
        { "D10 two customers at one position", HostReason.HostIdentity, Outcome.BusUnbalanced },
        { "T92 account without entries", HostReason.HostCount, Outcome.ConstraintMismatch },
    };

    [Fact]
    public void Control_the_honest_book_is_accepted_under_a_real_profile()
    {
        using var run = new ShardFixture(SmallBook.Honest, checks: HostChecks.On, heightLog2: 14);
        var proof = Prove(run, Profile.S100);
        Assert.Equal(Verdict.Accepted, TwoVerifiers.Verify(ShardCircuit.Key, Profile.S100, run.Claim, proof));

        // K09, G11: a hundred opened rows of some nine hundred columns, most of them constant or nearly so.
        var heights = proof.AsSpan(0, ShardCircuit.TableCount);
        Assert.True(Shape.TryCreate(ShardCircuit.Key, Profile.S100, heights, out var shape).IsAccepted);
        AssertNoise(proof.AsSpan((int)shape!.HeadBytes), shape);
    }

    [Theory]
    [MemberData(nameof(Books))]
    public void A_book_that_must_not_be_proven_is_refused_twice(string name, HostReason reason, Outcome outcome)
    {
        var (witness, tables) = BookOf(name);
        var refused = Assert.Throws<WitnessException>(() => ShardPlan.Of(witness, tables));
        Assert.Equal(reason, refused.Reason);
        Assert.NotEmpty(refused.Message);

        using var run = new ShardFixture(witness, tables, heightLog2: 9);
        Assert.NotEmpty(run.Broken());
        Assert.Equal(outcome, TwoVerifiers.Verify(ShardCircuit.Key, Few, run.Claim, Prove(run, Few)).Outcome);
    }

    public static TheoryData<string, Outcome> Cells => new()
    {
        { "nothing", Outcome.Accepted },
        { "T97 a cube", Outcome.ConstraintMismatch },
        { "T92 an account that goes on in the next", Outcome.BusUnbalanced },
        { "A03 T90 limbs of x + p", Outcome.BusUnbalanced },
        { "A05 A17 minus one beside plus one", Outcome.BusUnbalanced },
        { "B01 B04 a total that is not the sum", Outcome.BusUnbalanced },
        { "B12 T91 a carry that is not there", Outcome.BusUnbalanced },
        { "B02 the chain binds another total", Outcome.BusUnbalanced },
        { "F02 a tier that is not the value's", Outcome.BusUnbalanced },
        { "F03 a tier of another asset", Outcome.BusUnbalanced },
        { "F04 an amount with another value", Outcome.BusUnbalanced },
        { "A08 a balance of minus one", Outcome.BusUnbalanced },
        { "T92 a debt that is not handed over", Outcome.BusUnbalanced },
        { "T92 a leaf counted for an empty position", Outcome.BusUnbalanced },
        { "T62 a count of the ranges", Outcome.BusUnbalanced },
        { "T67 a number missing in the ranges", Outcome.ConstraintMismatch },
        { "F11 a weight of the statement", Outcome.BusUnbalanced },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_witness_changed_by_hand_is_refused(string name, Outcome outcome)
    {
        using var run = new ShardFixture(SmallBook.Honest, heightLog2: 9);
        var seen = false;
        var departure = new Departure
        {
            AtTrace = (table, trace) => seen |= Change(name, table, trace),
        };
        var proof = Prove(run, Few, departure);
        Assert.True(seen);
        Assert.Equal(outcome, TwoVerifiers.Verify(ShardCircuit.Key, Few, run.Claim, proof).Outcome);
    }

    // B07, B10, B13, T20: the node of one shard with the proof of another, other inputs, other tables.
    [Fact]
    public void B07_B10_B13_F11_T20_A_shards_proof_is_of_its_claim_alone()
    {
        using var run = new ShardFixture(SmallBook.Honest, heightLog2: 9);
        var proof = Prove(run, Few);
        Assert.True(TwoVerifiers.Verify(ShardCircuit.Key, Few, run.Claim, proof).IsAccepted);
        for (var i = 0; i < run.Claim.PublicInputs.Count; i++)
        {
            uint[] inputs = [.. run.Claim.PublicInputs];
            inputs[i] = (inputs[i] + 1) % KoalaBear.Modulus;
            var other = run.Claim with { PublicInputs = inputs };
            Assert.False(TwoVerifiers.Verify(ShardCircuit.Key, Few, other, proof).IsAccepted);
        }

        var seal = run.Claim.PublicMessages[^1];
        for (var i = 0; i < seal.Length; i++)
        {
            uint[] words = [.. seal];
            words[i] = (words[i] + 1) % KoalaBear.Modulus;
            var other = run.Claim with { PublicMessages = [.. run.Claim.PublicMessages.SkipLast(1), words] };
            Assert.False(TwoVerifiers.Verify(ShardCircuit.Key, Few, other, proof).IsAccepted);
        }

        var tables = ShardTables.Of(
            [.. SmallBook.Assets.Select(asset => asset with { Weight = asset.Weight + 1 })], SmallBook.Pools);
        var dearer = run.Claim with { PublicMessages = ShardClaim.PublicMessages(2, tables, run.Node) };
        Assert.False(TwoVerifiers.Verify(ShardCircuit.Key, Few, dearer, proof).IsAccepted);
    }

    static byte[] Prove(ShardFixture run, Profile profile, Departure? departure = null) => StarkProver.Prove(
        ShardCircuit.Key, profile, run.Claim, run.Tables,
        new ProverOptions
        {
            Threads = 2,
            SelfVerify = false,
            Tampering = departure,
            Seed = [.. Enumerable.Repeat((byte)9, 32)],
        });

    static (ShardWitness Witness, ShardTables Tables) BookOf(string name)
    {
        var most = SmallBook.Most;
        var tables = SmallBook.Tables;
        ShardAccount[] accounts = name switch
        {
            "F05 F07 a key twice" =>
                [SmallBook.Account(0, SmallBook.Free(0, 5), SmallBook.Free(0, 5), SmallBook.Pledge(0, 1, 1))],
            "F07 keys that fall" => [SmallBook.Account(0, SmallBook.Free(1, 5), SmallBook.Free(0, 5))],
            "F07 asset beyond the table" => [SmallBook.Account(0, SmallBook.Free(4, 5))],
            "F01 debt against a coin without tiers" =>
                [SmallBook.Account(1, SmallBook.Free(0, 0, 1), new(EntryKey.Of(3, 1), most, 0))],
            "F01 pledge beyond the last tier" =>
                [SmallBook.Account(1, SmallBook.Free(0, 0, 11), SmallBook.Pledge(0, 1, 1_000_000))],
            "F14 debt, nothing declared" => [SmallBook.Account(1, SmallBook.Free(2, most, 1))],
            "F14 one unit too little declared" => [SmallBook.Owing(1, 29_999, SmallBook.Free(2, 0, 1))],
            "A02 A11 total equity of 2^90" =>
                [SmallBook.Account(0, SmallBook.Free(2, most)), SmallBook.Account(1, SmallBook.Free(2, 1))],
            "A12 largest debt at largest weight" => [SmallBook.Account(0, new AccountEntry(0, 0, most))],
            "D10 two customers at one position" =>
                [SmallBook.Account(2, SmallBook.Free(0, 5)), SmallBook.Account(2, SmallBook.Free(1, 5))],
            "T92 account without entries" => [SmallBook.Account(0, SmallBook.Free(0, 5)), SmallBook.Account(1)],
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such book"),
        };
        if (name.StartsWith("A12", StringComparison.Ordinal))
            tables = ShardTables.Of([SmallBook.Asset("DEAR", most), .. SmallBook.Assets.Skip(1)], SmallBook.Pools);
        return (SmallBook.Shard(2, accounts), tables);
    }

    // Rows of the honest book behind five of totals, two items each: 0 and 1 (position 0); 2 .. 4, equity and debt of
    // two assets first (position 2); 5 and 6 (position 3). Sums of asset 0 in rows 2 and 3. Values from row 1, two rows
    // each: pledges and debts of the second account, then of the third.
    static bool Change(string name, int table, Matrix trace)
    {
        switch (name, table)
        {
            case ("nothing", _):
                return true;
            case ("T97 a cube", ShardCircuit.NodeTableIndex):
                trace[0, NodeTable.Cells + 70] += s_one;
                return true;
            case ("T92 an account that goes on in the next", ShardCircuit.EntryTableIndex):
                trace[s_first + 2, EntryTable.IsFirst] = KoalaBear.Zero;
                return true;
            case ("A03 T90 limbs of x + p", ShardCircuit.EntryTableIndex):
                // x + p has the same word; its high limb is above 2^15.
                var alias = trace[s_first, EntryTable.Code(0) + 1].ToUInt32() + (ulong)KoalaBear.Modulus;
                trace[s_first, EntryTable.Of(0, EntryTable.High)] = KoalaBear.From(alias >> 15);
                return true;
            case ("A05 A17 minus one beside plus one", ShardCircuit.EntryTableIndex):
                trace[s_first, EntryTable.Of(0, EntryTable.High)] -= s_one;
                trace[s_first + 2, EntryTable.Of(0, EntryTable.High)] += s_one;
                return true;
            case ("B01 B04 a total that is not the sum", ShardCircuit.SumTableIndex):
                trace[3, SumTable.Sums + SumTable.EquityLimb] -= s_one;
                trace[3, SumTable.Totals + SumTable.EquityLimb] -= s_one;
                return true;
            case ("B12 T91 a carry that is not there", ShardCircuit.SumTableIndex):
                trace[2, SumTable.CarryIn] += s_one;
                return true;
            case ("B02 the chain binds another total", ShardCircuit.EntryTableIndex):
                trace[1, EntryTable.CodeWord + 1] -= s_one;
                return true;
            case ("F02 a tier that is not the value's", ShardCircuit.ValueTableIndex):
                trace[1, ValueTable.Ratio] = KoalaBear.From(10_000);
                return true;
            case ("F03 a tier of another asset", ShardCircuit.ValueTableIndex):
                trace[1, ValueTable.Key] += s_one;
                return true;
            case ("F04 an amount with another value", ShardCircuit.ValueTableIndex):
                trace[3, ValueTable.Inside] += s_one;
                trace[4, ValueTable.Slack] -= s_one;
                return true;
            case ("A08 a balance of minus one", ShardCircuit.ValueTableIndex):
                trace[2, ValueTable.Balance] = -s_one;
                return true;
            case ("T92 a debt that is not handed over", ShardCircuit.EntryTableIndex):
                trace[s_first + 2, EntryTable.Of(1, EntryTable.IsValued)] = KoalaBear.Zero;
                return true;
            case ("T92 a leaf counted for an empty position", ShardCircuit.NodeTableIndex):
                trace[0, NodeTable.IsRightEmpty] = KoalaBear.Zero;
                return true;
            case ("T62 a count of the ranges", ShardCircuit.RangeTableIndex):
                trace[40, 1] += s_one;
                return true;
            case ("T67 a number missing in the ranges", ShardCircuit.RangeTableIndex):
                trace[40, 0] += s_one;
                return true;
            case ("F11 a weight of the statement", ShardCircuit.TierTableIndex):
                trace[0, TierTable.Content + 2] += s_one;
                return true;
            default:
                return false;
        }
    }

    // The opened rows of the first class: words over 64 bins by all columns together, and no column that repeats.
    static void AssertNoise(ReadOnlySpan<byte> queries, Shape shape)
    {
        var words = shape.Classes[0].MainWidth;
        var length = 4 * words + shape.Profile.SaltBytes;
        var bins = new int[64];
        var seen = new HashSet<(int, uint)>();
        const int rows = 100;
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < words; i++)
            {
                var word = BitConverter.ToUInt32(queries[(row * length + 4 * i)..]);
                bins[(int)((ulong)word * 64 / KoalaBear.Modulus)]++;
                seen.Add((i, word));
            }
        }

        var expected = rows * words / 64.0;
        Assert.InRange(bins.Sum(count => (count - expected) * (count - expected) / expected), 0, 150);
        Assert.InRange(seen.Count, rows * words - 10, rows * words);
    }
}
