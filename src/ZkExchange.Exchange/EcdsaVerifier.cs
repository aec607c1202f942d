using System.Security.Cryptography;

namespace ZkExchange.Exchange;

/// <summary>
/// ECDSA on P-256 with SHA-256. Keys are uncompressed points (65 bytes), signatures r and s (64 bytes).
/// </summary>
public sealed class EcdsaVerifier : ISignatureVerifier
{
    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.Length != 65 || key[0] != 4 || signature.Length != 64)
            return false;
        try
        {
            using var ecdsa = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = key[1..33].ToArray(), Y = key[33..].ToArray() },
            });
            return ecdsa.VerifyData(message, signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)                           // not a point of the curve
        {
            return false;
        }
    }
}
