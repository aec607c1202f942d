using BenchmarkDotNet.Attributes;
using ZkExchange.Fields;

namespace ZkExchange.Benchmarks;

/// <summary>Low-degree extension of whole traces, mask of 252 coefficients included.</summary>
public class ExtensionBenchmarks
{
    Matrix _trace = null!;
    Matrix _mask = null!;

    [Params(16, 18)]
    public int RowsLog2 { get; set; }

    [Params(16, 160)]
    public int Columns { get; set; }

    [Params(1, 2)]
    public int BlowupLog2 { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trace = Words.Matrix(1L << RowsLog2, Columns);
        _mask = Words.Matrix(252, Columns);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _trace.Dispose();
        _mask.Dispose();
    }

    // The trace is destroyed, but what is left is again a matrix of residues.
    [Benchmark]
    public void Extend()
    {
        using var extension = CosetExtension.Extend(_trace, _mask, BlowupLog2, Threads);
    }
}
