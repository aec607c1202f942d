using Xunit;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Proving;

public sealed class ProverTests
{
    static readonly ProverOptions s_options = new() { Threads = 2, SelfVerify = false };

    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    public void A_proof_of_one_table_is_accepted(int heightLog2)
    {
        var toy = Toys.RunningSum(heightLog2);
        var proof = StarkProver.Prove(toy.Key, Toys.Weak, toy.Claim, Witness.Of(toy), s_options);
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(toy.Key, Toys.Weak, toy.Claim, proof));
    }

    [Theory]
    [InlineData(9, 9, 9, -1)]
    [InlineData(10, 9, 9, -1)]
    [InlineData(9, 10, 11, -1)]
    [InlineData(11, 9, 10, 9)]
    [InlineData(9, 9, 9, 12)]
    public void A_proof_of_tables_of_several_heights_is_accepted(int items, int range, int totals, int hands)
    {
        var toy = Toys.Groups(items, range, totals, hands < 0 ? null : hands);
        var proof = StarkProver.Prove(toy.Key, Toys.Weak, toy.Claim, Witness.Of(toy), s_options);
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(toy.Key, Toys.Weak, toy.Claim, proof));
    }

    [Fact]
    public void A_proof_with_a_wider_domain_is_accepted()
    {
        var toy = Toys.Groups(10, 10, 11);
        var proof = StarkProver.Prove(toy.Key, Toys.WeakWide, toy.Claim, Witness.Of(toy), s_options);
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(toy.Key, Toys.WeakWide, toy.Claim, proof));
    }
}
