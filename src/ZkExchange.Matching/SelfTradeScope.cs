namespace ZkExchange.Matching;

/// <summary>Whose orders the taker must not meet.</summary>
public enum SelfTradeScope : byte
{
    /// <summary>Orders of the same account.</summary>
    Account = 0,

    /// <summary>Orders of every account of the same master.</summary>
    Master = 1,
}
