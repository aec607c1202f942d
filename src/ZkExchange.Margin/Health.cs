namespace ZkExchange.Margin;

/// <summary>How an account stands: the number of requirements its equity does not meet.</summary>
public enum Health : byte
{
    /// <summary>Equity covers the initial margin: everything is allowed.</summary>
    Healthy = 0,

    /// <summary>Not the initial margin: only reducing, cancelling, depositing.</summary>
    Watched = 1,

    /// <summary>Not the maintenance margin: the venue reduces in steps.</summary>
    Partial = 2,

    /// <summary>Not the close-out margin: the venue closes or takes over.</summary>
    Full = 3,

    /// <summary>Below zero: the waterfall alone.</summary>
    Bankrupt = 4,
}
