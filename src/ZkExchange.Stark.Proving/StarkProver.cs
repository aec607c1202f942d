// The prover of specs/30-proof-system.md section 9. Each step is told as in the specification, with what the verifier
// knows by then; the arithmetic is in the classes around.

using ZkExchange.Fields;
using ZkExchange.Stark.Air;
using ZkExchange.Stark.Verifying;

namespace ZkExchange.Stark.Proving;

/// <summary>Makes proofs.</summary>
public static class StarkProver
{
    /// <summary>A proof that the traces satisfy the circuit of a key.</summary>
    /// <param name="key">The circuit.</param>
    /// <param name="profile">The parameters.</param>
    /// <param name="claim">What the proof is about.</param>
    /// <param name="traces">For each table of the key its rows, declared columns only, or null if it is absent. They
    /// belong to the prover from here on, which disposes them as soon as it can.</param>
    /// <param name="options">How to work.</param>
    /// <exception cref="ProverException">The claim or the shape is not admissible; or the proof does not verify,
    /// because the traces do not satisfy the circuit; or a fingerprint is zero, and the caller tries again with other
    /// randomness.
    /// </exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The platform's generator failed.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static byte[] Prove(
        VerifyingKey key, Profile profile, Claim claim, IReadOnlyList<Matrix?> traces, ProverOptions options)
    {
        try
        {
            return Run(key, profile, claim, traces, options);
        }
        finally
        {
            foreach (var trace in traces) trace?.Dispose();
        }
    }

    static byte[] Run(
        VerifyingKey key, Profile profile, Claim claim, IReadOnlyList<Matrix?> traces, ProverOptions options)
    {
        Check.That(traces.Count == key.Tables.Count);
        Check.That(options.Threads >= 1 && options.Seed is null or { Length: Masks.SeedBytes });

        var work = new Work(options.Threads, options.Cancellation);
        var clock = new PhaseClock(options);
        var tampering = options.Tampering ?? new Tampering();
        for (var i = 0; i < traces.Count; i++)
        {
            if (traces[i] is { } trace) tampering.Trace(i, trace);
        }

        var shape = ShapeOf(key, profile, claim, traces, tampering);
        var platform = options.Seed ?? Masks.PlatformKey();
        var witness = WitnessDigest.Of(traces, platform, work);
        using var masks = Masks.From(platform, claim.StatementDigest.ToArray(), witness);
        if (options.Seed is null) System.Security.Cryptography.CryptographicOperations.ZeroMemory(platform);
        using var session = new ProverSession(shape, claim, masks, work, clock, tampering);
        if (!session.TryProve(traces, out var proof))
            throw new ProverException(default, "A fingerprint is zero, once in 2^100 proofs: prove again.");

        tampering.Proof(ref proof);
        if (options.SelfVerify) Verify(key, profile, claim, proof, clock);
        clock.End();
        return proof;
    }

    /// <summary>The shape that the traces have, if the verifier would admit it.</summary>
    static Shape ShapeOf(
        VerifyingKey key, Profile profile, Claim claim, IReadOnlyList<Matrix?> traces, Tampering tampering)
    {
        var heights = new byte[traces.Count];
        for (var i = 0; i < heights.Length; i++)
        {
            heights[i] = Shape.Absent;
            if (traces[i] is not { } trace) continue;

            Check.That(System.Numerics.BitOperations.IsPow2(trace.Rows));
            Check.That(trace.Columns == key.Tables[i].Table.Width);
            heights[i] = (byte)System.Numerics.BitOperations.Log2((ulong)trace.Rows);
        }

        tampering.Heights(heights);
        var verdict = StarkVerifier.Admit(key, profile, claim, heights, out var shape);
        if (!verdict.IsAccepted)
        {
            throw new ProverException(
                verdict, $"No verifier would admit this claim: {verdict.Outcome} {verdict.Where}.");
        }

        return shape!;
    }

    static void Verify(VerifyingKey key, Profile profile, Claim claim, byte[] proof, PhaseClock clock)
    {
        clock.Begin(ProverPhase.Verification);
        var verdict = StarkVerifier.Verify(key, profile, claim, proof);
        if (!verdict.IsAccepted)
        {
            throw new ProverException(
                verdict, $"The traces break the circuit: the proof ends in {verdict.Outcome} {verdict.Where}.");
        }
    }
}
