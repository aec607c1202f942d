namespace ZkExchange.Margin;

/// <summary>What a price is wanted for.</summary>
public enum PriceUse : byte
{
    Withdraw = 0,
    IncreaseRisk = 1,
    Deleverage = 2,
    Fund = 3,
    Liquidate = 4,
    Trigger = 5,
    Settle = 6,
}
