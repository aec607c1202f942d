using System.Buffers.Binary;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Verifying;

public sealed class MalformedProofTests
{
    static readonly Toy s_toy = Toys.Groups(10, 9, 9);
    static readonly byte[] s_proof = ReferenceProver.Prove(s_toy.Key, Toys.Weak, s_toy.Claim, s_toy.Traces);
    static readonly Shape s_shape = ShapeOf(s_proof);

    [Fact]
    public void Every_proof_that_ends_early_is_refused_as_such()
    {
        foreach (var length in Boundaries().Concat(Enumerable.Range(0, 40)).Distinct())
        {
            foreach (var cut in new[] { length - 1, length, length + 1 })
            {
                if (cut < 0 || cut >= s_proof.Length) continue;
                Assert.Equal(Outcome.BadLength, Verify(s_proof[..cut]).Outcome);
            }
        }
    }

    [Fact]
    public void Bytes_behind_the_proof_are_refused()
    {
        Assert.Equal(Verdict.Reject(Outcome.TrailingBytes, s_proof.Length), Verify([.. s_proof, 0]));
        Assert.Equal(Outcome.LimitExceeded, Verify([.. s_proof, .. s_proof]).Outcome);
        Assert.Equal(Outcome.LimitExceeded, Verify([.. s_proof, .. new byte[1 << 20]]).Outcome);
    }

    [Fact]
    public void Bytes_that_are_no_proof_are_refused()
    {
        var random = new Random(3);
        foreach (var length in new[] { 0, 1, 4, 5, 100, s_proof.Length })
        {
            var bytes = new byte[length];
            Assert.False(Verify(bytes).IsAccepted);
            random.NextBytes(bytes);
            Assert.False(Verify(bytes).IsAccepted);
            s_proof.AsSpan(0, Math.Min(5, length)).CopyTo(bytes);
            Assert.False(Verify(bytes).IsAccepted);
        }
    }

    [Fact]
    public void No_byte_is_free()
    {
        var places = Boundaries().SelectMany(place => new[] { place - 1, place })
            .Concat(Enumerable.Range(0, s_proof.Length / 97).Select(i => 97 * i));
        foreach (var place in places.Where(place => place >= 0 && place < s_proof.Length).Distinct())
        {
            foreach (var bit in new[] { 0x01, 0x80 })
            {
                var altered = s_proof.ToArray();
                altered[place] ^= (byte)bit;
                Assert.False(Verify(altered).IsAccepted, $"byte {place}");
            }
        }
    }

    [Fact]
    public void A_second_encoding_of_a_word_is_refused()
    {
        var head = (int)s_shape.HeadBytes;
        var nonce = sizeof(ulong);
        var layers = s_shape.Fri.Layers.Count;
        var final = head - nonce - Profile.FinalCoefficients * Canonical.ElementBytes;
        var openings = final - layers * Digest32.Bytes - s_shape.Openings * Canonical.ElementBytes;
        var terminals = 5 + Digest32.Bytes + nonce + Digest32.Bytes;
        foreach (var field in new[] { terminals, terminals + 4, openings, openings + 400, final, final + 640 })
        {
            var verdict = Verify(WithPlusModulus(s_proof, field));
            Assert.Equal(Outcome.BadEncoding, verdict.Outcome);
            Assert.InRange(verdict.Where, field - Canonical.ElementBytes + 1, field);
        }

        Assert.Equal(Verdict.Reject(Outcome.BadEncoding, head), Verify(WithPlusModulus(s_proof, head)));
    }

    [Theory]
    [InlineData(0, 8, Outcome.BadHeight)]
    [InlineData(0, 13, Outcome.BadHeight)]
    [InlineData(0, 0, Outcome.BadHeight)]
    [InlineData(0, 254, Outcome.BadHeight)]
    [InlineData(0, 42, Outcome.BadHeight)]                   // 10 modulo 32
    [InlineData(0, 255, Outcome.BadShape)]
    [InlineData(1, 255, Outcome.BadShape)]
    [InlineData(3, 8, Outcome.BadHeight)]
    public void Another_shape_is_refused(int table, byte height, Outcome outcome)
    {
        var altered = s_proof.ToArray();
        altered[table] = height;
        Assert.Equal(Verdict.Reject(outcome, table), Verify(altered));
    }

    [Fact]
    public void A_shape_that_is_not_the_prescribed_one_is_refused()
    {
        byte[] shape = [10, 9, 9, Shape.Absent, Shape.Absent];
        var claim = s_toy.Claim with { PrescribedShape = shape };
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(s_toy.Key, Toys.Weak, claim, s_proof));

        claim = claim with { PrescribedShape = [10, 9, 10, Shape.Absent, Shape.Absent] };
        Assert.Equal(
            Verdict.Reject(Outcome.StatementMismatch, 2), StarkVerifier.Verify(s_toy.Key, Toys.Weak, claim, s_proof));
    }

    [Fact]
    public void Another_claim_key_or_profile_is_refused()
    {
        var (key, claim) = (s_toy.Key, s_toy.Claim);
        var (first, second) = (claim.PublicMessages[0], claim.PublicMessages[1]);
        foreach (var other in new[]
        {
            claim with { StatementDigest = new(new byte[32]) },
            claim with { PublicInputs = [claim.PublicInputs[0], claim.PublicInputs[1] + 1] },
            claim with { PublicMessages = [first, [.. second[..^1], second[^1] + 1]] },
            claim with { PublicMessages = [first[3..], second] },
            claim with { PublicMessages = [[.. first[..3], .. first], second] },
        })
        {
            Assert.False(StarkVerifier.Verify(key, Toys.Weak, other, s_proof).IsAccepted);
        }

        var renamed = new Profile("other", 1, 3, 9, 12, 10, grindQueries: 4, grindLookup: 3);
        Assert.False(StarkVerifier.Verify(key, renamed, claim, s_proof).IsAccepted);
        foreach (var profile in Profile.All)
        {
            Assert.Equal(Outcome.BadHeight, StarkVerifier.Verify(key, profile, claim, s_proof).Outcome);
        }

        var other2 = VerifyingKey.Of(key.Circuit with { PublicInputs = 2, Buses = [.. key.Circuit.Buses.Reverse()] });
        Assert.False(StarkVerifier.Verify(other2, Toys.Weak, claim, s_proof).IsAccepted);
    }

    [Fact]
    public void Public_values_out_of_form_are_refused()
    {
        var claim = s_toy.Claim;
        var (first, second) = (claim.PublicMessages[0], claim.PublicMessages[1]);
        foreach (var other in new[]
        {
            claim with { PublicInputs = [claim.PublicInputs[0]] },
            claim with { PublicInputs = [.. claim.PublicInputs, 0] },
            claim with { PublicInputs = [claim.PublicInputs[0] + KoalaBear.Modulus, claim.PublicInputs[1]] },
            claim with { PublicMessages = [first] },
            claim with { PublicMessages = [first, second, []] },
            claim with { PublicMessages = [first[1..], second] },
            claim with { PublicMessages = [[first[0] + KoalaBear.Modulus, .. first[1..]], second] },
        })
        {
            var verdict = StarkVerifier.Verify(s_toy.Key, Toys.Weak, other, s_proof);
            Assert.Equal(Outcome.PublicValueMismatch, verdict.Outcome);
        }
    }

    [Fact]
    public void Parameters_that_the_argument_does_not_cover_are_refused()
    {
        Assert.Equal(Outcome.BelowSecurityTarget, With(new("strong", 1, 3, 9, 12, 144)));
        Assert.Equal(Outcome.BadHeight, With(new("crowded", 1, 10, 9, 12, 10)));

        Outcome With(Profile profile) => StarkVerifier.Verify(s_toy.Key, profile, s_toy.Claim, s_proof).Outcome;
    }

    [Fact]
    public void Counts_that_could_wrap_are_refused()
    {
        var bus = new Bus(1, "range", BusKind.Lookup, 1);
        var table = new Table("table", 2, 9, 12);
        table.Send(bus, table[1], [table[0]], "in range", bound: 1 << 22);
        table.Receive(bus, table[1], [table[0]], "the range");
        var key = VerifyingKey.Of(new("toy", [table], [bus], 0, []));
        var verdict = StarkVerifier.Verify(key, Toys.Weak, new(default, [], []), [9]);
        Assert.Equal(Outcome.MultiplicityBound, verdict.Outcome);
    }

    [Fact]
    public void Nothing_is_accepted_by_default() => Assert.False(default(Verdict).IsAccepted);

    /// <summary>Where fields begin.</summary>
    static IEnumerable<int> Boundaries()
    {
        var place = s_shape.Heights.Length;
        int[] fields =
        [
            Digest32.Bytes, sizeof(ulong), Digest32.Bytes,
            .. Enumerable.Repeat(Canonical.ElementBytes, s_shape.Terminals), Digest32.Bytes,
            .. Enumerable.Repeat(Canonical.ElementBytes, s_shape.Openings),
            .. Enumerable.Repeat(Digest32.Bytes, s_shape.Fri.Layers.Count),
            .. Enumerable.Repeat(Canonical.ElementBytes, Profile.FinalCoefficients), sizeof(ulong),
        ];
        yield return place;
        foreach (var field in fields) yield return place += field;
        Assert.Equal(s_shape.HeadBytes, place);
        while (place < s_proof.Length) yield return place += 1999;
    }

    static byte[] WithPlusModulus(byte[] proof, int place)
    {
        var altered = proof.ToArray();
        var word = altered.AsSpan(place, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(
            word, BinaryPrimitives.ReadUInt32LittleEndian(word) + KoalaBear.Modulus);
        return altered;
    }

    static Shape ShapeOf(byte[] proof)
    {
        Shape.TryCreate(s_toy.Key, Toys.Weak, proof.AsSpan(0, s_toy.Key.Tables.Count), out var shape);
        return shape!;
    }

    static Verdict Verify(byte[] proof) => StarkVerifier.Verify(s_toy.Key, Toys.Weak, s_toy.Claim, proof);
}
