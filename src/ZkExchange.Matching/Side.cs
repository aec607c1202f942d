namespace ZkExchange.Matching;

/// <summary>What an order wants.</summary>
public enum Side : byte
{
    Buy = 0,
    Sell = 1,
}
