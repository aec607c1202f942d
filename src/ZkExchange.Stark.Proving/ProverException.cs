namespace ZkExchange.Stark.Proving;

/// <summary>The prover refused to make a proof, or to let one go.</summary>
/// <param name="verdict">What the verifier says, or would say.</param>
/// <param name="message">For people.</param>
public sealed class ProverException(Verdict verdict, string message) : Exception(message)
{
    public Verdict Verdict { get; } = verdict;
}
