namespace ZkExchange.Matching;

/// <summary>What changes hands.</summary>
public enum InstrumentKind : byte
{
    /// <summary>Base against quote, at once.</summary>
    Spot = 0,

    /// <summary>A linear contract without expiry, tied to the index by funding.</summary>
    Perpetual = 1,

    /// <summary>A linear contract that settles at its expiry.</summary>
    Future = 2,

    /// <summary>A contract whose payoff is not linear. Its book works; its margin needs a model of its own.</summary>
    Option = 3,
}
