using BenchmarkDotNet.Attributes;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Benchmarks;

/// <summary>Arithmetic on runs in the first cache; times are per element.</summary>
public unsafe class FieldBenchmarks
{
    const int Count = 1024;
    const int Repeats = 1000;

    Matrix _values = null!;

    [GlobalSetup]
    public void Setup() => _values = Words.Matrix(20, Count);

    [GlobalCleanup]
    public void Cleanup() => _values.Dispose();

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void Add()
    {
        for (var i = 0; i < Repeats; i++)
        {
            Vectors.Add(_values.Pointer(0), _values.Pointer(1), _values.Pointer(2), Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void Multiply()
    {
        for (var i = 0; i < Repeats; i++)
        {
            Vectors.Multiply(_values.Pointer(0), _values.Pointer(1), _values.Pointer(2), Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void MultiplyScalar()
    {
        for (var i = 0; i < Repeats; i++)
        {
            Vectors1.Multiply(_values.Pointer(0), _values.Pointer(1), _values.Pointer(2), Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void MultiplyConstant()
    {
        for (var i = 0; i < Repeats; i++)
        {
            Vectors.Scale(_values.Pointer(0), _values.Pointer(1), KoalaBear.Generator, Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void MultiplyQuintic()
    {
        var stride = _values.Stride;
        for (var i = 0; i < Repeats; i++)
        {
            Vectors.MultiplyQuintic(
                _values.Pointer(0), stride, _values.Pointer(5), stride, _values.Pointer(10), stride, Count);
        }
    }

    [Benchmark(OperationsPerInvoke = 256 * Repeats)]
    public bool InvertQuintic()
    {
        var stride = _values.Stride;
        var isUnit = true;
        for (var i = 0; i < Repeats; i++)
        {
            isUnit &= Vectors.InvertQuintic(_values.Pointer(0), stride, _values.Pointer(5), stride, 256);
        }

        return isUnit;
    }
}
