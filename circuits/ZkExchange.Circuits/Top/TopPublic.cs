namespace ZkExchange.Circuits.Top;

/// <summary>The public inputs of the top proof: [k, g, H, A, accounts, disclosed, root].</summary>
static class TopPublic
{
    /// <summary>k. No constraint reads it: there is one public message for each shard.</summary>
    public const int Shards = 0;

    /// <summary>g.</summary>
    public const int ShardHeight = 1;

    /// <summary>H.</summary>
    public const int Height = 2;

    /// <summary>A.</summary>
    public const int Assets = 3;

    /// <summary>The number of accounts.</summary>
    public const int Accounts = 4;

    /// <summary>1 if the totals are public messages, else 0.</summary>
    public const int Disclosed = 5;

    /// <summary>Eight words.</summary>
    public const int Root = 6;

    /// <summary>How many there are.</summary>
    public const int Count = Root + 8;
}
