namespace ZkExchange.Cli.ReadModels;

/// <summary>One balance at the end.</summary>
sealed class BalanceRow
{
    /// <summary>Key of the ledger's account, as hexadecimal digits.</summary>
    public required string Id { get; set; }

    public required string Account { get; set; }

    public required string Kind { get; set; }

    public required string Asset { get; set; }

    public required string Balance { get; set; }
}
