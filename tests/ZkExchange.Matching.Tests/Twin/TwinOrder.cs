namespace ZkExchange.Matching.Tests.Twin;

/// <summary>An order of the naive book.</summary>
sealed class TwinOrder
{
    public ulong Id;
    public OrderRequest Asked;
    public TwinPhase Phase;
    public long Leaves;
    public long Visible;
    public long Filled;
    public long Armed;
    public uint Price;
    public uint Limit;
    public ulong Nonce;
    public long Extreme;
    public TwinOrder? Sibling;
    public TwinOrder? Parent;
    public TwinOrder? Child;

    public bool IsBuy => Asked.Side == Side.Buy;

    public bool IsReduceOnly => Asked.Flags.HasFlag(OrderConditions.ReduceOnly);

    public bool IsStop => Asked.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit
        or OrderType.TakeProfitLimit or OrderType.TrailingStop;

    public bool IsMarket =>
        Asked.Type is OrderType.Market or OrderType.Stop or OrderType.TakeProfit or OrderType.TrailingStop;

    public bool IsLive => Phase is TwinPhase.Taking or TwinPhase.Resting;

    public bool Rises => IsBuy == (Asked.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TrailingStop);

    public TwinOrder Copy() => (TwinOrder)MemberwiseClone();
}
