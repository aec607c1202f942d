namespace ZkExchange.Matching;

/// <summary>What a pegged order follows.</summary>
public enum PegReference : byte
{
    None = 0,

    /// <summary>The middle of the best bid and ask that are not themselves pegged.</summary>
    Mid = 1,

    /// <summary>The mark price.</summary>
    Mark = 2,
}
