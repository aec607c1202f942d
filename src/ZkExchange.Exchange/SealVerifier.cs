using System.Security.Cryptography;

namespace ZkExchange.Exchange;

/// <summary>
/// HMAC-SHA-256 in place of signatures, for simulations: made from a seed, the same in every run, worth nothing
/// against anybody.
/// </summary>
public sealed class SealVerifier : ISignatureVerifier
{
    /// <summary>Seals a message.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message) => HMACSHA256.HashData(key, message);

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        CryptographicOperations.FixedTimeEquals(Seal(key, message), signature);
}
