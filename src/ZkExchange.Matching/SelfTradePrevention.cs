namespace ZkExchange.Matching;

/// <summary>What happens at the moment when two orders of one owner would trade. The taker's mode decides.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>The rest of the taker is cancelled; its earlier fills stand.</summary>
    ExpireTaker = 0,

    /// <summary>The resting order is cancelled, its hidden part too, and matching goes on.</summary>
    ExpireMaker = 1,

    /// <summary>Both.</summary>
    ExpireBoth = 2,

    /// <summary>Both shrink by what would have traded: the queue moves as for a trade, no money moves.</summary>
    Reduce = 3,
}
