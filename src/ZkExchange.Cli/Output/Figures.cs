using System.Globalization;

namespace ZkExchange.Cli.Output;

/// <summary>Numbers for people.</summary>
static class Figures
{
    /// <summary>1,234,567.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>1 row, 1,234,567 rows.</summary>
    public static string Of(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>1.5 KB, 12.3 MB, with powers of 1000.</summary>
    public static string Bytes(long value) => value switch
    {
        < 1000 => $"{Count(value)} B",
        < 1_000_000 => $"{Tenths(value, 1000)} KB",
        < 1_000_000_000 => $"{Tenths(value, 1_000_000)} MB",
        _ => $"{Tenths(value, 1_000_000_000)} GB",
    };

    /// <summary>850 ms, 12.3 s, 4 min 12 s.</summary>
    public static string Duration(TimeSpan value)
    {
        var milliseconds = (long)value.TotalMilliseconds;
        return milliseconds switch
        {
            < 1000 => $"{Count(milliseconds)} ms",
            < 60_000 => $"{Tenths(milliseconds, 1000)} s",
            _ => $"{Count(milliseconds / 60_000)} min {Count(milliseconds / 1000 % 60)} s",
        };
    }

    static string Tenths(long value, long unit) =>
        $"{Count(value / unit)}.{(value % unit * 10 / unit).ToString(CultureInfo.InvariantCulture)}";
}
