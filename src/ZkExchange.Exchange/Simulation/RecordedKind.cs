namespace ZkExchange.Exchange.Simulation;

/// <summary>What one line of a recorded market says.</summary>
public enum RecordedKind : byte
{
    /// <summary>Something that no price is made of: a change of depth, a whole book.</summary>
    Other = 0,

    /// <summary>Best bid and ask of the spot market.</summary>
    SpotQuote = 1,

    /// <summary>A trade of the spot market; bid and ask are its price.</summary>
    SpotTrade = 2,

    /// <summary>Best bid and ask of the contract.</summary>
    ContractQuote = 3,

    /// <summary>A trade of the contract; bid and ask are its price.</summary>
    ContractTrade = 4,
}
