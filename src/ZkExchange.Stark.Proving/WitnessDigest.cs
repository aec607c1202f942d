using System.Security.Cryptography;
using ZkExchange.Fields;

namespace ZkExchange.Stark.Proving;

/// <summary>The witness in 32 bytes, so that masks differ between witnesses even if the platform's generator were to
/// repeat itself.</summary>
/// <remarks>Each table's rows are first combined with the powers of a point of E that only the key of the proof
/// determines: two different tables have equal combinations with a chance below 2^-130, and SHA-256 then has a few
/// kilobytes to read instead of a gigabyte.</remarks>
static class WitnessDigest
{
    /// <summary>The digest of all traces.</summary>
    public static byte[] Of(IReadOnlyList<Matrix?> traces, ReadOnlySpan<byte> platformKey, Work work)
    {
        Span<byte> seed = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(platformKey, seed);
        using var stream = new MaskStream(seed, 0);
        CryptographicOperations.ZeroMemory(seed);
        var point = stream.Extension();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var trace in traces)
        {
            var rows = trace?.Rows ?? 0;
            hash.AppendData(BitConverter.GetBytes(rows));
            if (trace is not null) hash.AppendData(Canonical.Bytes(RowSums.Polynomials(trace, point, work)));
        }

        return hash.GetHashAndReset();
    }
}
