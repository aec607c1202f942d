namespace ZkExchange.Circuits.Proving.Epoch;

/// <summary>Told how far a long work is.</summary>
/// <param name="Phase">What is done now, in a few words.</param>
/// <param name="Fraction">Of the whole work, 0 .. 1.</param>
public readonly record struct EpochPhase(string Phase, double Fraction)
{
    /// <summary>One who hears of a part of the work, as a part of all of it.</summary>
    public static Action<EpochPhase> Within(Action<EpochPhase> whole, double from, double to) =>
        phase => whole(phase with { Fraction = from + (phase.Fraction * (to - from)) });
}
