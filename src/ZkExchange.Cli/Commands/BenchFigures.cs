using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ZkExchange.Cli.Output;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Cli.Commands;

/// <summary>What a benchmark measured, for people or machines.</summary>
sealed class BenchFigures
{
    readonly List<(string Name, JsonNode Value, string Text)> _figures = [];
    readonly List<(string Phase, TimeSpan Time)> _phases = [];
    readonly List<(string Phase, TimeSpan Time)> _processor = [];
    readonly List<(string Phase, TimeSpan Time)> _kernel = [];

    /// <summary>A figure with the text that people read.</summary>
    public void Add(string name, JsonNode value, string text) => _figures.Add((name, value, text));

    /// <summary>A number of things.</summary>
    public void Count(string name, long value) => Add(name, value, Figures.Count(value));

    /// <summary>A size.</summary>
    public void Bytes(string name, long value) => Add(name, value, Figures.Bytes(value));

    /// <summary>A time, in seconds.</summary>
    public void Seconds(string name, TimeSpan value) =>
        Add(name, Math.Round(value.TotalSeconds, 4), Figures.Duration(value));

    /// <summary>A part of the work; parts of one name add up. Told by any thread.</summary>
    public void Phase(string phase, TimeSpan time) => Add(_phases, phase, time);

    /// <summary>Processor time of a part of the work, and how much of it the system took, for pages above all.
    /// </summary>
    public void ProcessorPhase(string phase, TimeSpan time, TimeSpan kernel)
    {
        Add(_processor, phase, time);
        Add(_kernel, phase, kernel);
    }

    /// <summary>Writes all, with the machine and the memory.</summary>
    public void Write(CommandHost host, bool json)
    {
        using (var process = Process.GetCurrentProcess()) Bytes("peakMemoryBytes", process.PeakWorkingSet64);
        Bytes("peakMatrixBytes", Fields.Matrix.BytesPeak);
        var (chosen, strongest) = (NameOf(KernelChoice.Selected), NameOf(KernelChoice.Strongest));
        Add("kernels", chosen, chosen);
        Add("kernelsOfMachine", strongest, strongest);
        var total = _phases.Sum(phase => phase.Time.TotalSeconds);
        if (json)
        {
            var result = new JsonObject { ["ok"] = true };
            foreach (var (name, value, _) in _figures) result.Add(name, value);
            result.Add("phaseSeconds", Object(_phases));
            if (_processor.Count > 0)
            {
                result.Add("phaseCpuSeconds", Object(_processor));
                result.Add("phaseKernelSeconds", Object(_kernel));
            }

            host.Output.WriteLine(Json.Of(result));
            return;
        }

        foreach (var (name, _, text) in _figures) host.Output.WriteLine($"{name,-20}{text}");
        host.Output.WriteLine();
        foreach (var (phase, time) in _phases)
        {
            var share = (100 * time.TotalSeconds / Math.Max(total, 1e-9)).ToString("F1", CultureInfo.InvariantCulture);
            host.Output.WriteLine($"{phase,-32}{Figures.Duration(time),12}{share,8} %");
        }
    }

    static string NameOf(KernelSet kernels) => kernels.ToString().ToLowerInvariant();

    static void Add(List<(string Phase, TimeSpan Time)> phases, string phase, TimeSpan time)
    {
        lock (phases)
        {
            var known = phases.FindIndex(other => other.Phase.Equals(phase, StringComparison.Ordinal));
            if (known < 0) phases.Add((phase, time));
            else phases[known] = (phase, phases[known].Time + time);
        }
    }

    static JsonObject Object(List<(string Phase, TimeSpan Time)> phases)
    {
        var result = new JsonObject();
        foreach (var (phase, time) in phases) result.Add(phase, Math.Round(time.TotalSeconds, 4));
        return result;
    }
}
