using System.Globalization;

namespace ZkExchange.Simulation;

/// <summary>
/// How far the long tests go: ZKX_SOAK_SEED is the first seed, ZKX_SOAK_COUNT the number of runs, faults or kills.
/// </summary>
static class SoakBounds
{
    /// <summary>The first seed; without the variable, the one given.</summary>
    public static int Seed(int otherwise) => Read("ZKX_SOAK_SEED", otherwise);

    /// <summary>How many; without the variable, the number given.</summary>
    public static int Count(int otherwise) => Read("ZKX_SOAK_COUNT", otherwise);

    static int Read(string name, int otherwise)
    {
        var text = Environment.GetEnvironmentVariable(name);
        return string.IsNullOrEmpty(text) ? otherwise
            : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
