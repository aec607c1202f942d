using System.Globalization;
using System.Text;

namespace ZkExchange.Prover.Rpc;

/// <summary>The header texts of gRPC over HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md).</summary>
static class GrpcText
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";

    /// <summary>The longest timeout kept: a timer refuses about 49 days and more, and no proof takes a day.</summary>
    static readonly TimeSpan s_timeoutMax = TimeSpan.FromDays(20);

    /// <summary>Percent-encodes every byte of the UTF-8 form outside 0x20..0x7E, and '%' itself.</summary>
    public static string EncodeMessage(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (unit is >= 0x20 and <= 0x7E and not (byte)'%') encoded.Append((char)unit);
            else encoded.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
        }

        return encoded.ToString();
    }

    /// <summary>The inverse of <see cref="EncodeMessage"/>; what is no escape stays as it came.</summary>
    public static string DecodeMessage(string text) => Uri.UnescapeDataString(text);

    /// <summary>Reads "100m": one to eight digits and one of H M S m u n. False when it is anything else.</summary>
    /// <remarks>A fraction of a tick (100 ns) is rounded up, so that no positive timeout becomes zero.</remarks>
    public static bool TryParseTimeout(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9) return false;
        if (!long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return false;

        long? ticks = text[^1] switch                        // value < 10^8, so the products stay below 2^63
        {
            'H' => value * TimeSpan.TicksPerHour,
            'M' => value * TimeSpan.TicksPerMinute,
            'S' => value * TimeSpan.TicksPerSecond,
            'm' => value * TimeSpan.TicksPerMillisecond,
            'u' => value * TimeSpan.TicksPerMicrosecond,
            'n' => (value + TimeSpan.NanosecondsPerTick - 1) / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        if (ticks is not { } found) return false;
        timeout = found < s_timeoutMax.Ticks ? TimeSpan.FromTicks(found) : s_timeoutMax;
        return true;
    }

    /// <summary>Writes a timeout in milliseconds or, where those take more than eight digits, in seconds; rounded up.
    /// </summary>
    public static string FormatTimeout(TimeSpan timeout)
    {
        var ticks = Math.Clamp(timeout.Ticks, 0, s_timeoutMax.Ticks);
        var milliseconds = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        var seconds = (ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        return milliseconds < 100_000_000
            ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds}m")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds}S");
    }

    /// <summary>True for application/grpc and application/grpc+proto, false for application/grpc-web and
    /// strangers.</summary>
    public static bool IsGrpc(string? contentType)
    {
        if (contentType is null) return false;
        if (!contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = contentType.AsSpan(ContentType.Length);
        if (rest.StartsWith("+proto", StringComparison.OrdinalIgnoreCase)) rest = rest["+proto".Length..];
        return rest.IsEmpty || rest[0] is ';' or ' ';
    }
}
