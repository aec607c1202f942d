namespace ZkExchange.Margin;

/// <summary>
/// How far a price can be trusted, the worst first when several apply (specs/70-exchange-core.md section 7).
/// </summary>
public enum PriceValidity : byte
{
    Valid = 0,

    /// <summary>Older than the soft limit.</summary>
    StaleSoft = 1,

    /// <summary>Fewer fresh sources than the quorum.</summary>
    FewPoints = 2,

    /// <summary>Too old to open a risk on.</summary>
    StaleMargin = 3,

    /// <summary>The sources disagree, or say that they do not know.</summary>
    TooUncertain = 4,

    /// <summary>Too far from its own recent average.</summary>
    TooVolatile = 5,

    /// <summary>There is no price.</summary>
    NonPositive = 6,
}
