using System.Net;

namespace ZkExchange.Prover.Rpc;

/// <summary>Witnesses leave a machine encrypted or not at all: without TLS, both sides speak to loopback addresses
/// only.</summary>
public static class PlaintextRule
{
    /// <summary>The reason why this address may not be used, or null when it may.</summary>
    /// <remarks>
    /// A name other than localhost is refused even if it resolves to a loopback address now: names change their mind.
    /// "localhost" itself is never looked up, see <see cref="LoopbackAddresses"/>.
    /// </remarks>
    public static string? Refusal(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri) return $"'{address}' is no address as in https://HOST:PORT";
        if (!IsEncrypted(address))
        {
            if (!string.Equals(address.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal))
                return $"'{address}': the scheme must be http or https";
            if (LoopbackAddresses(address.IdnHost).Count == 0)
            {
                return $"'{address}' would carry witnesses in the clear: without TLS only 127.0.0.0/8, [::1] and "
                    + "localhost are allowed; use https";
            }
        }

        var parts = address.GetComponents(
            UriComponents.UserInfo | UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        return parts.Trim('/').Length == 0 ? null : $"'{address}' has parts beyond scheme, host and port";
    }

    /// <summary>True for https.</summary>
    public static bool IsEncrypted(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
    }

    /// <summary>What a host of a plain address stands for; empty unless all of it is loopback.</summary>
    public static IReadOnlyList<IPAddress> LoopbackAddresses(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) ? [address] : [];
    }
}
