using BenchmarkDotNet.Attributes;
using ZkExchange.Fields;
using ZkExchange.Fields.Kernels;

namespace ZkExchange.Benchmarks;

/// <summary>Layers of the transforms over a tile of 1024 rows of 176 columns, which the second cache holds; times are
/// per butterfly. On a machine without AVX-512 they are those of eight lanes.</summary>
public unsafe class ButterflyBenchmarks
{
    const int Rows = 1024;
    const int Columns = 176;
    const int Down16Count = Rows / 16 * 32 * Columns;
    const int Down8Count = Rows / 8 * 12 * Columns;

    readonly uint[] _twiddles = new uint[TransformPlan.FactorWords * 15];
    readonly bool _wide = KernelChoice.Selected == KernelSet.Avx512;
    Matrix _tile = null!;

    [GlobalSetup]
    public void Setup()
    {
        _tile = Words.Matrix(Rows + 1, Columns);                             // not a power of two: no padding
        for (var i = 0; i < 15; i++)
        {
            var factor = Factor.Of(_tile[i, 0]);
            (_twiddles[2 * i], _twiddles[2 * i + 1]) = (factor.Word, factor.Quotient);
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _tile.Dispose();

    [Benchmark(OperationsPerInvoke = Down16Count)]
    public void Down16()
    {
        if (_wide) Run<Butterflies512>(16, down: true);
        else Run<Butterflies256>(16, down: true);
    }

    [Benchmark(OperationsPerInvoke = Down8Count)]
    public void Down8()
    {
        if (_wide) Run<Butterflies512>(8, down: true);
        else Run<Butterflies256>(8, down: true);
    }

    [Benchmark(OperationsPerInvoke = Down16Count)]
    public void Up16()
    {
        if (_wide) Run<Butterflies512>(16, down: false);
        else Run<Butterflies256>(16, down: false);
    }

    [Benchmark(OperationsPerInvoke = Down8Count)]
    public void Up8()
    {
        if (_wide) Run<Butterflies512>(8, down: false);
        else Run<Butterflies256>(8, down: false);
    }

    /// <summary>One pass over the tile, the rows of a call as far apart as they can be.</summary>
    void Run<TKernel>(int radix, bool down)
        where TKernel : struct, IButterflies
    {
        var stride = (long)(Rows / radix) * _tile.Stride;
        fixed (uint* twiddles = _twiddles)
        {
            for (var row = 0; row < Rows / radix; row++)
            {
                var at = _tile.Pointer(row);
                if (radix == 16 && down) TKernel.Down16(at, stride, at, stride, Columns, twiddles, false);
                else if (radix == 16) TKernel.Up16(at, stride, at, stride, Columns, twiddles, null, false);
                else if (down) TKernel.Down8(at, stride, at, stride, Columns, twiddles, false);
                else TKernel.Up8(at, stride, at, stride, Columns, twiddles, null, false);
            }
        }
    }
}
