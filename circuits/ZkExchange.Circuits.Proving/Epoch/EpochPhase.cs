namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Told how far a long work is.</summary>
/// <param name="Phase">What is done now, in a few words.</param>
/// <param name="Fraction">Of the whole work, 0 .. 1.</param>
public readonly record struct EpochPhase(string Phase, double Fraction);
