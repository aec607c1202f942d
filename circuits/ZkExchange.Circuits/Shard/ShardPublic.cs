namespace ZkExchange.Circuits.Shard;

/// <summary>The public inputs of a shard's proof: [s, g, A].</summary>
static class ShardPublic
{
    /// <summary>s. No constraint reads it: it is bound by the transcript.</summary>
    public const int Shard = 0;

    /// <summary>g: the shard has 2^g positions.</summary>
    public const int Height = 1;

    /// <summary>A: the number of assets.</summary>
    public const int Assets = 2;

    /// <summary>How many there are.</summary>
    public const int Count = Assets + 1;
}
