using ZkExchange.Stark.Proving;

namespace ZkExchange.Cli.Commands;

/// <summary>The processor time of each phase, all threads together.</summary>
sealed class ProcessorClock(BenchFigures figures)
{
    ProverPhase? _phase;
    TimeSpan _since;

    /// <summary>A phase begins, the one before ends.</summary>
    public void Begin(ProverPhase phase)
    {
        End();
        _phase = phase;
    }

    /// <summary>The last phase ends.</summary>
    public void End()
    {
        var now = Environment.CpuUsage.TotalTime;
        if (_phase is { } phase) figures.ProcessorPhase(phase.ToString(), now - _since);
        (_phase, _since) = (null, now);
    }
}
