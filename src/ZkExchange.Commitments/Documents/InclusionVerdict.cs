namespace ZkExchange.Commitments;

/// <summary>The first check of an inclusion file that failed. Append, never renumber.</summary>
public enum InclusionOutcome : byte
{
    /// <summary>Nothing was checked.</summary>
    Unchecked = 0,

    /// <summary>Every check held.</summary>
    Accepted = 1,

    /// <summary>The statement is not the one whose digest was given, or not the one that the file was made for.
    /// </summary>
    StatementMismatch = 10,

    /// <summary>The statement breaks a rule.</summary>
    StatementInvalid = 11,

    /// <summary>The file is not canonical, or holds a key that the statement's asset table does not have.</summary>
    InclusionFormat = 12,

    /// <summary>The position or the length of the path is not one of the statement's tree, or the path does not end at
    /// its root.</summary>
    InclusionPath = 13,

    /// <summary>The file is another customer's: with the id given, the path does not end at the root.</summary>
    InclusionLeaf = 14,
}

/// <summary>What became of checking an inclusion file.</summary>
/// <remarks>Fails closed: a new value is not an acceptance.</remarks>
public sealed record InclusionVerdict
{
    /// <summary>The first check that failed, or that all held.</summary>
    public InclusionOutcome Outcome { get; init; }

    /// <summary>Where it failed.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The statement, as soon as it could be read.</summary>
    public Statement? Statement { get; init; }

    /// <summary>The file with its entries; null for the form without secrets.</summary>
    public InclusionFile? File { get; init; }

    /// <summary>The leaf that was shown to be in the tree.</summary>
    public NodeDigest Leaf { get; init; }

    /// <summary>True if the statement's digest was given from outside and is this one.</summary>
    public bool IsPinned { get; init; }

    /// <summary>True if the customer's id was given from outside and is the file's.</summary>
    public bool IsCustomerKnown { get; init; }

    public bool IsAccepted => Outcome == InclusionOutcome.Accepted;
}
