using Xunit;
using ZkExchange.Fields;
using ZkExchange.Stark.Merkle;
using ZkExchange.Stark.Proving;
using ZkExchange.Stark.Tests.Reference;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Tests.Proving;

public sealed class ProverTests
{
    static readonly byte[] s_seed = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * i))];

    static readonly ProverOptions s_options = new() { Threads = 2 };

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

    [Theory]
    [InlineData("S100", 13, 13)]
    [InlineData("S100", 13, 14)]
    [InlineData("S100-fast", 15, 14)]
    [InlineData("S120", 14, 14)]
    [InlineData("S120-fast", 14, 15)]
    public void Every_profile_proves(string name, int items, int range)
    {
        var profile = Profile.Find(name)!;
        var toy = new ProvingToys(items, range);
        var proof = StarkProver.Prove(toy.Key, profile, ProvingToys.Claim(1), toy.Traces(1), s_options);
        Assert.Equal(Verdict.Accepted, StarkVerifier.Verify(toy.Key, profile, ProvingToys.Claim(1), proof));
    }

    [Fact]
    public void A_proof_depends_on_witness_claim_and_seed_alone()
    {
        var toy = new ProvingToys(13, 13);
        var first = Prove(toy, threads: 1, s_seed);
        Assert.Equal(first, Prove(toy, threads: 2, s_seed));
        Assert.Equal(first, Prove(toy, threads: 3, s_seed));
        Assert.NotEqual(first, Prove(toy, threads: 2, [.. s_seed.Reverse()]));

        static byte[] Prove(ProvingToys toy, int threads, byte[] seed) => StarkProver.Prove(
            toy.Key, Profile.S100, ProvingToys.Claim(1), toy.Traces(1), new() { Threads = threads, Seed = seed });
    }

    [Theory]
    [InlineData("S100")]
    [InlineData("S100-fast")]
    [InlineData(null)]
    public void A_proof_does_not_depend_on_the_room_that_its_traces_have(string? room)
    {
        var toy = new ProvingToys(15, 14);
        var memory = new TraceMemory(toy.Key, [15, 14, 14], room is null ? null : Profile.Find(room));
        var traces = toy.Traces(2);
        for (var i = 0; i < traces.Length; i++)
        {
            using var narrow = traces[i]!;
            var roomy = memory.Make(i);
            for (var row = 0L; row < narrow.Rows; row++) narrow.Row(row).CopyTo(roomy.Row(row));
            traces[i] = roomy;
        }

        ProverOptions options = new() { Threads = 2, Seed = s_seed };
        var expected = StarkProver.Prove(
            toy.Key, Profile.S100Fast, ProvingToys.Claim(2), toy.Traces(2), options);
        Assert.Equal(expected, StarkProver.Prove(
            toy.Key, Profile.S100Fast, ProvingToys.Claim(2), traces, options));
    }

    [Fact]
    public void Two_proofs_of_a_witness_share_nothing_but_their_shape()
    {
        // Sixteen bytes: four words of a row, a part of a digest, most of an element of E.
        const int window = 16;
        var toy = Toys.Groups(10, 9, 9);
        var first = StarkProver.Prove(toy.Key, Toys.Weak, toy.Claim, Witness.Of(toy), s_options);
        var second = StarkProver.Prove(toy.Key, Toys.Weak, toy.Claim, Witness.Of(toy), s_options);

        var heights = toy.Key.Tables.Count;
        Assert.Equal(first[..heights], second[..heights]);
        var seen = new HashSet<UInt128>();
        for (var at = heights; at + window <= first.Length; at++) seen.Add(BitConverter.ToUInt128(first, at));
        for (var at = heights; at + window <= second.Length; at++)
            Assert.DoesNotContain(BitConverter.ToUInt128(second, at), seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_length_of_a_proof_follows_from_shape_and_positions(int seed)
    {
        var toy = new ProvingToys(14, 13);
        var observer = new Observer();
        var proof = StarkProver.Prove(
            toy.Key, Profile.S100, ProvingToys.Claim(seed), toy.Traces(seed),
            new() { Threads = 2, Tampering = observer });

        Assert.True(Shape.TryCreate(toy.Key, Profile.S100, [14, 13, 13], out var shape).IsAccepted);
        var expected = shape!.HeadBytes + shape.Trees.Sum(tree => new OpeningPlan(tree, observer.Opened).Bytes);
        Assert.Equal(expected, proof.Length);
    }

    [Fact]
    public void A_prover_does_not_let_a_wrong_proof_go()
    {
        var toy = new ProvingToys(13, 13);
        var traces = toy.Traces(1);
        traces[0]![77, 5] += KoalaBear.One;
        var refusal = Assert.Throws<ProverException>(
            () => StarkProver.Prove(toy.Key, Profile.S100, ProvingToys.Claim(1), traces, s_options));
        Assert.Equal(Outcome.ConstraintMismatch, refusal.Verdict.Outcome);
    }

    [Fact]
    public void A_prover_refuses_what_no_verifier_would_admit()
    {
        var toy = new ProvingToys(12, 13);
        var refusal = Assert.Throws<ProverException>(
            () => StarkProver.Prove(toy.Key, Profile.S100, ProvingToys.Claim(1), toy.Traces(1), s_options));
        Assert.Equal(new Verdict(Outcome.BadHeight, 0), refusal.Verdict);
    }

    [Fact]
    public void Work_stops_when_it_is_told_to()
    {
        using var source = new CancellationTokenSource();
        var toy = new ProvingToys(13, 13);
        var options = new ProverOptions
        {
            Threads = 2,
            Cancellation = source.Token,
            Progress = progress =>
            {
                if (progress.Phase == ProverPhase.Constraints) source.Cancel();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(
            () => StarkProver.Prove(toy.Key, Profile.S100, ProvingToys.Claim(1), toy.Traces(1), options));
    }

    [Fact]
    public void Phases_come_in_order_and_are_timed()
    {
        var phases = new List<ProverPhase>();
        var timed = new List<ProverPhase>();
        var toy = new ProvingToys(13, 13);
        StarkProver.Prove(toy.Key, Profile.S100, ProvingToys.Claim(1), toy.Traces(1), new()
        {
            Threads = 2,
            Progress = progress => phases.Add(progress.Phase),
            Timing = (phase, _) => timed.Add(phase),
        });

        Assert.Equal(ProverPhase.MainExtension, phases[0]);
        Assert.Equal(ProverPhase.Verification, phases[^1]);
        Assert.Equal(Enum.GetValues<ProverPhase>().Order(), phases.Distinct().Order());
        Assert.Equal(Enum.GetValues<ProverPhase>(), timed);
    }

    sealed class Observer : Tampering
    {
        public int[] Opened { get; private set; } = [];

        public override void Positions(Span<int> positions) => Opened = positions.ToArray();
    }
}
