namespace ZkExchange.Cli.ReadModels;

/// <summary>One movement of money.</summary>
sealed class PostingRow
{
    /// <summary>Sequence number of the command times 2^20, plus the place among its postings.</summary>
    public long Id { get; set; }

    public long Time { get; set; }

    public required string Asset { get; set; }

    public required string FromAccount { get; set; }

    public required string FromKind { get; set; }

    public required string ToAccount { get; set; }

    public required string ToKind { get; set; }

    /// <summary>Exact, as text: amounts are wider than the columns of the database.</summary>
    public required string Amount { get; set; }

    public required string Reason { get; set; }
}
