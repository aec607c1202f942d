using Xunit;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Golden;

/// <summary>A stored proof with all an independent verifier needs; specs/vectors/verifier.py accepts it.</summary>
public sealed class ProofVector
{
    static readonly Toy s_toy = Toys.Groups(11, 9, 10);
    static readonly System.Text.Json.JsonElement s_vector = Vectors.Json("proof.json");

    [Fact]
    public void A_stored_proof_is_still_accepted()
    {
        var profile = Toys.Weak;
        Assert.Equal(s_vector.GetProperty("profile").GetString(), Convert.ToHexStringLower(profile.Record.Span));
        Assert.Equal(s_vector.GetProperty("key").GetString(), Convert.ToHexStringLower(s_toy.Key.Bytes.Span));
        Assert.Equal(s_vector.GetProperty("statement").GetString(), s_toy.Claim.StatementDigest.ToString());
        Assert.Equal(Words(s_vector.GetProperty("publicInputs")), s_toy.Claim.PublicInputs);
        Assert.Equal(
            s_vector.GetProperty("publicMessages").EnumerateArray().Select(Words), s_toy.Claim.PublicMessages);

        var proof = Vectors.Bytes(s_vector.GetProperty("proof"));
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(s_toy.Key, profile, s_toy.Claim, proof));
    }

    [Fact]
    public void The_reference_prover_makes_it_again()
    {
        var proof = ReferenceProver.Prove(s_toy.Key, Toys.Weak, s_toy.Claim, s_toy.Traces);
        Assert.Equal(s_vector.GetProperty("proof").GetString(), Convert.ToHexStringLower(proof));
    }

    static uint[] Words(System.Text.Json.JsonElement list) =>
        [.. list.EnumerateArray().Select(word => word.GetUInt32())];
}
