namespace ZkExchange.Exchange;

/// <summary>
/// Tells whether a key has signed a message. A function of its arguments, so a replay comes to the same answer.
/// </summary>
public interface ISignatureVerifier
{
    /// <summary>True if it has. False for anything malformed; never throws.</summary>
    bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
