using ZkExchange.Cli.Output;

namespace ZkExchange.Cli.Commands;

/// <summary>Several runs of one measurement in one process.</summary>
/// <remarks>The first run touches memory that the process did not have before, and makes tables that it keeps; a
/// service that proves all day never meets either again. What else the machine does only ever makes a run slower. So
/// the figures are those of the fastest run, and the first and the one in the middle are named beside it.</remarks>
sealed class RunSeries
{
    readonly List<(BenchFigures Figures, TimeSpan Time)> _runs = [];

    /// <summary>One more run.</summary>
    public void Add(BenchFigures figures, TimeSpan time) => _runs.Add((figures, time));

    /// <summary>Writes the fastest run, with the times of the others.</summary>
    public void Write(CommandHost host, bool json)
    {
        Fields.Check.That(_runs.Count > 0);
        var sorted = _runs.OrderBy(run => run.Time).ToList();
        var fastest = sorted[0].Figures;
        fastest.Count("runs", _runs.Count);
        fastest.Seconds("firstSeconds", _runs[0].Time);
        fastest.Seconds("medianSeconds", sorted[sorted.Count / 2].Time);
        fastest.Seconds("fastestSeconds", sorted[0].Time);
        fastest.Write(host, json);
    }
}
