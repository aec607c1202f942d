namespace ZkExchange.Circuits.Epoch;

/// <summary>What a reader of an accepted epoch should know all the same.</summary>
public enum EpochFlagKind : byte
{
    /// <summary>A test, not to be relied on.</summary>
    TestEnvironment = 0,

    /// <summary>No reserves report: nothing is said of assets.</summary>
    LiabilitiesOnly = 1,

    /// <summary>No signature: anyone could have made the statement.</summary>
    NotSigned = 2,

    /// <summary>Input rows were left out. Subject: how many.</summary>
    ExcludedRows = 3,

    /// <summary>Debts may stand in for coins up to a cap. Subject: the asset.</summary>
    NettingCap = 4,

    /// <summary>Issued by the exchange itself. Subject: the asset.</summary>
    OwnAsset = 5,

    /// <summary>Disclosed: customers owe more than they hold. Subject: the asset.</summary>
    DebtExceedsEquity = 6,

    /// <summary>Disclosed: declared bad debt is not zero.</summary>
    BadDebt = 7,

    /// <summary>The statement corrects an earlier one. Subject: its digest.</summary>
    Supersedes = 8,
}

/// <summary>One remark.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">An asset, a number, or empty.</param>
public readonly record struct EpochFlag(EpochFlagKind Kind, string Subject);
