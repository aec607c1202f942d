using System.Security.Cryptography;
using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark;
using ZkExchange.Stark.Air;

namespace ZkExchange.Forgery.Protocol;

/// <summary>Groups 10 and 11 of the catalogue: what a proof is bound to, and the work behind it.</summary>
public sealed class BindingTests
{
    static readonly byte[] s_proof = Market.Prove();
    static readonly ProofMap s_map = new(Market.Shape, s_proof.Length);

    static readonly Outcome[] s_unbound =
        [Outcome.GrindFailed, Outcome.BusUnbalanced, Outcome.ConstraintMismatch];

    [Fact]
    public void Control_the_honest_proof_is_accepted() => Assert.Equal(Verdict.Accepted, Market.Verify(s_proof));

    public static TheoryData<string> Claims =>
        ["statement digest", "public input", "message word", "messages exchanged", "message more", "message less"];

    // A proof made for one claim and shown for another; and the prover that does not absorb what it proves is the same
    // proof the other way round.
    [Theory]
    [MemberData(nameof(Claims))]
    public void T20_T30_G05_G15_A_proof_of_another_claim_is_refused(string name)
    {
        var other = Other(name);
        Assert.Contains(TwoVerifiers.Verify(Market.Key, Market.Weak, other, s_proof).Outcome, s_unbound);
        Assert.Contains(Market.Verify(Market.Prove(claim: other)).Outcome, s_unbound);
    }

    // A forged claim stays refused with everything recomputed for it: the witness is not one of it.
    [Theory]
    [InlineData("public input", Outcome.ConstraintMismatch)]
    [InlineData("message word", Outcome.BusUnbalanced)]
    [InlineData("message more", Outcome.BusUnbalanced)]
    [InlineData("message less", Outcome.BusUnbalanced)]
    public void T20_T32_A_false_claim_is_refused_when_it_is_proven_itself(string name, Outcome outcome)
    {
        var other = Other(name);
        var proof = Market.Prove(claim: other);
        Assert.Equal(outcome, TwoVerifiers.Verify(Market.Key, Market.Weak, other, proof).Outcome);
    }

    [Fact]
    public void T21_B15_Public_values_too_many_or_too_few_are_refused()
    {
        foreach (var other in new[]
        {
            Market.Claim with { PublicInputs = [] },
            Market.Claim with { PublicInputs = [.. Market.Claim.PublicInputs, 0] },
            Market.Claim with { PublicMessages = [] },
            Market.Claim with { PublicMessages = [.. Market.Claim.PublicMessages, []] },
            Market.Claim with { PublicMessages = [[.. Market.Claim.PublicMessages[0], 1]] },
            Market.Claim with { PublicInputs = [KoalaBear.Modulus] },
            Market.Claim with { PublicInputs = [Market.Claim.PublicInputs[0] + KoalaBear.Modulus] },
        })
        {
            Assert.Equal(
                Outcome.PublicValueMismatch,
                TwoVerifiers.Verify(Market.Key, Market.Weak, other, s_proof).Outcome);
        }
    }

    // Each key differs from the verifier's in one thing and has the same shape: the verifier's own hash is absorbed.
    [Fact]
    public void T22_T23_T30_G01_G02_G16_A_proof_for_another_key_is_refused()
    {
        foreach (var key in new[]
        {
            KeyWithout("isReal is 0 or 1"), KeyWithout("numbers begin with 0"),
            VerifyingKey.Of(Market.Build((trades, _) => trades.OnEvery(trades[0] - trades[0], "nothing"))),
            VerifyingKey.Of(Market.Build((trades, _) => trades.OnLast(trades[0] * 0, "nothing at the end"))),

            // The same laws under another name: only the hash of the key can tell.
            VerifyingKey.Of(Market.Build((_, _) => { }, name: "deals")),
        })
        {
            Assert.NotEqual(Market.Key.Hash, key.Hash);
            Assert.Contains(Market.Verify(Market.Prove(key: key)).Outcome,
                new[] { Outcome.GrindFailed, Outcome.BusUnbalanced, Outcome.ConstraintMismatch, Outcome.BadLength });
        }
    }

    // Nothing of a profile stands in a proof: the same bytes under another profile are another transcript and length.
    [Fact]
    public void T24_G03_A_proof_under_another_profile_is_refused()
    {
        foreach (var profile in new[]
        {
            new Profile("weak", 1, 10, 10, 13, 10, grindQueries: 6, grindLookup: 5),
            new Profile("weak", 1, 11, 10, 13, 10, grindQueries: 5, grindLookup: 5),
            new Profile("weak", 1, 11, 10, 13, 10, grindQueries: 6, grindLookup: 4),
            new Profile("weaker", 1, 11, 10, 13, 10, grindQueries: 6, grindLookup: 5),
            new Profile("weak", 2, 11, 10, 13, 10, grindQueries: 6, grindLookup: 5),
        })
        {
            Assert.False(Market.Verify(Market.Prove(profile: profile)).IsAccepted);
            Assert.False(TwoVerifiers.Verify(Market.Key, profile, Market.Claim, s_proof).IsAccepted);
        }
    }

    // Every message of a proof, one bit of it changed behind the prover's back: what it committed to is then not what
    // the verifier absorbs, as with a prover that forgets to absorb the message.
    [Theory]
    [InlineData("main root", Outcome.GrindFailed)]
    [InlineData("auxiliary root", Outcome.ConstraintMismatch)]
    [InlineData("terminals", Outcome.BusUnbalanced)]
    [InlineData("quotient root", Outcome.ConstraintMismatch)]
    [InlineData("openings", Outcome.ConstraintMismatch)]
    [InlineData("layer 0", Outcome.GrindFailed)]
    [InlineData("layer 1", Outcome.GrindFailed)]
    [InlineData("layer 2", Outcome.GrindFailed)]
    [InlineData("final", Outcome.GrindFailed)]
    [InlineData("nonce lookup", Outcome.GrindFailed)]
    [InlineData("nonce query", Outcome.GrindFailed)]
    public void T30_G05_G06_A_message_that_the_prover_did_not_bind_is_refused(string name, Outcome outcome)
    {
        // A wrong transcript passes the little work of this profile once in 32 or 64 times: not with all of these bits.
        var outcomes = new List<Outcome>();
        for (var bit = 0; bit < 4; bit++)
        {
            var forged = (byte[])s_proof.Clone();
            forged[s_map[name].Start] ^= (byte)(1 << bit);
            outcomes.Add(Market.Verify(forged).Outcome);
        }

        Assert.Contains(outcome, outcomes);
        Assert.DoesNotContain(Outcome.Accepted, outcomes);
    }

    // T31: the order of messages. A transcript of the same messages in another order is another.
    [Fact]
    public void T31_T32_The_state_depends_on_order_label_and_cut_of_messages()
    {
        var states = new HashSet<Digest32>();
        foreach (var messages in new (Label Label, byte[] Bytes)[][]
        {
            [(Label.MainRoot, [1]), (Label.AuxiliaryRoot, [2])],
            [(Label.AuxiliaryRoot, [2]), (Label.MainRoot, [1])],
            [(Label.MainRoot, [2]), (Label.AuxiliaryRoot, [1])],
            [(Label.MainRoot, [1, 2]), (Label.AuxiliaryRoot, [])],
            [(Label.MainRoot, []), (Label.AuxiliaryRoot, [1, 2])],
            [(Label.MainRoot, [1, 2])],
            [(Label.MainRoot, [1])],
            [(Label.AuxiliaryRoot, [1])],
            [],
        })
        {
            var transcript = new Transcript();
            foreach (var (label, bytes) in messages) transcript.Absorb(label, bytes);
            Assert.True(states.Add(transcript.State));
        }
    }

    // The transcript once more, by a chain of hashes that shares nothing with the library: the positions are those that
    // follow from every message, in order. A message that neither side absorbed would give others.
    [Fact]
    public void T30_T31_T33_G05_G06_The_positions_follow_from_every_message()
    {
        var positions = new WrittenTranscript(Market.Key, Market.Weak, Market.Claim).PositionsOf(s_proof, s_map);
        var place = s_map["queries"].Start;
        var plan = new Stark.Merkle.OpeningPlan(Market.Shape.Main, positions);
        var opening = new Stark.Merkle.MultiOpening(plan, s_proof.AsSpan(place, (int)plan.Bytes));
        Assert.True(opening.LeadsTo(new(s_proof.AsSpan(s_map["main root"].Start, Digest32.Bytes))));

        // Each message counts: a bit of it leads to other positions.
        foreach (var field in s_map.Fields.Where(field => field.Name is not "queries"))
        {
            var changed = (byte[])s_proof.Clone();
            changed[field.Start] ^= 1;
            Assert.NotEqual(
                positions, new WrittenTranscript(Market.Key, Market.Weak, Market.Claim).PositionsOf(changed, s_map));
        }
    }

    [Theory]
    [InlineData("main root", "auxiliary root", Outcome.GrindFailed, Outcome.MerkleMismatch)]
    [InlineData("auxiliary root", "quotient root", Outcome.ConstraintMismatch, Outcome.MerkleMismatch)]
    [InlineData("layer 0", "layer 1", Outcome.GrindFailed, Outcome.QueryMismatch)]
    public void T25_Roots_that_are_exchanged_are_refused(string one, string other, Outcome first, Outcome second)
    {
        var forged = (byte[])s_proof.Clone();
        s_proof.AsSpan(s_map[one].Start, 32).CopyTo(forged.AsSpan(s_map[other].Start));
        s_proof.AsSpan(s_map[other].Start, 32).CopyTo(forged.AsSpan(s_map[one].Start));
        Assert.Contains(Market.Verify(forged).Outcome, new[] { first, second });
    }

    // The prover that recomputes everything over a foreign root has no opening of it.
    [Theory]
    [InlineData(Label.MainRoot, 2)]
    [InlineData(Label.AuxiliaryRoot, 3)]
    [InlineData(Label.QuotientRoot, 4)]
    [InlineData(Label.FriRoot, 16)]
    public void T25_A_root_of_another_tree_is_refused(Label label, int where)
    {
        var verdict = Market.Try(new Departure
        {
            AtRoot = (said, root) => said == label ? new(SHA256.HashData("another tree"u8)) : root,
        });
        Assert.Equal(Verdict.Reject(Outcome.MerkleMismatch, where), verdict);
    }

    // gamma is drawn behind the openings: values chosen with a gamma in hand meet another one.
    [Fact]
    public void T33_Openings_that_are_changed_after_the_batching_are_refused()
    {
        var proof = Market.Prove();
        var field = s_map["openings"];
        var outcomes = new HashSet<Outcome>();
        for (var at = field.Start; at < field.End; at += Canonical.ElementBytes)
        {
            proof[at] ^= 1;
            outcomes.Add(Market.Verify(proof).Outcome);
            proof[at] ^= 1;
        }

        Assert.Subset(new HashSet<Outcome> { Outcome.ConstraintMismatch, Outcome.BadEncoding }, outcomes);
    }

    [Theory]
    [InlineData(Label.GrindLookup)]
    [InlineData(Label.GrindQueries)]
    public void T40_Nonces_off_by_one_zero_or_of_another_round_are_refused(Label label)
    {
        var other = label == Label.GrindLookup ? "nonce query" : "nonce lookup";
        foreach (var change in new Func<ulong, ulong>[]
        {
            nonce => nonce == 0 ? ulong.MaxValue : nonce - 1,
            nonce => nonce ^ (1UL << 63),
            _ => ulong.MaxValue,
            _ => BitConverter.ToUInt64(s_proof, s_map[other].Start) + (1UL << 40),
        })
        {
            // By luck another nonce may do the work too: then it is good, and so is the proof.
            var verdict = Market.Try(
                new Departure { AtNonce = (said, nonce) => said == label ? change(nonce) : nonce });
            if (!verdict.IsAccepted) Assert.Equal(Verdict.Reject(Outcome.GrindFailed, (int)label), verdict);
        }

        var refused = Enumerable.Range(1, 20).Count(i => !Market.Try(new Departure
        {
            AtNonce = (said, nonce) => said == label ? nonce + ((ulong)i << 40) : nonce,
        }).IsAccepted);
        Assert.InRange(refused, 12, 20);
    }

    [Fact]
    public void T40_A_proof_without_its_nonce_is_too_short()
    {
        foreach (var name in new[] { "nonce lookup", "nonce query" })
        {
            var forged = s_proof.ToList();
            forged.RemoveRange(s_map[name].Start, sizeof(ulong));
            Assert.Contains(
                Market.Verify([.. forged]).Outcome,
                new[] { Outcome.GrindFailed, Outcome.BadLength, Outcome.BadEncoding, Outcome.BusUnbalanced });
        }
    }

    [Fact]
    public void G08_T80_Parameters_below_the_target_are_refused_by_prover_and_verifier()
    {
        // 3 N_int 2^target <= 2^g q: with five bits of work more than 140 bits are out of reach.
        var profile = new Profile("proud", 1, 11, 10, 13, 150, grindQueries: 6, grindLookup: 5);
        Assert.Equal(
            Outcome.BelowSecurityTarget,
            TwoVerifiers.Verify(Market.Key, profile, Market.Claim, s_proof).Outcome);
        var refused = Assert.Throws<Stark.Proving.ProverException>(() => Market.Prove(profile: profile));
        Assert.Equal(Outcome.BelowSecurityTarget, refused.Verdict.Outcome);

        // Too many positions for the mask to fit, and a table too tall for its domain.
        foreach (var (queries, high) in new[] { (12, 13), (40, 13) })
        {
            var crowded = new Profile("crowded", 1, queries, 10, high, 10);
            Assert.Equal(
                Outcome.BadHeight, TwoVerifiers.Verify(Market.Key, crowded, Market.Claim, s_proof).Outcome);
        }
    }

    [Fact]
    public void G06_Positions_that_the_prover_chose_are_refused()
    {
        var verdict = Market.Try(new Departure
        {
            AtPositions = positions => { for (var i = 0; i < positions.Length; i++) positions[i] = i; },
        });
        Assert.Contains(verdict.Outcome,
            new[] { Outcome.MerkleMismatch, Outcome.BadLength, Outcome.TrailingBytes, Outcome.BadEncoding });
    }

    static VerifyingKey KeyWithout(string law) => VerifyingKey.Of(Market.Build((_, _) => { }, law));

    static Claim Other(string name)
    {
        var messages = Market.Claim.PublicMessages[0];
        return name switch
        {
            "statement digest" => Market.Claim with { StatementDigest = new(SHA256.HashData("another"u8)) },
            "public input" => Market.Claim with { PublicInputs = [Market.Claim.PublicInputs[0] + 1] },
            "message word" =>
                Market.Claim with { PublicMessages = [[messages[0], messages[1] + 1, .. messages[2..]]] },
            "messages exchanged" => Market.Claim with
            {
                PublicMessages = [[.. messages[2..4], .. messages[..2], .. messages[4..]]],
            },
            "message more" => Market.Claim with { PublicMessages = [[.. messages, 100, 1]] },
            _ => Market.Claim with { PublicMessages = [messages[..^2]] },
        };
    }
}
