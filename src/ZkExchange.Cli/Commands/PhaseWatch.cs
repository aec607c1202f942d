using System.Diagnostics;

namespace ZkExchange.Cli.Commands;

/// <summary>The time of each phase of a work that tells what it begins; a phase ends when another begins.</summary>
sealed class PhaseWatch(BenchFigures figures)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();
    string _phase = "";
    TimeSpan _since;
    Environment.ProcessCpuUsage _processorSince = Environment.CpuUsage;

    /// <summary>A phase begins, or the one that runs is named again.</summary>
    public void Begin(string phase)
    {
        if (phase.Equals(_phase, StringComparison.Ordinal)) return;
        End();
        _phase = phase;
    }

    /// <summary>The last phase ends.</summary>
    public void End()
    {
        var (now, processor) = (_watch.Elapsed, Environment.CpuUsage);
        if (_phase.Length > 0)
        {
            figures.Phase(_phase, now - _since);
            figures.ProcessorPhase(
                _phase, processor.TotalTime - _processorSince.TotalTime,
                processor.PrivilegedTime - _processorSince.PrivilegedTime);
        }

        (_phase, _since, _processorSince) = ("", now, processor);
    }
}
