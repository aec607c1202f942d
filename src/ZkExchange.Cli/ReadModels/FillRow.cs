namespace ZkExchange.Cli.ReadModels;

/// <summary>One fill.</summary>
sealed class FillRow
{
    /// <summary>Sequence number of the command times 2^20, plus the place among its events.</summary>
    public long Id { get; set; }

    public long Time { get; set; }

    public required string Instrument { get; set; }

    public required string Taker { get; set; }

    public required string Maker { get; set; }

    public required string TakerSide { get; set; }

    public long PriceTicks { get; set; }

    public long Lots { get; set; }

    public bool IsAuction { get; set; }
}
