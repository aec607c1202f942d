using BenchmarkDotNet.Attributes;
using ZkExchange.Fields;
using ZkExchange.Stark.Proving.Tiles;

namespace ZkExchange.Benchmarks;

/// <summary>Arithmetic on runs in the first cache; times are per element.</summary>
public unsafe class FieldBenchmarks
{
    const int Count = 256;
    const int Repeats = 4000;
    const int Inversions = TileInversion.Points;
    const int Rows = 32;
    const int Columns = 176;

    Matrix _values = null!;
    Matrix _chain = null!;
    Matrix _rows = null!;
    Matrix _sums = null!;

    [GlobalSetup]
    public void Setup()
    {
        _values = Words.Matrix(20, Count);
        _chain = Words.Matrix(5 + TileInversion.ExtensionWords / Inversions, Inversions);
        _rows = Words.Matrix(Rows, Columns);
        _sums = Words.Matrix(1, Quintic.Degree * Columns);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _values.Dispose();
        _chain.Dispose();
        _rows.Dispose();
        _sums.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void Add()
    {
        for (var i = 0; i < Repeats; i++)
        {
            TileMath.Add(_values.Pointer(0), _values.Pointer(1), _values.Pointer(2), Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void Multiply()
    {
        for (var i = 0; i < Repeats; i++)
        {
            TileMath.Multiply(_values.Pointer(0), _values.Pointer(1), _values.Pointer(2), Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void MultiplyScalar()
    {
        for (var i = 0; i < Repeats; i++)
        {
            TileScalar.Multiply(_values.Pointer(0), _values.Pointer(1), _values.Pointer(2), Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Count * Repeats)]
    public void MultiplyQuintic()
    {
        var stride = _values.Stride;
        for (var i = 0; i < Repeats; i++)
        {
            TileMath.MultiplyExtension(
                _values.Pointer(0), stride, _values.Pointer(5), stride, _values.Pointer(10), stride, Count);
        }
    }

    [Benchmark(OperationsPerInvoke = Inversions * 100)]
    public bool InvertQuintic()
    {
        var isUnit = true;
        for (var i = 0; i < 100; i++)
        {
            isUnit &= TileInversion.Extension(_chain.Pointer(0), _chain.Stride, Inversions, _chain.Pointer(5));
        }

        return isUnit;
    }

    /// <summary>Rows of 176 columns times weights in E; per row.</summary>
    [Benchmark(OperationsPerInvoke = Rows * 1000)]
    public void SumRows()
    {
        var rows = stackalloc uint*[Rows];
        for (var r = 0; r < Rows; r++) rows[r] = _rows.Pointer(r);
        for (var i = 0; i < 1000; i++)
        {
            for (var column = 0; column < Columns; column += Matrix.Lanes)
            {
                TileMath.RowDot(
                    _sums.Pointer(0) + Quintic.Degree * column, rows, column, _values.Pointer(0), Rows);
            }
        }
    }
}
