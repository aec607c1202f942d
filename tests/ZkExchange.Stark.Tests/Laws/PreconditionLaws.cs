using System.Numerics;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Soundness;
using ZkExchange.Stark.Tests.Reference;

namespace ZkExchange.Stark.Tests.Laws;

public sealed class PreconditionLaws
{
    static readonly Digest32 s_statement = new(new byte[32]);

    [Fact]
    public void Counts_that_could_wrap_are_refused()
    {
        // 2^9 rows of a multiplicity up to w, and 2^9 rows more: below p up to the largest w, refused from there on.
        var largest = (uint)((KoalaBear.Modulus - 1) / 512);
        Assert.True(Check(largest, Toys.Weak).IsAccepted);
        Assert.Equal(Outcome.MultiplicityBound, Check(largest + 1, Toys.Weak).Outcome);
        Assert.Equal(Outcome.MultiplicityBound, Check(uint.MaxValue, Toys.Weak).Outcome);
    }

    [Fact]
    public void Parameters_without_room_are_refused()
    {
        Assert.True(Check(1, new("roomy", 1, 3, 9, 12, 10)).IsAccepted);
        Assert.Equal(Verdict.Reject(Outcome.BadHeight, 0), Check(1, new("a mask too long", 1, 4, 9, 12, 10)));
        Assert.False(Preconditions.FitsProfile(Profile.S120, 13));               // h = 310 > 2^13 / 32
        Assert.False(Preconditions.FitsProfile(Profile.S100, 23));               // N = 2^25
        Assert.False(Preconditions.FitsProfile(new("no blow-up", 0, 3, 9, 12, 10), 12));
    }

    [Fact]
    public void Public_messages_count_too()
    {
        var toy = Toys.Groups(9, 9, 9);
        Shape.TryCreate(toy.Key, Toys.Weak, [9, 9, 9, 0xFF, 0xFF], out var shape);
        Assert.Equal(512 * (1 + 1 + 1), Preconditions.MultiplicityBound(shape!, 0));
        Assert.Equal(512 * 3 + 25, Preconditions.MultiplicityBound(shape!, toy.Claim.CountMessages(toy.Key)));
        Assert.Equal(512 * (3 + 1 + 2) + 25, Preconditions.Fractions(shape!, toy.Claim.CountMessages(toy.Key)));
    }

    [Fact]
    public void A_level_below_the_target_is_refused()
    {
        // 2^9 rows of two fractions: 3 * 2^10 * 2^143 < p^5 < 3 * 2^10 * 2^144.
        Assert.True(Check(1, Target(143)).IsAccepted);
        Assert.Equal(Outcome.BelowSecurityTarget, Check(1, Target(144)).Outcome);
        Assert.True(Check(1, Target(144, grind: 1)).IsAccepted);
    }

    [Fact]
    public void The_decision_in_integers_is_the_calculators()
    {
        for (var bits = 90; bits < 150; bits++)
        {
            var profile = Target(bits);
            for (var fractions = BigInteger.One << 20; fractions < BigInteger.One << 40; fractions *= 3)
            {
                var report = SoundnessReport.Of(SoundnessParameters.Of(profile, 12, (double)fractions));
                Assert.Equal(report["LOGUP"] >= bits, Preconditions.ReachesTarget(profile, fractions));
            }
        }
    }

    static Profile Target(int bits, int grind = 0) => new("target", 1, 3, 9, 12, bits, grindLookup: grind);

    static Verdict Check(uint bound, Profile profile)
    {
        var range = new Bus(1, "range", BusKind.Lookup, 1);
        var table = new Table("table", 2, 9, 12);
        table.Send(range, table[1], [table[0]], "in range", bound);
        var keys = new Table("keys", 2, 9, 12);
        keys.Receive(range, keys[1], [keys[0]], "the range");
        var key = VerifyingKey.Of(new("toy", [table, keys], [range], 0, []));
        Assert.True(Shape.TryCreate(key, profile, [9, 9], out var shape).IsAccepted);
        return Preconditions.Check(shape!, new(s_statement, [], []));
    }
}
