namespace ZkExchange.Matching;

/// <summary>The price that a dormant order watches.</summary>
public enum PriceSource : byte
{
    Last = 0,
    Mark = 1,
    Index = 2,
}
