namespace ZkExchange.Stark.Proving;

/// <summary>How far a proof is.</summary>
/// <param name="Phase">What begins now.</param>
/// <param name="Fraction">The part of the phases behind it, 0 to 1. Phases differ in length.</param>
public readonly record struct ProverProgress(ProverPhase Phase, double Fraction);
