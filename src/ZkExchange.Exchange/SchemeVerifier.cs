namespace ZkExchange.Exchange;

/// <summary>
/// Judges by the form of the key: a point of P-256 takes a signature, a key that says it is simulated takes a seal.
/// </summary>
/// <remarks>
/// Keys are in the parameter set, which governance signs: a seal counts only where a simulation wanted it.
/// </remarks>
public sealed class SchemeVerifier : ISignatureVerifier
{
    readonly EcdsaVerifier _ecdsa = new();
    readonly SealVerifier _seal = new();

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.StartsWith("simulated-"u8)
            ? _seal.Verify(key, message, signature)
            : _ecdsa.Verify(key, message, signature);
}
