namespace ZkExchange.Exchange;

/// <summary>An act that some have signed.</summary>
sealed class Proposal(byte[] hash, byte[] act)
{
    public byte[] Hash { get; } = hash;

    public byte[] Act { get; } = act;

    /// <summary>A bit for each signer.</summary>
    public uint Signers { get; set; }

    /// <summary>When it takes effect, once enough have signed.</summary>
    public long Due { get; set; } = long.MaxValue;
}
