namespace ZkExchange.Commitments;

/// <summary>What kind of thing an asset is, in the exchange's word. The names in a statement are these in lower case.
/// </summary>
public enum AssetClass : byte
{
    Native = 0,
    Stable = 1,
    Wrapped = 2,
    Staked = 3,

    /// <summary>Issued by the exchange itself.</summary>
    Own = 4,
    Fiat = 5,
    Other = 6,
}
