using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace ZkExchange.Forgery.Fuzzing;

/// <summary>The fuzzer for a moment in every run of the tests, and as long as it is told to.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Changed_bytes_are_refused_without_an_exception() => Run(20261120, 3000, TimeSpan.FromMinutes(2));

    // ./build.sh fuzz: the seed and the number of runs are given by the environment; ten minutes if none is.
    [Fact]
    [Trait("Category", "Long")]
    public void Fuzz()
    {
        var seed = Read("ZKX_FUZZ_SEED", Environment.TickCount);
        var runs = Read("ZKX_FUZZ_RUNS", 0);
        Run((int)seed, runs > 0 ? runs : long.MaxValue, runs > 0 ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(10));
    }

    void Run(int seed, long runs, TimeSpan limit)
    {
        using var fuzzer = new Fuzzer(seed);
        fuzzer.Run(runs, limit);
        output.WriteLine($"seed {seed}: {fuzzer}");
        Assert.True(fuzzer.Findings.Count == 0, $"seed {seed}\n{string.Join('\n', fuzzer.Findings)}");
    }

    static long Read(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;
}
