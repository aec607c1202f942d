using BenchmarkDotNet.Attributes;
using ZkExchange.Fields;

namespace ZkExchange.Benchmarks;

/// <summary>Openings and combinations of a table of 176 columns; times are per row.</summary>
public class OpeningBenchmarks : IDisposable
{
    const int RowsLog2 = 16;
    const int Columns = 176;

    ExtendedMatrix _extension = null!;
    RowCombination _combination = null!;
    readonly Quintic[] _sums = new Quintic[1 << RowsLog2];

    [GlobalSetup]
    public void Setup()
    {
        using var trace = Words.Matrix(1L << RowsLog2, Columns);
        _extension = CosetExtension.Extend(trace, null, 1, threads: 1);
        _combination = new([.. Enumerable.Range(0, Columns).Select(Words.Extension)]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _extension.Dispose();
        _combination.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = 1 << RowsLog2)]
    public Quintic[][] ValuesAtTwoPoints() =>
        PointEvaluation.ValuesAt(_extension, null, [Words.Extension(5), Words.Extension(6)], threads: 1);

    [Benchmark(OperationsPerInvoke = 1 << RowsLog2)]
    public void CombineColumns() => _combination.Apply(_extension, 0, 0, _sums);
}
