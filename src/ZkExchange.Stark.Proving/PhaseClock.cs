using System.Diagnostics;

namespace ZkExchange.Stark.Proving;

/// <summary>Tells phases and measures them.</summary>
sealed class PhaseClock(ProverOptions options)
{
    static readonly int s_phases = Enum.GetValues<ProverPhase>().Length;

    readonly long[] _ticks = new long[s_phases];
    ProverPhase? _current;
    long _since;

    /// <summary>A phase begins, the one before ends; a phase may come again.</summary>
    public void Begin(ProverPhase phase)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        Stop();
        _current = phase;
        options.Progress?.Invoke(new(phase, (double)phase / s_phases));
    }

    /// <summary>The last phase ends.</summary>
    public void End()
    {
        Stop();
        _current = null;
        for (var phase = 0; phase < s_phases; phase++)
            options.Timing?.Invoke((ProverPhase)phase, Stopwatch.GetElapsedTime(0, _ticks[phase]));
    }

    void Stop()
    {
        var now = Stopwatch.GetTimestamp();
        if (_current is { } phase) _ticks[(int)phase] += now - _since;
        _since = now;
    }
}
